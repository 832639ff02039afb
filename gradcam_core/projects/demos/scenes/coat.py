"""What an animal looks like apart from its species: coat, pattern, pose. Independent of the class."""

from dataclasses import dataclass

import numpy as np

from gradcam_core.projects.demos.scenes.draw import Array, Colour, Plane, noise

COATS: tuple[tuple[Colour, Colour], ...] = (
    ((0.16, 0.15, 0.15), (0.80, 0.78, 0.75)),
    ((0.47, 0.46, 0.47), (0.26, 0.25, 0.27)),
    ((0.80, 0.50, 0.24), (0.58, 0.31, 0.13)),
    ((0.86, 0.78, 0.64), (0.55, 0.42, 0.30)),
    ((0.90, 0.88, 0.85), (0.35, 0.30, 0.28)),
    ((0.43, 0.29, 0.19), (0.20, 0.13, 0.09)),
    ((0.62, 0.47, 0.32), (0.92, 0.88, 0.82)),
    ((0.30, 0.25, 0.22), (0.66, 0.50, 0.34)),
)
PATTERNS = ("plain", "striped", "patched", "saddled")


@dataclass(frozen=True)
class Look:
    """One animal's looks: main, second and light colour, pattern, pose and small variations."""

    main: Colour
    second: Colour
    pale: Colour
    pattern: str
    sitting: bool
    gaze: float
    tilt: float
    plump: float
    head: float
    shape: float
    eye: Colour
    chest: bool


def draw_look(rng: np.random.Generator) -> Look:
    """Looks drawn at random; ``gaze`` -1..1 is where the head points, the rest are small factors."""
    main, second = COATS[rng.integers(len(COATS))]
    vary = rng.normal(0, 0.012, 3) + rng.normal(0, 0.05)
    main = _shift(main, vary)
    pale = _shift(main, (1 - np.asarray(main)) * rng.uniform(0.35, 0.75))
    eyes = ((0.72, 0.60, 0.20), (0.45, 0.58, 0.25), (0.35, 0.20, 0.10), (0.42, 0.28, 0.14))
    return Look(
        main=main,
        second=_shift(second, vary),
        pale=pale,
        pattern=str(rng.choice(PATTERNS)),
        sitting=bool(rng.random() < 0.5),
        gaze=float(rng.uniform(-1, 1)),
        tilt=float(rng.normal(0, 0.12)),
        plump=float(rng.uniform(0.88, 1.15)),
        head=float(rng.uniform(0.92, 1.12)),
        shape=float(rng.uniform(0, 1)),
        eye=eyes[rng.integers(len(eyes))],
        chest=bool(rng.random() < 0.5),
    )


def _shift(colour: Colour, by: object) -> Colour:
    red, green, blue = np.clip(np.asarray(colour) + by, 0.04, 0.96).tolist()
    return red, green, blue


@dataclass(frozen=True)
class Coat:
    """A look's coat on the pixels: colour (H, W, 3) and the fur's ``grain`` (H, W), about -2..2."""

    colour: Array
    grain: Array


def lay_coat(rng: np.random.Generator, at: Plane, look: Look) -> Coat:
    """The coat as a picture of its own, to be cut out by the shape of every part."""
    size = at.x.shape
    warp = noise(rng, size, (5, 5), 2)
    grain = noise(rng, size, (size[0] / 7, size[1] / 3), 2, 0.7)
    share = _pattern(at, look.pattern, warp)[..., None]
    main, second = np.asarray(look.main, np.float32), np.asarray(look.second, np.float32)
    colour = main + share * (second - main)
    return Coat((colour * (1 + 0.07 * grain + 0.05 * warp)[..., None]).astype(np.float32), grain)


def _pattern(at: Plane, name: str, warp: Array) -> Array:
    if name == "striped":
        wave = np.sin(26 * at.x + 7 * at.y + 1.3 * warp) + 0.3 * warp
        return np.clip(0.5 * wave, 0, 0.75).astype(np.float32)
    if name == "patched":
        return np.clip(3 * (warp - 0.4), 0, 1).astype(np.float32)
    if name == "saddled":
        return np.clip(2.5 * (0.05 - at.y + 0.12 * warp), 0, 0.9).astype(np.float32)
    return np.zeros_like(warp)
