"""Frozen graphs are found again by content, and only under the trust that they were made with."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gradcam_core import paths
from gradcam_core.errors import UntrustedModelError
from gradcam_core.model import description, inspect_model, open_explainer

Saved = Callable[[str], Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return tmp_path


def kept() -> list[Path]:
    return sorted((paths.cache_dir() / "models").glob("frozen-*"))


@pytest.mark.usefixtures("home")
def test_the_second_time_nothing_is_loaded(
    saved: Saved, pictures: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_explainer(saved("pooled"), engine="tensorflow")
    assert len(kept()) == 1

    def never(*_: object) -> None:
        raise AssertionError("loaded again")

    monkeypatch.setattr(description, "load", never)
    again = open_explainer(saved("pooled"), engine="tensorflow")
    assert again.info == first.info
    x = pictures(2)
    one, other = first.explain(x), again.explain(x)
    np.testing.assert_array_equal(one.logits, other.logits)
    np.testing.assert_array_equal(one.evidence["fine"].gradients, other.evidence["fine"].gradients)
    with pytest.raises(AssertionError, match="loaded again"):
        inspect_model(saved("flat"))


@pytest.mark.usefixtures("home")
def test_trusting_once_does_not_open_the_door(tmp_path: Path) -> None:
    import keras

    entry = keras.Input((8, 12, 3))
    x = keras.layers.Conv2D(2, 3)(keras.layers.Lambda(lambda value: value * 2)(entry))
    x = keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x))
    keras.Model(entry, x).save(tmp_path / "model.keras")
    inspect_model(tmp_path / "model.keras", trust_code=True)
    assert len(kept()) == 1
    with pytest.raises(UntrustedModelError):
        inspect_model(tmp_path / "model.keras")


@pytest.mark.usefixtures("home")
def test_a_disk_that_cannot_be_written_costs_time_only(saved: Saved) -> None:
    paths.cache_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.cache_dir().write_text("a file where the folder should be", encoding="utf-8")
    assert inspect_model(saved("pooled")).classic.name == "last"
