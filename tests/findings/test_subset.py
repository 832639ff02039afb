"""Which samples are searched, and which of them belong to one patient, in runs on disk."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.progress import silent
from gradcam_core.findings.loading import gather, load_pictures
from gradcam_core.findings.scenes import searched_scenes
from gradcam_core.findings.subset import searched_subset, units_of
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def run_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("home"), Recipe(n=60, pictures=12, input=(16, 24, 3)))


def test_a_large_run_is_searched_in_part_labels_alike(run_path: Path) -> None:
    run = open_run(run_path)
    subset = searched_subset(run, most=20)
    assert subset.facts == {"searched": 20, "samples": 60} | {
        "resampled_by": subset.unit_column or "sample"
    }
    assert subset.table["label"].value_counts().nunique() == 1
    assert (searched_subset(run, most=20).rows == subset.rows).all()
    assert len(searched_subset(run).rows) == 60


def test_only_the_part_is_read_and_its_rows_stay_together(run_path: Path, tmp_path: Path) -> None:
    run = open_run(run_path)
    subset = searched_subset(run, most=20)
    pictures, read = load_pictures(subset, tmp_path, silent)
    material = gather(subset, pictures, read, silent)
    seen = searched_scenes(subset, material, pictures)
    assert len(pictures) == len(read) == len(material.table) == len(seen.ids) == 20
    chosen = run.table.iloc[subset.rows]
    assert list(seen.ids) == chosen["sample_id"].tolist()
    assert seen.logits == pytest.approx(np.asarray(run.array("logits.npy"))[subset.rows])
    spread = subset.spread(pd.Series(np.arange(20.0)))
    assert spread.notna().sum() == 20
    assert spread.iloc[subset.rows].tolist() == list(range(20))


def table(**columns: object) -> pd.DataFrame:
    base = {"sample_id": [f"s{n}" for n in range(100)], "path": [f"{n}.png" for n in range(100)]}
    return pd.DataFrame(base | columns)


@pytest.mark.parametrize("name", ["meta_patient_id", "meta_Patient", "meta_subject", "meta_source-id"])
def test_patients_are_found_by_the_name_of_the_column(name: str) -> None:
    units, column = units_of(table(**{name: [f"p{n // 2}" for n in range(100)]}))
    assert column == name
    assert units is not None
    assert units[0] == units[1] != units[2]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("meta_patient_id", [f"p{n}" for n in range(100)]),  # every sample its own
        ("meta_group", ["a", "b"] * 50),  # two groups are a category
        ("meta_scanner", [f"p{n // 2}" for n in range(100)]),
        ("patient_id", [f"p{n // 2}" for n in range(100)]),  # not metadata
    ],
)
def test_other_columns_are_no_patients(name: str, values: list[str]) -> None:
    assert units_of(table(**{name: values})) == (None, "")


def test_a_sample_without_a_patient_stands_alone_and_objects_of_one_picture_belong_together() -> None:
    units, _ = units_of(table(meta_patient=[None, None, *(f"p{n // 2}" for n in range(98))]))
    assert units is not None
    assert units[0] != units[1]
    assert units[2] == units[3]
    units, column = units_of(table(path=[f"{n // 2}.png" for n in range(100)]))
    assert column == "path"
    assert units is not None
    assert units[0] == units[1] != units[2]
