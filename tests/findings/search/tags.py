"""Marks painted into drawn pictures and maps."""

import numpy as np

from gradcam_core.findings.material import Material
from tests.findings.findings_made import N, material

TAG = np.random.default_rng(9).integers(0, 2, (8, 8, 1)).astype(np.uint8) * 200 + 20


def noise_only(seed: int) -> Material:
    whole = BASE
    maps = np.random.default_rng(seed).exponential(size=(N, 5, 8)).astype(np.float32)
    return Material(
        whole.table, whole.class_names, {"classic": maps}, whole.cover, whole.pictures,
        whole.embeddings, whole.discover,
    )  # fmt: skip


BASE = material()
