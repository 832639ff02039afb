"""Samples are matched by what their pictures are, and what has no partner is counted."""

import pandas as pd

from gradcam_core.runs.compare.matching import match


def table(paths: list[str], labels: list[str], **columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"sample_id": paths, "path": paths, "label": labels, **columns})


def test_names_do_not_matter_and_what_has_no_partner_is_counted() -> None:
    before = table(["a", "b", "c", "d"], ["cat", "dog", "cat", "dog"])
    after = table(["x", "y", "z"], ["dog", "cat", "dog"])
    found = match(before, after, (["1", "2", "3", ""], ["2", "3", "9"]))
    assert found.before.tolist() == [1, 2] and found.after.tolist() == [0, 1]
    assert found.ids == {"x": "b", "y": "c"}
    assert (found.only_before, found.only_after, found.gone, found.relabelled) == (1, 1, 1, 0)
    assert found.said == "2 samples in both; 1 only before; 1 only after; 1 whose picture is gone"


def test_copies_are_paired_once_each_by_label() -> None:
    before = table(["a", "b", "c"], ["cat", "dog", "dog"])
    after = table(["x", "y"], ["dog", "cat"])
    found = match(before, after, (["1", "1", "1"], ["1", "1"]))
    assert found.ids == {"y": "a", "x": "b"}
    assert (found.only_before, found.relabelled) == (1, 0)


def test_another_label_is_the_same_sample_and_counted() -> None:
    found = match(table(["a"], ["cat"]), table(["x"], ["dog"]), (["1"], ["1"]))
    assert len(found.before) == 1 and found.relabelled == 1
    assert "with another label" in found.said


def test_objects_are_matched_by_their_boxes_and_false_alarms_have_no_partner() -> None:
    before = table(
        ["p#1", "p#2", "p#3"], ["nut"] * 3, boxes=["1", "2", ""], detection=["hit", "miss", "false alarm"]
    )
    after = table(["p#1", "p#2"], ["nut"] * 2, boxes=["2", ""], detection=["hit", "false alarm"])
    found = match(before, after, (["h"] * 3, ["h"] * 2))
    assert found.ids == {"p#1": "p#2"}
    assert (found.only_before, found.only_after) == (2, 1)
