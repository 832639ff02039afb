"""Two drawn runs compared from their folders: what is said, as text and as JSON."""

import json
from pathlib import Path

import pytest

import gradcam_core as gc
from gradcam_core.base.errors import RunError
from gradcam_core.runs.compare import compare
from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.compare.retested import Retested, write_retested
from gradcam_core.runs.store import open_run
from tests.compared_runs import N, edit_table, searched_run, two_runs
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return two_runs(tmp_path_factory.mktemp("home"), edit_table(0.9), edit_table(0.02, mark=0.6))


@pytest.fixture(scope="module")
def found(runs: tuple[Path, Path]) -> Comparison:
    return compare(*runs)


def test_the_headline_says_what_went_and_what_nobody_tested(found: Comparison) -> None:
    assert found.headline == (
        "Background gone: 88 → 0 points (change −88, 95 % interval −96 to −75, n 60); "
        "1 tested in one audit only."
    )
    assert not found and [one.status for one in found.new] == ["not tested before"]


def test_answers_are_counted_on_the_same_samples(found: Comparison) -> None:
    assert len(found.matched.before) == N
    whole = found.accuracy[0]
    assert (whole.name, whole.n) == ("all", N)
    assert (whole.before, whole.after) == pytest.approx((0.75, 0.9))
    kinds = found.changed["kind"].value_counts()
    assert kinds["repaired"] - kinds["broken"] == round(0.15 * N)
    assert found.counted.startswith(f"{len(found.changed)} of 120 changed: ")
    assert {"cat", "dog"} < {one.name for one in found.accuracy}
    assert any("contradicts the label" in one.name and one.n for one in found.accuracy)
    assert any(one.name == "background_focus" and one.change.value == 0 for one in found.scores)


def test_it_is_json_and_text(found: Comparison) -> None:
    said = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert said["matched"]["samples"] == N and said["retested"] is False
    assert said["cues"][0]["fillers"][0]["change"]["n"] == 60
    assert said["cues"][1]["q"] is None and said["cues"][1]["status"] == "not tested before"
    assert "not tested before: a marker at a fixed place for “dog”" in str(found)
    assert "gone" in found._repr_html_()


def test_a_retest_takes_the_place_of_the_runs_own_edits(tmp_path: Path) -> None:
    paths = two_runs(tmp_path, edit_table(0.9), edit_table(0.02, mark=0.6))
    one, other = (open_run(path) for path in paths)
    kept = Retested(edit_table(0.9, 0.05), edit_table(0.02, 0.6), {"background-swap": "background"})
    write_retested(one, other, kept, budget=200, seed=0)
    found = gc.compare(one, other)
    assert found.retested and not found.untested
    assert [(one.flag, one.status) for one in found.cues] == [
        ("background", "gone"),
        ("fixed-marker", "new"),
    ]
    assert "fixed marker for “dog” new: 3 → 58 points" in found.headline


def test_runs_without_edits_say_so_and_nothing_is_gone(tmp_path: Path) -> None:
    paths = [make_run(tmp_path, Recipe(n=24, pictures=24, name=name)) for name in ("one", "two")]
    found = compare(*paths)
    assert not found.cues and "not known" in found.headline and len(found.notes) == 2


def test_runs_that_cannot_be_compared_are_refused(runs: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(RunError, match="the same one twice"):
        compare(runs[0], runs[0])
    with pytest.raises(RunError, match="same classes"):
        compare(runs[0], searched_run(tmp_path, "foxes", edit_table(0.1), classes=("cat", "fox")))
    with pytest.raises(RunError, match="same pictures"):
        compare(runs[0], searched_run(tmp_path, "larger", edit_table(0.1), size=(80, 100)))
    gone = searched_run(tmp_path, "gone", edit_table(0.1))
    for picture in (tmp_path / "projects" / "gone" / "pictures").iterdir():
        picture.unlink()
    with pytest.raises(RunError, match="120 pictures gone"):
        compare(runs[0], gone)
