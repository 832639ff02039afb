"""Numbers out of labels, or out of a column."""

from dataclasses import replace
from typing import Any

import pytest

from gradcam_core.base.types import Project
from gradcam_core.tasks.regression import (
    fitted_numbers,
)
from tests.tasks.regression.numbers import LINEAR, project


def test_decimals_with_a_comma_are_told_how_to_be_written() -> None:
    found = fitted_numbers(project(["0,5", "1.5"]), LINEAR)
    assert found.label_notes == {
        "0": "no target: the label '0,5' is no number; write decimals with a point"
    }


def with_columns(labels: list[str | None], **columns: list[Any]) -> Project:
    given = project(labels)
    rows = [{name: values[row] for name, values in columns.items()} for row in range(len(labels))]
    samples = tuple(replace(one, metadata=row) for one, row in zip(given.samples, rows, strict=True))
    return replace(given, samples=samples)


def test_a_column_of_numbers_takes_the_place_of_labels_that_are_none() -> None:
    found = fitted_numbers(
        with_columns(["rust", None, "paint"], Value=["x", 2, None], Target=["1.5", 2, ""]), LINEAR
    )
    assert [one.target for one in found.samples] == [1.5, 2, None]
    assert [one.metadata.get("label") for one in found.samples] == ["rust", None, "paint"]
    assert not found.label_notes
    fact = next(one for one in found.facts if one.name == "target column")
    assert (fact.value, fact.origin) == ("Target", "guessed")


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["1", "rust"], {"target": [5, 6]}),
        (["a", "b"], {"target": ["x", ""]}),
        (["a", "b"], {"age": [5, 6]}),
    ],
    ids=["a label is a number", "no numbers", "no such name"],
)
def test_other_columns_stay_what_they_are(labels: list[str | None], columns: dict[str, list[Any]]) -> None:
    found = fitted_numbers(with_columns(labels, **columns), LINEAR)
    assert [one.target for one in found.samples] == [1 if labels[0] == "1" else None, None]
    assert "target column" not in {one.name for one in found.facts}
