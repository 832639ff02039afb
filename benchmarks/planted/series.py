"""The licence's projects: number and kind -> a case, drawn from every condition that the claim covers.

Number n of a series is the same project on every machine, so a series can be made in pieces and continued.
"""

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.planted.cases import BACKGROUND, BORDER, FIXED, GLOBAL, ROAMING, Case, Group

FIRST_SEED = {"clean": 10_000, "reliant": 20_000}  # far from the seeds that thresholds were set on
PLANTABLE: Mapping[str, tuple[tuple[str, ...], Group]] = {
    "background": (BACKGROUND, "spatial"),
    "tag": (FIXED, "spatial"),
    "roaming-tag": (ROAMING, "spatial"),
    "ruler": (BORDER, "spatial"),
    "watermark": (("watermark",), "spatial"),
    "frame": (BORDER, "spatial"),
    "sticker": (ROAMING, "spatial"),
    "tint": (GLOBAL, "non-spatial"),
    "blur": ((*GLOBAL, *BACKGROUND), "non-spatial"),
}
"""Cue -> flags that name it, and its group. A cue on the object is a series of its own: it is not found."""

DRAWN = np.random.Generator
Named = tuple[str, dict[str, object]]


def _clean(rng: DRAWN) -> Named:
    """No cue, a decoy that goes with no class, odd sizes or places, many classes, few or wrong labels."""
    kinds: dict[str, dict[str, object]] = {
        "plain": {},
        "decoy": {"cues": (str(rng.choice(["tag", "sticker", "ruler", "watermark", "frame"])),)},
        "sizes": {"sized": True},
        "edge": {"placement": "edge", "busy": True, "core": 0.0},
        "centred": {"placement": "centre"},
        "imbalanced": {"largest": 0.75},
        "wrong-labels": {"noise": 0.03},
        "three": {"classes": 3},
        "five": {"classes": 5, "core": 0.0},
        "twelve": {"classes": 12, "core": 0.0},
        "faint": {"core": 0.3},
    }
    kind = str(rng.choice(list(kinds)))
    return kind, {"cues": ("background",), "strength": 0.5, "core": 0.1, "flags": (), **kinds[kind]}


def _reliant(rng: DRAWN) -> Named:
    """One cue, from weak to certain, beside a feature from plain to nearly invisible."""
    cue = str(rng.choice(list(PLANTABLE)))
    strength = float(rng.choice([0.8, 0.9, 0.95, 1.0]))
    flags, group = PLANTABLE[cue]
    some = {"cues": (cue,), "strength": strength, "flags": flags, "group": group}
    return cue, {**some, "core": round(float(rng.uniform(0.1, 0.9)), 2)}


KINDS: Mapping[str, Callable[[DRAWN], Named]] = {"clean": _clean, "reliant": _reliant}


def drawn(series: str, number: int) -> tuple[Case, int]:
    """The case of a series with that number, and its seed.

    Raises:
        ValueError: a series that is not known.
    """
    if series not in KINDS:
        raise ValueError(f"no series is called {series!r}; known: {', '.join(KINDS)}")
    seed = FIRST_SEED[series] + number
    rng = np.random.default_rng(seed)
    kind, fields = KINDS[series](rng)
    masks = bool(rng.random() < 0.7)
    name = f"{series}-{number:04d}-{kind}" + ("" if masks else "-no-masks")
    return Case(name=name, masks=masks, **{"group": "clean", **fields}), seed  # type: ignore[arg-type]
