"""What a demo project is: how its scenes are drawn and planned, and what is planted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gradcam_core.base.types import Box
from gradcam_core.projects.demos.scenes.scene import Scene

Planned = Callable[[int, int, Fraction], Iterator[tuple[int, str, str]]]
SPLITS: Mapping[str, int] = {
    "train": 1_000_000,
    "validation": 2_000_000,
    "test": 3_000_000,
    "hidden": 4_000_000,
}
"""First seed of each split; the splits never share a scene."""


@dataclass(frozen=True)
class Demo:
    """One demo project.

    Attributes:
        name: how it is opened, ``demo:NAME``.
        title: a few words for a list.
        description: one sentence for somebody who has not seen it.
        cue: what is planted, in words.
        classes: class names in the model's order.
        cues: for each class the cue that goes with it.
        conflicting: share of scenes that show the other class's cue; at one half the cue says nothing.
        model: file name of the shipped model.
        suffix: file type of the pictures, ``.jpg`` or ``.png``; ``.npy`` for features of sounds.
        size: (height, width) of a picture.
        input: (height, width, channels) of the model.
        metadata: whether a manifest with further columns and imperfect samples is written.
        task: what kind of answer the model gives.
        planned: (first seed, count, conflicting) -> the scenes where one has not one class of two: a
            number, several objects or labels. Of numbers ``cues`` are then a small and a large one, between
            which the truth is measured.
        decoupled: as ``conflicting``, of the test pictures of such a demo.
        boxes: (seed, label) -> the annotated boxes of a scene, where regions are boxes.
        tolerance: largest error of a number that counts as right.
        normal: pictures of the first class, without the cue, that are written to ``training/``.
    """

    name: str
    title: str
    description: str
    cue: str
    classes: tuple[str, ...]
    cues: tuple[str, str]
    conflicting: Fraction
    model: str
    suffix: str
    size: tuple[int, int]
    input: tuple[int, int, int]
    render: Callable[[int, str, str], Scene] = field(repr=False)
    metadata: bool = False
    task: str = "classification"
    normal: int = 0
    planned: Planned | None = field(default=None, repr=False)
    decoupled: Fraction = Fraction(0)
    boxes: Callable[[int, str], tuple[Box, ...]] | None = field(default=None, repr=False)
    tolerance: float = 0.0

    def render_scene(self, seed: int, label: str, cue: str) -> Scene:
        """Draw a scene; only the cue, or only the class feature, differs between calls with equal seed.

        Args:
            seed: any whole number; :data:`SPLITS` says which ones the models have seen.
            label: one of ``classes``, or a number as text.
            cue: one of ``cues``, or what the demo's renderer takes.

        Raises:
            ValueError: an unknown label or cue.
        """
        if self.planned is None and (label not in self.classes or cue not in self.cues):
            raise ValueError(f"expected {self.classes} with {self.cues}, got {label!r} with {cue!r}")
        return self.render(seed, label, cue)

    def plan(self, split: str, count: int) -> Iterator[tuple[int, str, str]]:
        """(seed, label, cue) of ``count`` scenes of a split: balanced, with the demo's correlation."""
        if self.planned is not None:
            share = self.conflicting if split == "train" else self.decoupled
            yield from self.planned(SPLITS[split], count, share)
            return
        for number in range(count):
            pair, own = divmod(number, 2)
            conflict = int((pair + 1) * self.conflicting) > int(pair * self.conflicting)
            yield SPLITS[split] + number, self.classes[own], self.cues[own ^ conflict]
