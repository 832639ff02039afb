"""Numbered projects: the same on every machine, and what they promise is in their scenes."""

import numpy as np
import pytest

from benchmarks.planted import series
from benchmarks.planted.cases import CASES, Case
from benchmarks.planted.objects import LOOKS
from benchmarks.planted.project import CLASSES
from benchmarks.planted.scene import scenes


def test_a_number_is_always_the_same_project_and_numbers_differ() -> None:
    found = [series.drawn("clean", number) for number in range(40)]
    assert found == [series.drawn("clean", number) for number in range(40)]
    assert len({case.name for case, _ in found}) == len({seed for _, seed in found}) == 40


def test_clean_projects_have_no_cue_that_speaks_and_reliant_ones_one() -> None:
    clean = [series.drawn("clean", number)[0] for number in range(60)]
    assert {(case.strength, case.flags) for case in clean} == {(0.5, ())}
    assert {case.classes for case in clean} == {2, 3, 5, 12}
    assert {case.masks for case in clean} == {True, False}
    reliant = [series.drawn("reliant", number)[0] for number in range(60)]
    assert all(case.strength >= 0.8 and case.flags for case in reliant)
    assert {case.cues[0] for case in reliant} == set(series.PLANTABLE)


def test_an_unknown_series_names_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="clean, reliant"):
        series.drawn("dirty", 0)


def test_shares_of_classes_and_wrong_labels_are_as_the_case_says() -> None:
    case = Case("x", ("background",), 0.5, (), "clean", largest=0.75, noise=0.1)
    drawn = list(scenes(case, "test", 400, 3))
    labels, filed = (np.array([getattr(one, name) for one in drawn]) for name in ("label", "filed"))
    assert (labels == 0).sum() == 300
    assert 0.05 < (labels != filed).mean() < 0.16
    assert all(one.filed == one.label for one in scenes(CASES["K1-clean"], "test", 50, 3))


def test_twelve_classes_look_different_and_have_names() -> None:
    assert len(set(LOOKS)) == len(LOOKS) == len(set(CLASSES)) == 12
