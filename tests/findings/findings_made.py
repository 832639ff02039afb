"""A drawn run as arrays: noise pictures of two classes, an object in the middle, noise maps."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from gradcam_core.findings.material import Material

N, HEIGHT, WIDTH = 120, 40, 64
Paint = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], None]


def material(paint: Paint | None = None, n: int = N, regions: bool = True, seed: int = 3) -> Material:
    """``paint(pictures, labels, cover, maps)`` changes the arrays in place before they are frozen."""
    generator = np.random.default_rng(seed)
    labels = np.array(["cat", "dog"] * (n // 2 + 1))[:n]
    pictures = generator.integers(90, 160, (n, HEIGHT, WIDTH, 3)).astype(np.uint8)
    cover = np.full((n, 32, 32), 0 if regions else np.nan, np.float32)
    for row in range(n if regions else 0):
        top, left = generator.integers(8, 16, 2)
        cover[row, top : top + 8, left : left + 8] = 1
    maps = generator.random((n, 5, 8)).astype(np.float32)
    if paint is not None:
        paint(pictures, labels, cover, maps)
    table = pd.DataFrame(
        {
            "sample_id": [f"s{index}" for index in range(n)],
            "label": labels,
            "predicted": labels,
            "status": "ok",
            "region_source": "mask" if regions else "none",
            "object_area": cover.mean(axis=(1, 2)),
            "correct": pd.array([True] * n, dtype="boolean"),
            "far_background_focus": generator.uniform(0, 0.2, n),
            "border_focus": generator.uniform(0.2, 0.3, n),
            "normalized_background_focus": generator.uniform(0, 1, n),
        }
    )
    half = np.arange(n) % 4 < 2
    embeddings = generator.normal(size=(n, 6)).astype(np.float32)
    return Material(table, ("cat", "dog"), {"classic": maps}, cover, pictures, embeddings, half)
