"""A small test set with a known object, background, corner and tint, and models that use one of them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gradcam_core.edits.engine.scenes import Scenes

N, HEIGHT, WIDTH = 64, 48, 60
Model = Callable[[np.ndarray], np.ndarray]
CORNER = (4, 40, 10, 56)  # top, left, bottom, right of the marker, in pixels
BOX = (CORNER[0] / HEIGHT, CORNER[1] / WIDTH, CORNER[2] / HEIGHT, CORNER[3] / WIDTH)


def draw(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pictures, cover, labels: class 0 dark and blue object, class 1 bright and red object."""
    rng = np.random.default_rng(seed)
    labels = np.arange(N) % 2
    pictures = rng.integers(-12, 13, (N, HEIGHT, WIDTH, 3)) + np.where(labels, 150, 80)[:, None, None, None]
    cover = np.zeros((N, HEIGHT, WIDTH), dtype=np.float32)
    for row in range(N):
        top, left = int(rng.integers(14, 26)), int(rng.integers(6, 36))
        cover[row, top : top + 14, left : left + 16] = 1
        pictures[row, top : top + 14, left : left + 16] = (220, 20, 20) if labels[row] else (20, 20, 220)
    return np.clip(pictures, 0, 255).astype(np.uint8), cover, labels


def by_object(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on the number of strongly red and strongly blue pixels alone."""
    red, blue = pictures[..., 0].astype(float), pictures[..., 2].astype(float)
    score = ((red - blue > 120).sum((1, 2)) - (blue - red > 120).sum((1, 2))) / 20
    return np.stack([-score, score], axis=1).astype(np.float32)


def by_ground(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on the mean green alone (objects have the same green)."""
    score = (pictures[..., 1].mean((1, 2)) - 101) / 5
    return np.stack([-score, score], axis=1).astype(np.float32)


def scenes_for(predict: Model, activation: str = "softmax") -> Scenes:
    pictures, cover, labels = draw()
    return Scenes(
        ids=tuple(f"s{row:03d}" for row in range(N)),
        pictures=pictures,
        cover=cover,
        region_source=("mask",) * N,
        labels=labels,
        class_names=("blue", "red"),
        logits=predict(pictures),
        activation=activation,
    )


def with_marker(pictures: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A green and yellow patch in the upper right corner of these rows."""
    marked = pictures.copy()
    top, left, bottom, right = CORNER
    marked[rows, top:bottom, left:right] = (60, 230, 40)
    marked[rows, top:bottom:2, left:right] = (230, 230, 40)
    return marked


def by_corner(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on how green and unblue the corner is."""
    top, left, bottom, right = CORNER
    corner = pictures[:, top:bottom, left:right].astype(float).mean((1, 2))
    score = (corner[:, 1] - corner[:, 2] - 80) / 10
    return np.stack([-score, score], axis=1).astype(np.float32)


def by_tint(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on the mean red minus blue of the whole picture."""
    mean = pictures.astype(float).mean((1, 2))
    score = (mean[:, 0] - mean[:, 2]) / 5
    return np.stack([-score, score], axis=1).astype(np.float32)


def by_frame(pictures: np.ndarray) -> np.ndarray:
    """Logits that depend on the share of white pixels in the outermost two rows and columns."""
    white = (pictures > 235).all(-1)
    parts = (white[:, :2], white[:, -2:], white[:, :, :2], white[:, :, -2:])
    score = np.concatenate([part.reshape(len(pictures), -1) for part in parts], axis=1).mean(1)
    return np.stack([0.2 - score, score - 0.2], axis=1).astype(np.float32)


def scenes_of(
    pictures: np.ndarray, predict: Callable[[np.ndarray], np.ndarray], **changed: object
) -> Scenes:
    """The test set with other pictures, and anything else that is named."""
    base = scenes_for(predict)
    return replace(base, **{"pictures": pictures, "logits": predict(pictures), **changed})  # type: ignore[arg-type]
