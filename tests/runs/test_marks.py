from dataclasses import replace
from math import isnan
from pathlib import Path

from gradcam_core.runs.door import open_run
from gradcam_core.runs.findings import Finding, write_findings
from gradcam_core.runs.marks import Marks, marks_of, merged
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.verdicts import contents, reviews_of
from tests.run_factory import Recipe, make_run


def test_each_sample_has_its_focus_its_strongest_finding_and_what_people_say(tmp_path: Path) -> None:
    opened = open_run(make_run(tmp_path, Recipe(n=4, pictures=4)))
    hint = Finding("same-place", 1, samples=("sample-00000", "sample-00001"))
    write_findings(opened.path, [Finding("background", 3, samples=("sample-00001",)), hint])
    content = contents(opened, opened.table, ["sample-00001"])["sample-00001"]
    said = [
        Act("tiny", "sample-00001", content, who, word)
        for who, word in (("A", "unsure"), ("B", "shortcut"))
    ]
    reviews_of(opened).record_all([*said, replace(said[0], id="x", reviewer="C", verdict="", comment="hm")])
    marks = marks_of(opened)
    assert marks["sample-00001"].finding == "Background, level 3 (the model uses it)"
    assert marks["sample-00000"].finding == "Same place always, level 1 (look here)"
    assert marks["sample-00001"].verdicts == ("shortcut", "unsure") and marks["sample-00002"].verdicts == ()
    column = "background_focus"
    assert [one.focus for one in marks.values()] == opened.table[column].tolist()


def test_rows_of_one_sample_are_one() -> None:
    both = merged([Marks(0.2, "", ("unsure",)), Marks(), Marks(0.7, "Border", ("shortcut", "unsure"))])
    assert both == Marks(0.7, "Border", ("shortcut", "unsure"))
    assert isnan(merged([Marks()]).focus)
