"""The pets and clean demos: a cat or a dog with its exact mask, in a room or on a lawn."""

import numpy as np

from gradcam_core.projects.demos.scenes.animal import FEET, draw_animal
from gradcam_core.projects.demos.scenes.coat import draw_look
from gradcam_core.projects.demos.scenes.draw import Array, Layer, blend, ellipse, noise, plane
from gradcam_core.projects.demos.scenes.lawn import draw_lawn
from gradcam_core.projects.demos.scenes.room import draw_room
from gradcam_core.projects.demos.scenes.scene import Scene, streams, to_picture

SIZE = (192, 192)
"""Height and width of a drawn picture."""


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> Scene:
    """One scene; equal seeds give equal layout, coat and light whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: ``cat`` or ``dog``.
        cue: ``indoor`` or ``outdoor``.
        size: height and width in pixels.
    """
    layout, fur, place, camera = streams(seed, 4)
    ground = layout.uniform(0.48, 0.66)
    scale = size[0] * layout.uniform(0.22, 0.36)
    feet = size[0] * layout.uniform(ground + 0.08, 0.97)
    middle = size[1] * layout.uniform(0.24, 0.76)
    picture = (draw_room if cue == "indoor" else draw_lawn)(place, size, ground)
    _shadow(picture, middle, feet, scale)
    layer = _animal(layout, fur, label, (middle, feet - FEET * scale), scale, size)
    seen = _photograph(camera, layer.over(picture))
    return Scene(to_picture(seen), layer.alpha > 0.5, None)


def _animal(
    layout: np.random.Generator,
    fur: np.random.Generator,
    label: str,
    origin: tuple[float, float],
    scale: float,
    size: tuple[int, int],
) -> Layer:
    """The animal, drawn in a window around it (for speed) and put on a layer of the full size."""
    look, turn, mirror = draw_look(fur), layout.normal(0, 0.05), bool(layout.random() < 0.5)
    top, left = (max(0, int(centre - 1.25 * scale)) for centre in (origin[1], origin[0]))
    bottom, right = (
        min(n, int(c + 1.25 * scale)) for n, c in zip(size, (origin[1], origin[0]), strict=True)
    )
    at = plane((bottom - top, right - left), (origin[0] - left, origin[1] - top), scale, turn, mirror)
    part = draw_animal(fur, at, look, "cat" if label == "cat" else "dog")
    layer = Layer(size)
    layer.colour[top:bottom, left:right], layer.alpha[top:bottom, left:right] = part.colour, part.alpha
    return layer


def _shadow(picture: Array, middle: float, feet: float, scale: float) -> None:
    at = plane((picture.shape[0], picture.shape[1]), (middle, feet), scale)
    depth = ellipse(at, (0.05, -0.04), (0.72, 0.10))
    blend(picture, (0.5 * np.clip(-depth / 0.09 + 0.3, 0, 1)).astype(np.float32), (0.05, 0.05, 0.05))


def _photograph(rng: np.random.Generator, colours: Array) -> Array:
    """Exposure, white balance, uneven light and sensor noise; independent of class and cue."""
    size = (colours.shape[0], colours.shape[1])
    balance = rng.normal(1, 0.025, 3) * rng.uniform(0.86, 1.12)
    light = 1 + 0.05 * noise(rng, size, (2, 2))
    lit = colours * balance.astype(np.float32) * light[..., None]
    seen: Array = lit + 0.012 * rng.standard_normal(colours.shape, np.float32)
    return seen
