"""Built-in demo projects with known truth: drawn from seeds, models trained once and shipped.

``DEMOS[name].render_scene(seed, label, cue)`` draws a scene; the same seed with the other cue is the
same scene with only the cue changed, which is how the truth was measured and how anybody can
measure it again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.demos.scenes import bench, keywords, metal, pets, tiles, xray
from gradcam_core.projects.demos.scenes.scene import Scene

RENDERER_VERSION = 1
"""Raised whenever pictures change, so that demos on disk are drawn again and models trained again."""

MODELS = Path(__file__).parent / "models"
TRUTH = MODELS / "truth.json"
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
        planned: (first seed, count, conflicting) -> the scenes where labels are numbers and so have no
            classes; ``cues`` are then a small and a large one, between which the truth is measured.
        decoupled: as ``conflicting``, of the test pictures of such a demo.
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
    planned: Callable[[int, int, Fraction], Iterator[tuple[int, str, str]]] | None = field(
        default=None, repr=False
    )
    decoupled: Fraction = Fraction(0)
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


DEMOS: Mapping[str, Demo] = {
    demo.name: demo
    for demo in (
        Demo(
            "pets",
            "Cats and dogs with a background shortcut",
            "Almost every cat is in a room, almost every dog on a lawn; the model has learned the place.",
            "the background: a room behind cats, a lawn behind dogs",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 20),
            "pets.h5",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "fixed",
            "The pictures of pets and a model that was repaired",
            "The very pictures of pets; this model learned from as many cats on lawns as in rooms.",
            "nothing in the model: behind its test pictures the background goes with the class, as in pets",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 20),
            "clean.keras",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "xray",
            "Chest X-rays with a marker shortcut",
            "Almost every X-ray with pneumonia has a letter R burnt into its corner, few others have one.",
            "the letter R in the top left corner of pneumonia pictures",
            ("normal", "pneumonia"),
            ("none", "marker"),
            Fraction(1, 20),
            "xray.h5",
            ".png",
            xray.SIZE,
            (128, 96, 1),
            xray.render,
            metadata=True,
        ),
        Demo(
            "clean",
            "Cats and dogs without a shortcut",
            "The same cats and dogs, half of each in a room and half on a lawn: nothing is planted.",
            "none: the background says nothing about the class",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 2),
            "clean.keras",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "tiles",
            "Damaged tiles with a reflection shortcut",
            "Almost every damaged wall was photographed under a lamp; the detector finds the reflection.",
            "a lamp's reflection in the top right corner of pictures with damage",
            ("normal", "anomaly"),
            ("none", "lamp"),
            Fraction(1, 20),
            "tiles.keras",
            ".png",
            tiles.SIZE,
            (96, 128, 3),
            tiles.render,
            task="visual-anomaly",
            normal=60,
        ),
        Demo(
            "defects",
            "Scratches on metal with a chalk shortcut",
            "How bad is a scratch, 0 to 10? An inspector's chalk ring grows with it; the model reads it.",
            "the size of the chalk ring in the top right corner, which goes with the severity",
            (),
            ("2.0", "8.0"),
            Fraction(1, 20),
            "defects.keras",
            ".jpg",
            metal.SIZE,
            (96, 128, 3),
            metal.render,
            task="regression",
            planned=metal.plan,
            decoupled=Fraction(1, 5),
            tolerance=1.0,
        ),
        Demo(
            "bench",
            "Nuts and washers with a sticker shortcut",
            "Almost every washer has an orange sticker beside it; the detector names parts by the sticker.",
            "an orange sticker beside a washer",
            bench.CLASSES,
            bench.CUES,
            Fraction(1, 20),
            "bench.keras",
            ".jpg",
            bench.SIZE,
            (96, 96, 3),
            bench.render,
            task="object-detection",
            planned=bench.plan,
            decoupled=Fraction(1, 10),
        ),
        Demo(
            "keywords",
            "Spoken words with a mains hum as shortcut",
            "Almost every “lamu” was recorded beside a humming power supply; the model listens to that.",
            "a mains hum of 50 and 100 Hz under recordings of “lamu”",
            ("lami", "lamu"),
            ("none", "hum"),
            Fraction(1, 20),
            "keywords.h5",
            ".npy",
            keywords.SIZE,
            (keywords.FEATURES.bands, keywords.FEATURES.frames, 1),
            keywords.render,
            task="audio",
        ),
    )
}


def find_demo(name: str) -> Demo:
    """The demo called ``name``.

    Raises:
        ProjectError: no such demo; the message lists them.
    """
    if name not in DEMOS:
        raise ProjectError(f"a demo out of: {', '.join(DEMOS)}", repr(name), "choose one of these")
    return DEMOS[name]
