"""One cue, one finding: what belongs together is told together, with the numbers of one edit."""

import pandas as pd

from gradcam_core.runs.findings import Finding
from tests.findings.conclude.edit_tables import NO_EDITS, edit_rows, hint, of, swap
from tests.findings.conclude.made import conclude


def test_border_hints_meet_the_border_crop() -> None:
    """A frame: heat of one class, structure in another, one edit for all of them: one finding, tested."""
    name = "border/cat/data"
    data = hint("data", "border", label="cat", suspicion=name)
    heat = hint("heat", "border", label="dog")
    rows = edit_rows("border-crop", (0.5, 0.0))
    borders = [entry for entry in conclude([data, heat], rows) if entry.flag == "border"]
    assert [entry.level for entry in borders] == [3]
    assert "Cutting the border off" in borders[0].statement
    pasted = edit_rows("patch-insertion", (0.6, 0.0), suspicion=name)
    weak = edit_rows("border-crop", (0.0, 0.0))
    assert of(conclude([data, heat], pd.concat([pasted, weak])), "border").level == 3


def test_numbers_and_words_are_of_one_edit() -> None:
    """Two edits of one suspicion with equal differences: the one that has more behind it speaks."""
    name = "fixed-marker/cat/data"
    rows = pd.concat(
        [
            edit_rows("spot-removal", (0.5, 0.0), 120, "inpaint", name),
            edit_rows("spot-removal", (0.8, 0.1), 120, "tiles", name),
            edit_rows("patch-insertion", (0.6, 0.1), 120, "crop", name),
        ]
    )
    finding = of(
        conclude([hint("data", "fixed-marker", suspicion=name, label="cat")], rows), "fixed-marker"
    )
    first = finding.evidence[0]
    assert finding.details["edit"] == first.edit
    assert (finding.effect, finding.interval, finding.n) == (first.difference, first.interval, first.n)
    words = {"spot-removal": "Removing the spot", "patch-insertion": "Pasting the patch"}
    assert words[first.edit] in finding.statement
    assert words[next(edit for edit in words if edit != first.edit)] not in finding.statement
    assert f"{100 * first.edit_rate:.0f} %" in finding.statement


def spot(removal: float, insertion: float, kind: str, name: str = "fixed-marker/cat/data") -> list[Finding]:
    """Findings of a run whose background swap is confirmed and that has a spot."""
    rows = pd.concat(
        [
            swap(0.6, 0.5),
            edit_rows("spot-removal", (removal, 0.0), suspicion=name),
            edit_rows("patch-insertion", (insertion, 0.0), suspicion=name),
        ]
    )
    return conclude([hint(kind, name.split("/", maxsplit=1)[0], suspicion=name, label="cat")], rows)


def test_a_hot_spot_of_a_used_background_is_told_with_it() -> None:
    found = spot(0.3, 0.0, "heat")
    assert of(found, "fixed-marker").level == 0
    background = of(found, "background")
    assert background.level == 3
    assert "A spot that is often hot in pictures of cat is part of it" in background.statement


def test_a_mark_that_is_enough_by_itself_stays_and_says_what_the_swap_carries() -> None:
    found = spot(0.9, 0.9, "data")
    assert [entry.flag for entry in found[:2]] == ["fixed-marker", "background"]
    assert found[0].level == found[1].level == 3
    assert "which the swap carries along" in found[1].statement


def test_a_patch_of_a_used_background_is_a_piece_of_it_unless_it_does_as_much() -> None:
    patch = "roaming-marker/cat/patch"
    for effect, words in ((0.2, "is part of it"), (0.0, "Single pieces of it recur in pictures of cat,")):
        found = spot(effect, effect, "data", patch)
        assert of(found, "roaming-marker").level == 0
        assert words in of(found, "background").statement
    for insertion in (0.9, 0.0):  # an average of patches at varying places may not do what one patch does
        found = spot(0.9, insertion, "data", patch)
        assert of(found, "roaming-marker").level == 3
        assert "carries along" in of(found, "background").statement


def test_a_class_whose_swap_carries_a_marker_along_says_so() -> None:
    rows = edit_rows("background-swap", (0.0, 0.0), 300)
    rows["label"] = [("cat", "dog", "fox")[int(name[1:]) % 3] for name in rows["sample_id"]]
    rows.loc[(rows["label"] == "fox") & (rows["arm"] == "edit"), "flipped"] = True
    mark = edit_rows("patch-insertion", (1.0, 0.0), suspicion="fixed-marker/dog/data")
    data = hint("data", "fixed-marker", suspicion="fixed-marker/dog/data", label="dog")
    found = conclude([data], pd.concat([rows, mark]))
    fox = next(entry for entry in found if entry.flag == "background" and entry.label == "fox")
    assert fox.level == 3
    assert "carries along" in fox.statement
    assert found[0].flag == "fixed-marker"


def test_a_background_that_does_more_than_the_mark_is_not_explained_by_it() -> None:
    found = spot(0.2, 0.2, "data")
    assert [entry.level for entry in found if entry.flag in ("fixed-marker", "background")] == [3, 3]
    assert "carries" not in of(found, "background").statement


def test_the_overall_look_is_capped_where_no_region_tells_it_from_the_object() -> None:
    rows = pd.concat([edit_rows("photometry", (0.6, 0.0), filler=f"colour:{way}") for way in ("a", "b")])
    assert of(conclude([], rows), "global-look").level == 3
    finding = of(conclude([], rows, regions=False), "global-look")
    assert finding.level == 2
    assert "relies" not in finding.statement


def test_a_look_that_the_edit_finds_nothing_to_move_in_is_no_available_cue() -> None:
    assert of(conclude([hint("data", "global-look")], NO_EDITS), "global-look").level == 2
    assert of(conclude([hint("data", "global-look")], swap(0.0, 0.0)), "global-look").level == 1


def test_heat_of_a_class_that_the_edits_clear_is_no_hint_any_more() -> None:
    found = conclude([hint("heat", label="cat")], swap(0.01, 0.01, n=240))
    assert [entry.level for entry in found if entry.flag == "background"] == [0]
    assert "Tested and not confirmed" in of(found, "background").statement
    untested = of(conclude([hint("heat", label="cat")], NO_EDITS), "background")
    assert "not evidence of use" in untested.statement
