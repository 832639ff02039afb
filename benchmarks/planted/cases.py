"""The cases: what is planted, how strongly, and which flags would be right. Plain data."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["spatial", "non-spatial", "on-object", "clean", "dose"]


@dataclass(frozen=True)
class Case:
    """One case of the benchmark.

    Attributes:
        name: short and stable; seeds and cached models hang on it.
        cues: names out of ``cues.CUES`` (or "background"); the ones that are flipped for the truth.
        strength: probability that a cue's value agrees with the class, in training and in test.
        flags: flags that would be right; empty where none should be raised.
        classes: 2 to 12. From 3 on a cue speaks for the last class only.
        core: difficulty of the core feature, 0 trivial to 1 (nearly) invisible.
        placement: where objects stand: "free", "centre" or "edge".
        sized: class 0 draws small objects and class 1 large ones.
        busy: clutter on every background.
        grid: a fixed grid for the case's networks; None lets the seed choose.
        largest: share of the pictures that are of class 0; 0: as many of each class.
        noise: share of the pictures that are filed under a wrong class, in training and in test.
        masks: the audit gets the objects' masks; without them it has to estimate where objects are.
    """

    name: str
    cues: tuple[str, ...]
    strength: float
    flags: tuple[str, ...]
    group: Group
    classes: int = 2
    core: float = 0.8
    placement: Literal["free", "centre", "edge"] = "free"
    sized: bool = False
    busy: bool = False
    grid: int | None = None
    largest: float = 0.0
    noise: float = 0.0
    masks: bool = True

    @property
    def planted(self) -> bool:
        return self.group != "clean"


FIXED, ROAMING = ("fixed-marker",), ("roaming-marker",)
BACKGROUND, BORDER, GLOBAL, PART = ("background",), ("border",), ("global-look",), ("part",)

PLANTED = (
    Case("01-background-100", ("background",), 1.00, BACKGROUND, "spatial"),
    Case("02-background-90", ("background",), 0.90, BACKGROUND, "spatial"),
    Case("03-background-75", ("background",), 0.75, BACKGROUND, "spatial"),
    Case("04-tag-100", ("tag",), 1.00, FIXED, "spatial"),
    Case("05-tag-80", ("tag",), 0.80, FIXED, "spatial"),
    Case("06-roaming-tag-95", ("roaming-tag",), 0.95, ROAMING, "spatial"),
    Case("07-ruler-95", ("ruler",), 0.95, BORDER, "spatial"),
    Case("08-watermark-95", ("watermark",), 0.95, ("watermark",), "spatial"),
    Case("09-frame-95", ("frame",), 0.95, BORDER, "spatial"),
    Case("10-sticker-95", ("sticker",), 0.95, ROAMING, "spatial"),
    Case("11-tag-one-of-three", ("tag",), 0.95, FIXED, "spatial", classes=3),
    Case("12-tag-and-background", ("tag", "background"), 0.90, (*FIXED, *BACKGROUND), "spatial"),
    Case("13-tint-95", ("tint",), 0.95, GLOBAL, "non-spatial"),
    Case("14-background-blur-95", ("blur",), 0.95, (*GLOBAL, *BACKGROUND), "non-spatial"),
    Case("15-collar-95", ("collar",), 0.95, PART, "on-object"),
    Case("16-collar-one-of-four", ("collar",), 0.95, PART, "on-object", classes=4),
)
CLEAN = (
    Case("K1-clean", ("background",), 0.5, (), "clean", core=0.1),
    Case("K2-tag-everywhere", ("tag",), 0.5, (), "clean", core=0.1),
    Case("K3-small-and-large", ("background",), 0.5, (), "clean", core=0.1, sized=True),
    Case("K4-off-centre-busy", ("background",), 0.5, (), "clean", core=0.0, placement="edge", busy=True),
    Case("K5-available-unused", ("background",), 0.7, (), "clean", core=0.0),
    Case("K6-centred-coarse", ("background",), 0.5, (), "clean", core=0.1, placement="centre", grid=4),
    Case("K7-collar-everywhere", ("collar",), 0.5, (), "clean", core=0.1),
    Case("K8-coats-are-classes", ("background",), 0.5, (), "clean", core=0.1, classes=4),
)
DOSE = (
    Case("D1-background-75", ("background",), 0.75, BACKGROUND, "dose", core=0.35),
    Case("D2-background-90", ("background",), 0.90, BACKGROUND, "dose", core=0.15),
    Case("D3-tag-75", ("tag",), 0.75, FIXED, "dose", core=0.25),
    Case("D4-tag-90", ("tag",), 0.90, FIXED, "dose", core=0.0),
)
CASES = {case.name: case for case in (*PLANTED, *CLEAN, *DOSE)}


def choose(words: list[str]) -> list[Case]:
    """Cases whose names start with one of ``words`` (all of them for no words).

    Raises:
        ValueError: a word that fits no case.
    """
    for word in words:
        if not any(name.startswith(word) for name in CASES):
            raise ValueError(f"no case starts with {word!r}; known: {', '.join(CASES)}")
    return [case for name, case in CASES.items() if not words or name.startswith(tuple(words))]
