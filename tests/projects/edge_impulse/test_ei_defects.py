"""Defects of the public reference script that no other test shows to be absent, and the table of all."""

import re
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.unzip import extract
from gradcam_core.images import geometry, map_to_picture
from gradcam_core.model import inspect_model
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.tasks.classification import confidence_threshold, outcome
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("scaling", ["0..1", "-1..1", "-128..127", "0..255"])
def test_the_scaling_of_the_block_is_used(studio: Studio, scaling: str) -> None:
    studio.metadata[toy.BLOCK]["imageInputScaling"] = scaling
    assert fetched(studio).scaling == scaling


def test_nothing_large_is_held_in_memory(studio: Studio, tmp_path: Path) -> None:
    """An export of 24 MB is downloaded and unpacked within a few hundred kilobytes."""
    noise = np.random.default_rng(0).bytes(12 << 20)
    studio.export = toy.zipped({"testing/a.bin": noise, "testing/b.bin": noise[::-1]})
    tracemalloc.start()
    with Client(toy.KEY, studio.url) as client:
        client.download_public(f"{studio.storage}/export.zip", tmp_path / "export.zip")
    extract(tmp_path / "export.zip", tmp_path / "out", lambda _name: True, "a test")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "out" / "testing" / "a.bin").read_bytes() == noise
    assert peak < 6 << 20


def test_layers_of_the_same_name_in_two_nested_models_are_told_apart(tmp_path: Path) -> None:
    """The one that is explained lies in the second model, though the first has one of its name, too."""
    import tf_keras
    from tf_keras import layers

    def part(name: str, size: tuple[int, int, int]) -> tf_keras.Model:
        entry = layers.Input(size)
        inside = layers.Conv2D(4, 3, strides=2, padding="same", name="conv")(entry)
        return tf_keras.Model(entry, layers.ReLU(name="act")(inside), name=name)

    parts = [part("first", (32, 48, 1)), part("second", (16, 24, 4))]
    head = [layers.Flatten(), layers.Dense(2, activation="softmax")]
    model = tf_keras.Sequential([layers.InputLayer((32, 48, 1)), *parts, *head])
    model.save(tmp_path / "two.h5")
    info = inspect_model(tmp_path / "two.h5")
    assert info.fine is not None
    assert (info.classic.grid, info.fine.grid) == ((8, 12), (16, 24))
    assert info.classic.name == "second/act/Relu" and info.fine.name != info.classic.name


@pytest.mark.parametrize("mode", ["squash", "fit-short", "fit-long"])
def test_a_map_of_one_cell_and_of_one_row_reach_the_picture(mode: str) -> None:
    """Size and direction stay: a row of cells becomes columns side by side."""
    where = geometry((40, 60), (32, 32), mode)  # type: ignore[arg-type]
    one = map_to_picture(np.full((1, 1), 3, np.float32), where)
    assert one.shape == (40, 60) and np.nanmin(one) == np.nanmax(one) == 3
    row = map_to_picture(np.array([[0, 1, 2, 3]], np.float32), where)
    seen = row[:, np.isfinite(row).any(axis=0)]
    assert row.shape == (40, 60) and (np.diff(seen, axis=1) >= 0).all() and np.ptp(seen[0]) == 3
    assert (np.ptp(seen, axis=0) < 1e-6).all()


def test_below_the_threshold_a_sample_is_uncertain_and_at_it_it_is_not() -> None:
    """Counted per sample as the audit goes; the comparison with the threshold is in its own test."""
    assert outcome("a", "a", sure=True) == "correct"
    assert outcome("a", "b", sure=True) == "incorrect"
    assert outcome("a", "a", sure=False) == outcome("a", "b", sure=False) == "uncertain"
    assert outcome("a", None, sure=False) == "unlabelled"
    assert outcome(None, "a", sure=False) == "unreadable"


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [
        ({"min_score": 0.6}, 0.6),
        ({"minConfidenceRating": 0.7}, 0.7),
        ({"min_anomaly_score": 3.0}, 0),
        ({}, 0),
    ],
)
def test_the_threshold_of_a_classification(thresholds: dict[str, float], expected: float) -> None:
    assert confidence_threshold(thresholds) == expected


def test_the_table_has_every_defect_once_and_names_tests_that_exist() -> None:
    lines = (ROOT / "docs" / "edge-impulse.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, 40))
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, test in named:
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"def {test}(" in text, f"{file}::{test}"
