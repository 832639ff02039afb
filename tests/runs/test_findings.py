"""``findings.json``: one reader, which never raises."""

import math
from pathlib import Path

import pytest

from gradcam_core.runs.findings import (
    FINDINGS,
    EditEvidence,
    Example,
    Finding,
    part_searched,
    read_findings,
    write_findings,
)

USED = Finding(
    "fixed-marker",
    3,
    "dog",
    effect=0.4,
    interval=(0.2, 0.6),
    cells=((1, 2),),
    grid=(7, 7),
    samples=("a", "b"),
    evidence=(EditEvidence("spot-removal", "blur", "flip", 9, 0.5, 0.1, 0.4, (0.2, 0.6), 0.01, "confirm"),),
    examples=(Example("a", "spot-removal", "blur", "dog", None),),
)


def test_findings_are_read_back_with_what_is_known_of_the_search(tmp_path: Path) -> None:
    assert read_findings(tmp_path) is None
    write_findings(tmp_path, [USED, Finding("border", 0)], edits=True, searched=5)
    searched = read_findings(tmp_path)
    assert searched is not None and not searched.problem and searched.edited
    assert searched.facts == {"edits": True, "searched": 5}
    assert [one.to_json() for one in searched.found] == [USED.to_json(), Finding("border", 0).to_json()]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"findings": [{"flag": "new", "level": 1}]}'])
def test_a_damaged_file_is_a_problem_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / FINDINGS).write_text(text)
    searched = read_findings(tmp_path)
    assert searched is not None and searched.found == () and not searched.edited
    assert searched.problem.startswith("findings.json cannot be used (")


def test_a_finding_outside_the_levels_is_refused() -> None:
    with pytest.raises(ValueError, match=r"level 0\.\.4"):
        Finding("background", 5)
    assert math.isnan(Finding("background", 0).effect)


def test_how_much_was_searched_is_said() -> None:
    assert part_searched({"searched": 4000, "samples": 20000}) == "searched in 4,000 of 20,000 samples"
    assert part_searched({"searched": 60, "samples": 60}) == part_searched({}) == ""
