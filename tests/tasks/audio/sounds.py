"""Folders of made-up features, and the kinds of networks that read them."""

import json
from pathlib import Path
from typing import Any

import numpy as np

FRAMES, BANDS = 13, 8
DESCRIPTION = {
    "kind": "mfe",
    "frames": FRAMES,
    "bands": BANDS,
    "stride_s": 0.02,
    "frame_s": 0.04,
    "low_hz": 0,
    "high_hz": 4000,
    "range": [0, 1],
}


def features(loud: tuple[slice, slice], seed: int = 0) -> np.ndarray:
    """(FRAMES, BANDS): quiet noise on the 256 levels of an MFE block, and one loud place."""
    values = np.random.default_rng(seed).integers(0, 60, (FRAMES, BANDS)).astype(np.float32)
    values[loud] = 240
    return values / 255


def sound_project(root: Path, **changed: Any) -> Path:
    """Two classes, ``low`` (a hum in the lowest band) and ``late`` (loud at the end), as flat files."""
    root.mkdir(exist_ok=True)
    (root / "features.json").write_text(json.dumps({**DESCRIPTION, **changed}), encoding="utf-8")
    places = {"low": (slice(None), slice(0, 1)), "late": (slice(9, 13), slice(2, 8))}
    for label, place in places.items():
        folder = root / "testing" / label
        folder.mkdir(parents=True)
        for number in range(3):
            np.save(folder / f"{label}{number}.npy", features(place, number).ravel())
    return root


def network(kind: str) -> Any:
    """A Keras model: "flat 2d", "flat 1d", "rows 1d", "picture" or "wrong"; weights from a seed."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    entry = {"rows 1d": (FRAMES, BANDS), "picture": (FRAMES, BANDS, 1)}.get(kind, (FRAMES * BANDS,))
    view = {"flat 2d": (FRAMES, BANDS, 1), "flat 1d": (FRAMES, BANDS), "wrong": (BANDS, FRAMES, 1)}.get(
        kind
    )
    model = keras.Sequential([keras.Input(entry)])
    if view:
        model.add(layers.Reshape(view))
    timed = kind.endswith("1d")
    for filters in (4, 6):
        convolution, pooling = (
            (layers.Conv1D, layers.MaxPooling1D) if timed else (layers.Conv2D, layers.MaxPooling2D)
        )
        model.add(convolution(filters, 3, padding="same", activation="relu"))
        model.add(pooling(2, strides=2, padding="same"))
    model.add(layers.Flatten())
    model.add(layers.Dense(2, activation="softmax"))
    return model
