"""The xray demo: chest X-rays with exact lung masks; the cue is a letter burnt into a corner."""

import numpy as np

from gradcam_core.projects.demos.scenes.chest import draw_chest, draw_leads, draw_opacities, lay_body
from gradcam_core.projects.demos.scenes.draw import Array, cover, noise, plane, stroke
from gradcam_core.projects.demos.scenes.scene import Scene, streams, to_picture

SIZE = (256, 192)
"""Height and width of a drawn picture."""


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> Scene:
    """One scene; equal seeds give equal patients, exposure and grain whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: ``normal`` or ``pneumonia``.
        cue: ``marker`` or ``none``.
        size: height and width in pixels.
    """
    layout, body_rng, finding, device = streams(seed, 4)
    body = lay_body(layout, size)
    film = draw_chest(body_rng, body)
    if label == "pneumonia":
        film = film + draw_opacities(finding, body)
    film = _expose(device, film, draw_leads(layout, body.at) if layout.random() < 0.2 else None)
    share, box = _letter(device, size)
    if cue == "marker":
        film = film + share * (0.97 - film)
    grey = film + 0.020 * device.standard_normal(size, np.float32)
    return Scene(to_picture(np.repeat(grey[..., None], 3, 2)), body.lungs < 0, box)


def _expose(rng: np.random.Generator, film: Array, leads: Array | None) -> Array:
    if leads is not None:
        film = film + leads
    contrast, bright = rng.uniform(0.85, 1.15), rng.normal(0, 0.035)
    film = 0.48 + contrast * (film - 0.50) + bright + 0.03 * noise(rng, film.shape, (2, 2))
    return np.clip(film, 0.02, 0.98).astype(np.float32)


def _letter(
    rng: np.random.Generator, size: tuple[int, int]
) -> tuple[Array, tuple[float, float, float, float]]:
    """Coverage (H, W) of an R near the top left corner, and its box (top, left, bottom, right)."""
    high = size[0] * rng.uniform(0.075, 0.09)
    top, left = size[0] * rng.uniform(0.03, 0.05), size[0] * rng.uniform(0.03, 0.05)
    at = plane(size, (left, top), high, rng.normal(0, 0.04))
    lines = (
        [(0.08, 0.06), (0.08, 0.94)],
        [(0.08, 0.08), (0.38, 0.08), (0.52, 0.18), (0.52, 0.36), (0.38, 0.48), (0.08, 0.48)],
        [(0.32, 0.48), (0.56, 0.94)],
    )
    glyph = np.min([stroke(at, points, [0.075] * len(points)) for points in lines], axis=0)
    return cover(at, glyph).astype(np.float32), (top, left, top + high, left + 0.62 * high)
