"""A cue that an edit can test, and what its id says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from gradcam_core.base.types import Picture

Place = tuple[float, float, float, float]  # top, left, bottom, right, shares 0..1 of the network input
CueSource = Literal["data", "patch", "part", "classic", "fine"]


@dataclass(frozen=True)
class Suspicion:
    """Something the discovery step noticed and an edit could test.

    Attributes:
        id: stable within a run: flag, label and source, a hot spot with its first cell:
            "border/dog/data", "fixed-marker/dog/fine-3-4".
        flag: background, fixed-marker, roaming-marker, border, watermark, part, global-look.
        label: the class that the cue would speak for; None when it is about all classes.
        samples: ids of the samples that show it.
        boxes: sample id -> (top, left, bottom, right) of the spot as shares 0..1 of the network input.
        controls: sample id -> (top, left, bottom, right) of a place of the same size and heat elsewhere
            inside the object, where a control of a part goes.
        patch: (h, w, 3) uint8 average crop of the spot at network resolution, or None.
        strength: how much heat speaks for it, in the flag's own unit (see ``statement``).
        statement: one plain sentence with the numbers.
        source: which search noticed it: structure at fixed pixels (data), a recurrent patch, a part of
            the object, or hot spots of a map set; None where its id names none.
    """

    id: str
    flag: str
    label: str | None
    samples: tuple[str, ...]
    boxes: Mapping[str, Place] = field(default_factory=dict)
    patch: Picture | None = None
    strength: float = float("nan")
    statement: str = ""
    source: CueSource | None = None
    controls: Mapping[str, Place] = field(default_factory=dict)


def parts_of(suspicion: str) -> tuple[str, str, str]:
    """Flag, label and source (with its cell) in the id of a suspicion; "" for what it does not name."""
    flag, _, rest = suspicion.partition("/")
    label, _, source = rest.rpartition("/")
    return flag, label, source


def flag_of(suspicion: str) -> str:
    """The flag in the id of a suspicion."""
    return parts_of(suspicion)[0]


def source_of(suspicion: str) -> CueSource | None:
    """The source in the id of a suspicion; None where it names none."""
    found = parts_of(suspicion)[2].split("-")[0]
    return next((source for source in get_args(CueSource) if source == found), None)
