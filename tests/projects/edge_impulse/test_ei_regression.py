"""A visual regression through the API: numbers as labels, the block's threshold as an absolute error."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import numbers_of_studio as numbers
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.studio import serve


def fetched(home: Path, overrides: Overrides | None = None, **metadata: object) -> Project:
    with pytest.MonkeyPatch.context() as patch, serve(numbers.studio(**metadata)) as running:
        for name, value in (("GRADCAM_HOME", home), ("EI_API_KEY", toy.KEY), ("NO_PROXY", "127.0.0.1")):
            patch.setenv(name, str(value))
        answers = (overrides or Overrides()).over(Overrides(host=running.url))
        return open_project("edge-impulse", answers)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def run(home: Path) -> Iterator[Run]:
    yield audit(fetched(home), AuditOptions(engine="tensorflow"), home / "runs")


def expected() -> np.ndarray:
    """In the order of the table, which is that of the sample ids."""
    return np.array(numbers.TARGETS) + np.array(numbers.ERRORS)


def test_the_output_is_the_networks_not_its_feature_maps(run: Run) -> None:
    table = run.table.sort_values("sample_id")
    assert run.manifest["model"]["outputs"] == 1
    np.testing.assert_allclose(table["output"], expected(), atol=0.02)
    assert run.array("logits.npy").shape == (toy.COUNT, 1)


def test_targets_are_the_labels_and_a_word_is_none(run: Run) -> None:
    table = run.table.sort_values("sample_id").reset_index(drop=True)
    known = table.index != numbers.WORD
    np.testing.assert_allclose(table["target"][known], np.array(numbers.TARGETS)[known])
    word = table.loc[numbers.WORD]
    assert np.isnan(word["target"]) and pd.isna(word["label"]) and word["outcome"] == "unlabelled"
    assert "the label 'rusty' is no number" in word["reason"]


def test_correct_is_within_the_blocks_threshold_in_the_labels_unit(run: Run) -> None:
    table = run.table.sort_values("sample_id").reset_index(drop=True)
    assert run.manifest["project"]["thresholds"]["tolerance"] == numbers.ALLOWED
    wrong = table.index[table["outcome"] == "incorrect"].tolist()
    assert wrong == [2, 5]
    assert (table["outcome"] == "correct").sum() == toy.COUNT - 3
    fact = next(one for one in run.manifest["facts"] if one["name"] == "tolerance")
    assert fact["origin"] == "read" and "min_score" in fact["why"]


def test_the_fetched_folder_is_the_same_regression(run: Run) -> None:
    found = open_project(Path(run.manifest["project"]["root"]))
    assert (found.task, found.class_names) == ("regression", ())
    assert found.thresholds == {"tolerance": numbers.ALLOWED}
    assert {one.label for one in found.samples} == {numbers.label(index) for index in range(toy.COUNT)}


def test_a_tolerance_of_the_user_wins(home: Path) -> None:
    found = fetched(home, Overrides(tolerance=0.4))
    assert found.thresholds["tolerance"] == 0.4


def test_class_names_may_be_missing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetched(home, classNames=[]).class_names == ()
