"""A small real project: photographs drawn from seeds, and a nested Keras 2 file as Studio writes it."""

import io
import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from tests.projects.edge_impulse import replies

CLASSES = ["small.dog", "cat"]  # the model's order; the dataset lists them the other way round
PROJECT, IMPULSE, BLOCK, JOB = 1234, 2, 8, 77
KEY = "ei_0123456789abcdef"
COUNT = 12
WRONG, UNSURE = 5, 8  # picture 5 is taken for the other class, picture 8 is answered with 0.55
MARGINS = [(0.2 if i == UNSURE else 3.0) * (-1) ** (i % 2 + (i == WRONG)) for i in range(COUNT)]
"""Log-odds of the first class for each picture."""


@cache
def h5() -> bytes:
    """Sequential[MobileNetV2 0.35, Reshape, Dense, Dropout, Flatten, Dense], written by Keras 2.

    Random weights, statistics of the pictures, and a last layer solved for ``MARGINS``: what it answers to
    each picture is known without running it.
    """
    import tf_keras as keras

    keras.utils.set_random_seed(11)
    base = keras.applications.MobileNetV2((64, 64, 3), 0.35, include_top=False, weights=None)
    inputs = np.stack([network_input(index) for index in range(COUNT)])
    norms = [one for one in base.layers if isinstance(one, keras.layers.BatchNormalization)]
    for one in norms:
        one.momentum = 0.0
    base(inputs, training=True)
    for one in norms:
        one.momentum = 0.999
    layers = keras.layers
    head = [layers.Reshape((-1, base.output_shape[-1])), layers.Dense(16, activation="relu")]
    head += [layers.Dropout(0.1), layers.Flatten(), layers.Dense(2, activation="softmax", name="y_pred")]
    model = keras.Sequential([layers.InputLayer((64, 64, 3), name="x_input"), base, *head])
    features = keras.Model(model.inputs, model.layers[-2].output).predict(inputs, verbose=0)
    first = np.linalg.lstsq(features.astype(np.float64), np.array(MARGINS), rcond=None)[0]
    model.layers[-1].set_weights([np.stack([first, -first], axis=1) / 2, np.zeros(2)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.h5"
        model.save(path, save_format="h5")
        return path.read_bytes()


def network_input(index: int) -> np.ndarray:
    """(64, 64, 3) in 0..1: cropped around the centre, then Lanczos, by Pillow alone."""
    image = Image.open(io.BytesIO(picture(index)))
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    cut = image.crop((left, top, left + side, top + side)).resize((64, 64), Image.Resampling.LANCZOS)
    return np.asarray(cut, np.float32) / 255


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip file with these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


@cache
def model_zip() -> bytes:
    """What the download ``tflite-h5`` is."""
    return zipped({"model.h5": h5()})


def size(index: int) -> tuple[int, int]:
    """(height, width); never square."""
    return 60 + 4 * index, 110 - 4 * index


@cache
def picture(index: int) -> bytes:
    """JPEG bytes: a coloured block on noise."""
    rng = np.random.default_rng(index)
    height, width = size(index)
    pixels = rng.integers(30, 120, (height, width, 3)).astype(np.uint8)
    pixels[10:40, 20:60] = (240, 200, 40) if index % 2 else (20, 60, 220)
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "JPEG", quality=95)
    return encoded.getvalue()


def box(index: int) -> dict:
    """The block's box; ``index`` 3 has none."""
    return {"label": label(index), "x": 20, "y": 10, "width": 40, "height": 30}


def label(index: int) -> str:
    return CLASSES[index % 2]


def samples() -> list[dict]:
    """Newest first, as the API sorts; names hold what names may hold."""
    listed = []
    for index in range(COUNT):
        more = {
            "boundingBoxes": [] if index == 3 else [box(index)],
            "metadata": {"site": f"site {index % 3}"},
        }
        listed.append(
            replies.sample(9000 + index, f"{label(index)}.0_{index}", label(index), size(index), **more)
        )
    return listed[::-1]


def file_name(index: int) -> str:
    """As in an export: the label's dots and the original ending are in it."""
    return f"{label(index)}.0_{index}.png.2f{index}x.ingestion-7c8-abc.jpg"


def entry(index: int) -> dict:
    """One entry of ``info.labels``."""
    return {
        "path": f"testing/{file_name(index)}",
        "name": f"{label(index)}.0_{index}",
        "category": "testing",
        "label": {"type": "label", "label": label(index)},
        "metadata": {"site": f"site {index % 3}"},
        "boundingBoxes": [] if index == 3 else [box(index)],
    }


def export_zip(ndjson: bool = False, **more: bytes) -> bytes:
    """An export with training data beside the test data."""
    entries = [entry(index) for index in range(COUNT)]
    entries.append({**entry(0), "path": "training/t.jpg", "category": "training"})
    if ndjson:
        lines = [json.dumps({"__key": "files", "__item": one}) for one in entries]
        info = "\n".join(['{"__ndjson":true,"version":1}', *lines]) + "\n"
    else:
        info = json.dumps({"version": 1, "files": entries})
    pictures = {f"testing/{file_name(index)}": picture(index) for index in range(COUNT)}
    return zipped(
        {"README.txt": b"x", "info.labels": info.encode(), "training/t.jpg": picture(0), **pictures, **more}
    )
