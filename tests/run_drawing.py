"""What the synthetic runs are drawn from: a bright ellipse, its cover on a grid, a blob of heat."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gradcam_core.base.types import Resize
from gradcam_core.images import geometry

RADII = np.array([0.22, 0.16])  # of the object, shares of the picture's height and width


def draw(size: tuple[int, int], centre: NDArray[np.float64], channels: int, seed: int) -> Image.Image:
    """One picture: soft background, a bright ellipse at ``centre``."""
    generator = np.random.default_rng(seed)
    height, width = size
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width])[:, None, None]
    inside = ((y - centre[0]) / 0.22) ** 2 + ((x - centre[1]) / 0.16) ** 2
    base = generator.uniform(30, 150, 3)[None, None] * (0.6 + 0.4 * y[..., None])
    base = base + generator.normal(0, 6, (height, width, 3))
    colour = generator.uniform(120, 250, 3)
    weight = np.clip(1.6 - inside, 0, 1)[..., None]
    pixels = np.clip(base * (1 - weight) + colour * weight, 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels)
    return picture.convert("L") if channels == 1 else picture


def in_input(
    centres: NDArray[np.float64], size: tuple[int, int], target: tuple[int, int], resize: Resize
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centres (N, 2) and radii (2,) as shares of the picture -> as shares of the network input."""
    place = geometry(size, target, resize)
    seen, content = np.array(place.seen), np.array(place.content, dtype=np.float64)
    zoom = (content[2:] - content[:2]) / (seen[2:] - seen[:2])
    scale = zoom * np.array(size) / np.array(target)
    return (centres * np.array(size) - seen[:2]) * zoom / target + content[:2] / target, RADII * scale


def blob(grid: tuple[int, int], centres: NDArray[np.float64], spread: float) -> NDArray[np.float64]:
    h, w = grid
    y = (np.arange(h) + 0.5)[None, :, None] / h - centres[:, 0, None, None]
    x = (np.arange(w) + 0.5)[None, None, :] / w - centres[:, 1, None, None]
    return np.exp(-(y**2 + x**2) / (2 * spread**2))


def cover(
    grid: tuple[int, int], centres: NDArray[np.float64], radii: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N, h, w) share of each cell that the ellipse covers, counted on a grid four times as fine."""
    n, fine = len(centres), 4
    h, w = grid[0] * fine, grid[1] * fine
    y = (np.arange(h) + 0.5)[None, :, None] / h - centres[:, 0, None, None]
    x = (np.arange(w) + 0.5)[None, None, :] / w - centres[:, 1, None, None]
    inside = ((y / radii[0]) ** 2 + (x / radii[1]) ** 2 <= 1).astype(np.float64)
    return inside.reshape(n, grid[0], fine, grid[1], fine).mean(axis=(2, 4))


def outline(centre: NDArray[np.float64]) -> list[list[float]]:
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    points = np.stack([centre[1] + 0.16 * np.cos(angles), centre[0] + 0.22 * np.sin(angles)], axis=1)
    return [[float(value) for value in points.ravel()]]
