"""The chest demo: films with up to four findings; the cue is a drain, which goes with one of them.

A scene's label names its findings with | between them, "none" where there is none; its cue is "drain" or
"none".
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from gradcam_core.base.types import Box, Mask
from gradcam_core.projects.demos.scenes.bench import ObjectScene
from gradcam_core.projects.demos.scenes.chest import Body, draw_chest, draw_leads, lay_body
from gradcam_core.projects.demos.scenes.draw import Array, cover, ellipse, noise, stroke
from gradcam_core.projects.demos.scenes.scene import streams, to_picture

SIZE = (256, 192)
"""Height and width of a drawn picture."""
CLASSES = ("cardiomegaly", "effusion", "nodule", "pneumothorax")
CUES = ("none", "drain")
DRAINED = "pneumothorax"
COMMON = 0.35  # share of the films that have one finding
NONE = "none"


def plan(first: int, count: int, conflicting: Fraction) -> Iterator[tuple[int, str, str]]:
    """(seed, label, cue): findings come and go alone; a share of the drains contradicts the finding."""
    for seed in range(first, first + count):
        (choice,) = streams(seed, 1)
        there = choice.random(len(CLASSES)) < COMMON
        drained = there[CLASSES.index(DRAINED)] ^ (choice.random() < float(conflicting))
        names = [name for name, one in zip(CLASSES, there, strict=True) if one]
        yield seed, "|".join(names) or NONE, CUES[int(drained)]


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> ObjectScene:
    """One film; equal seeds give equal patients, places, exposure and grain whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: findings, with | between them, or ``none``.
        cue: ``drain`` or ``none``.
        size: height and width in pixels.

    Raises:
        ValueError: an unknown finding or cue.
    """
    names = _names(label)
    if cue not in CUES:
        raise ValueError(f"expected a cue out of {CUES}, got {cue!r}")
    layout, body_rng, finding, device = streams(seed, 4)
    body = lay_body(layout, size)
    film = draw_chest(body_rng, body)
    if layout.random() < 0.2:
        film = film + draw_leads(layout, body.at)
    found = _findings(finding, body)
    for name in names:
        film = film + found[name]
    tube = _drain(device, body)
    film = film + 0.30 * tube if cue == "drain" else film
    contrast, bright = device.uniform(0.9, 1.1), device.normal(0, 0.025)
    film = np.clip(0.48 + contrast * (film - 0.50) + bright, 0.02, 0.98)
    grey = (film + 0.018 * device.standard_normal(size, np.float32)).astype(np.float32)
    own = {name: np.abs(found[name]) > STRONG for name in names}
    mask = np.any([*own.values(), np.zeros(size, bool)], axis=0)
    where = tuple(_box(name, part) for name, part in own.items())
    return ObjectScene(to_picture(np.repeat(grey[..., None], 3, 2)), mask, _edges(tube > 0.5), where)


STRONG = 0.006  # grey, 0..1, from which a finding is inside its box


def boxes(seed: int, label: str, size: tuple[int, int] = SIZE) -> tuple[Box, ...]:
    """Those of a film's findings, without drawing it."""
    layout, _, finding, _ = streams(seed, 4)
    found = _findings(finding, lay_body(layout, size))
    return tuple(_box(name, np.abs(found[name]) > STRONG) for name in _names(label))


def _names(label: str) -> list[str]:
    names = [] if label == NONE else label.split("|")
    if not set(names) <= set(CLASSES):
        raise ValueError(f"expected findings out of {CLASSES}, got {label!r}")
    return names


def _edges(part: Mask) -> tuple[float, float, float, float]:
    rows, columns = np.nonzero(part)
    return float(rows.min()), float(columns.min()), float(rows.max() + 1), float(columns.max() + 1)


def _box(name: str, part: Mask) -> Box:
    top, left, bottom, right = _edges(part)
    return Box(left, top, right, bottom, name)


def _soft(distance: Array, width: float) -> Array:
    """1 inside, 0 outside, ``width`` in picture heights."""
    share: Array = 1 / (1 + np.exp(np.clip(distance / (width / 3), -30, 30)))
    return share


def _findings(rng: np.random.Generator, body: Body) -> Mapping[str, Array]:
    """Finding -> what it adds to the film (H, W); all are drawn, so that one does not move the others."""
    at, lung = body.at, _soft(body.lungs, 0.02)
    large = _soft(body.heart - rng.uniform(0.045, 0.06), 0.03) - _soft(body.heart, 0.03)
    side = -1 if rng.random() < 0.5 else 1
    level = body.floor - rng.uniform(0.10, 0.16) - 0.5 * np.clip(side * at.x - 0.15, 0, 1)
    fluid = _soft(level - at.y, 0.03) * lung * (side * at.x > 0)
    which = -1 if rng.random() < 0.5 else 1
    centre = (which * rng.uniform(0.12, 0.20), rng.uniform(0.26, 0.46))
    spot = _soft(ellipse(at, centre, (rng.uniform(0.024, 0.032),) * 2), 0.014)
    line = 0.27 + rng.uniform(-0.02, 0.02) - 0.25 * np.clip(at.x - 0.10, 0, 1)
    air = _soft(at.y - line, 0.01) * lung * (at.x > 0)
    edge = np.exp(-(((at.y - line) / 0.005) ** 2)) * lung * (at.x > 0)
    grain = 1 + 0.15 * noise(rng, at.x.shape, (24, 18), 2)
    return {
        "cardiomegaly": 0.20 * large * grain,
        "effusion": 0.26 * fluid * grain,
        "nodule": 0.24 * spot,
        "pneumothorax": -0.055 * air + 0.04 * edge,
    }


def _drain(rng: np.random.Generator, body: Body) -> Array:
    """Coverage (H, W) of a tube that enters at the side and lies below the top of the lung."""
    wide = rng.uniform(0.007, 0.009)
    jitter = rng.normal(0, 0.008, 2)
    path = [
        *((0.37 + jitter[0], 0.60 + jitter[1]), (0.27 + jitter[0], 0.555 + jitter[1])),
        *((0.20 + jitter[0], 0.49 + jitter[1]), (0.165 + jitter[0], 0.40 + jitter[1])),
    ]
    tube = cover(body.at, stroke(body.at, path, [wide] * 4), 1.5)
    hollow = cover(body.at, stroke(body.at, path, [0.35 * wide] * 4), 1.5)
    return np.asarray(tube - 0.35 * hollow, dtype=np.float32)
