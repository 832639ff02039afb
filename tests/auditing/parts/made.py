"""A part of a run, made by hand."""

import numpy as np

from gradcam_core.auditing.batch import BatchResult


def part(*ids: str, embedded: bool = True) -> BatchResult:
    columns = {
        "sample_id": list(ids),
        "label": [None, *["cat"] * (len(ids) - 1)],
        "correct": [None, *[True] * (len(ids) - 1)],
        "height": [48] * len(ids),
        "score": [np.float32(0.1)] * len(ids),
        "margin": [float("nan")] * len(ids),
    }
    arrays = {"heatmaps.npy": np.arange(len(ids) * 6, dtype=np.float32).reshape(len(ids), 2, 3)}
    if embedded:
        arrays["embeddings.npy"] = np.ones((len(ids), 4), np.float16)
    return BatchResult(columns, arrays, {ids[0]: [[0.0, 0.5, 1.0, 0.25, 0.5, 0.75]]})
