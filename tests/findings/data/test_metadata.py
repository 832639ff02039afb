"""Columns against the label: what goes with it, what is a copy of it, what cannot be compared."""

from dataclasses import replace
from pathlib import Path

from gradcam_core.findings.data.metadata import compared
from tests.findings.data.data_drawn import drawn, read


def test_columns_are_compared_and_what_is_not_is_said(tmp_path: Path) -> None:
    project, samples = drawn(tmp_path, per_class=40), []
    for index, sample in enumerate(project.samples):
        cat = sample.label == "cat"
        about = {
            "site": "north" if cat == (index % 10 > 1) else "south",
            "truth": "c" if cat else "d",
            "coin": "head" if index // 2 % 2 else "tail",
            "number": index,
        }
        samples.append(replace(sample, metadata=about))
    found = compared(read(replace(project, samples=tuple(samples))))
    assert found.found["column"].tolist() == ["truth", "site"]
    assert found.found["exact"].tolist() == [True, False]
    assert found.said[0].startswith("truth tells the label of every sample, as a copy of it would")
    assert "site goes with the label" in found.said[1] and "would by chance" in found.said[1]
    assert found.left_out == {"number": "80 values, more than 12"}
    assert set(found.compared) == {"site", "truth", "coin"}


def test_without_labels_nothing_goes_with_them(tmp_path: Path) -> None:
    project = drawn(tmp_path, per_class=3)
    unlabelled = tuple(replace(one, label=None, metadata={"a": one.id}) for one in project.samples)
    found = compared(read(replace(project, samples=unlabelled)))
    assert found.said == [] and found.found.empty
