"""A tiny project with a tiny model, made once: 48×64 pictures, a bright blob as the object."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import fast_ring
from tests.tiny_pictures import SIZE, blob, tiny_folder

# Models of tests are opened in the tests' own process, which has imported Keras already; the walled process
# has tests of its own (model/test_apart.py).
os.environ.setdefault("GRADCAM_WALL", "off")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="the fast ring only, see tests/fast_ring.py")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("fast"):
        fast_ring.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("fast"):
        items[:] = [item for item in items if not fast_ring.is_long(item)]
        fast_ring.close_pages()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """With CI set nothing may be skipped: a skip is a failure, but in the fast ring."""
    report = yield
    if report.failed and fast_ring.was_left_by(item):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, "Skipped: not in the fast ring")
    strict = os.environ.get("CI") and not item.config.getoption("fast")
    if report.skipped and strict and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Keras 3 model whose answer follows the blob's brightness, by hand-set weights."""
    import keras

    keras.utils.set_random_seed(7)
    model = keras.Sequential(
        [
            keras.Input((*SIZE, 3)),
            keras.layers.Conv2D(4, 3, padding="same", activation="relu", name="early"),
            keras.layers.MaxPooling2D(4),
            keras.layers.Conv2D(6, 3, padding="same", activation="relu", name="middle"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(8, 3, padding="same", activation="relu", name="top"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    rng = np.random.default_rng(0)
    pictures = np.stack([blob(rng, bool(i % 2))[0] for i in range(160)]) / 255
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(pictures, np.arange(160) % 2, epochs=12, batch_size=32, verbose=0)
    path = tmp_path_factory.mktemp("model") / "model.keras"
    model.save(path)
    return path


@pytest.fixture(scope="session")
def tiny_project(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Path:
    """A folder with 5 pictures per class, masks, and one file that is no picture."""
    return tiny_folder(tmp_path_factory.mktemp("tiny"), tiny_model, per_class=5, seed=1)
