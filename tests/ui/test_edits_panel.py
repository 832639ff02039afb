"""Editing one picture from the Sample page: asked for, watched, kept, failed. No model."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import shown, text_of
from ui import jobs
from ui.findings.edits import answers, kept

SAMPLE = "sample-00003"


def edit(
    arm: str, flipped: bool, shares: list[float], name: str = "background-swap", **more: Any
) -> dict[str, Any]:
    """One entry of a result."""
    return {
        "edit": name, "title": "T", "help": "The <object> elsewhere.", "filler": "swap", "arm": arm,
        "picture": "a.png", "suspicion": "", "flipped": flipped, "shares": shares, "logits": [0.0, 1.0],
        "donor_id": "s<9>", **more,
    }  # fmt: skip


RESULT = {
    "sample_id": SAMPLE,
    "classes": ["cat", "dog"],
    "original": "a.png",
    "donors": 11,
    "estimated": True,
    "before": {"shares": [0.9, 0.1], "logits": [2.0, 0.0]},
    "edits": [
        edit("edit", True, [0.2, 0.8]),
        edit("control", False, [0.85, 0.15]),
        edit("edit", True, [0.4, 0.6], "spot-removal", suspicion="fixed-marker/cat/1"),
        edit("control", True, [0.3, 0.7], "spot-removal", suspicion="fixed-marker/cat/1"),
    ],
}


@pytest.fixture()
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    make_run(tmp_path, Recipe())
    return tmp_path


def run_folder(home: Path) -> Path:
    (found,) = (home / "runs").iterdir()
    return found


def sample(**query: str) -> AppTest:
    return shown("3_Sample.py", sample=SAMPLE, **query)


def keep(home: Path, text: str) -> Path:
    folder = kept.folder(open_run(run_folder(home)), SAMPLE, 0)
    folder.mkdir(parents=True)
    (folder / kept.RESULT).write_text(text)
    Image.new("RGB", (6, 4)).save(folder / "a.png")
    return folder


def test_pressing_the_button_starts_a_process_for_this_sample(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    monkeypatch.setattr(jobs, "start", lambda *given, **named: started.append((given, named)))
    sample().button(key="edit_sample").click().run()
    ((kind, project, options), named) = started[0]
    assert (kind, project, named) == ("edit", str(run_folder(home)), {"further": (SAMPLE,)})
    assert Path(str(options["out"])).parent == home / "cache" / "edits"


def test_a_kept_result_is_shown_without_asking_again(home: Path) -> None:
    keep(home, json.dumps(RESULT))
    test = sample()
    text = text_of(test)
    assert "1 of 2 edits moved the prediction and their control edit did not: background swapped." in text
    assert "cat 0.20 (-0.70)" in text
    assert "dog 0.80 (+0.70)" in text
    assert "s&lt;9&gt;" in text
    assert "The object region was estimated." in text
    assert "data:image/png;base64," in text
    assert not [button for button in test.button if button.key == "edit_sample"]
    other = sample(edit="spot-removal|fixed-marker/cat/1")
    assert "dog 0.60 (+0.50)" in text_of(other)


def test_old_results_make_room(home: Path) -> None:
    for number in range(4):
        folder = home / "cache" / "edits" / f"r{number}"
        folder.mkdir(parents=True)
        os.utime(folder, (1000 + number, 1000 + number))
    kept.prune(2)
    assert sorted(path.name for path in (home / "cache" / "edits").iterdir()) == ["r2", "r3"]


@pytest.mark.parametrize("text", ["{", "[]", '{"edits": [{}]}'])
def test_a_damaged_result_is_asked_for_again(text: str, home: Path) -> None:
    keep(home, text)
    assert sample().button(key="edit_sample")


def test_a_picture_of_the_cache_that_is_gone_is_said(home: Path) -> None:
    (keep(home, json.dumps(RESULT)) / "a.png").unlink()
    assert "picture gone" in text_of(sample())


def test_a_model_that_is_gone_is_said(home: Path) -> None:
    folder = kept.folder(open_run(run_folder(home)), SAMPLE, 0)
    words = "expected a model file; found none; to do: put it back"
    program = ("/bin/sh", "-c", f"echo '{words}' >&2; exit 2")
    job = jobs.start("edit", str(run_folder(home)), {"out": str(folder), "seed": "0"}, program=program)
    while (now := jobs.get_job(job.id)) is not None and now.going:
        continue
    test = sample()
    assert "a model file" in test.error[0].value
    assert test.button(key="edit_sample")


def test_the_command_names_run_and_sample_after_the_options(home: Path) -> None:
    argv = jobs.command("edit", "runs/a", {"out": "o", "trust-code": False}, ("p",), ("-odd id",))
    assert argv == ["p", "edit", "--out=o", "--json", "--", "runs/a", "-odd id"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([0.9, 0.1], [0.2, 0.8], [0, 1]),
        ([0.5, 0.1, 0.1, 0.3], [0.45, 0.1, 0.35, 0.1], [0, 2, 3]),
        ([4.2], [5.0], [0]),
    ],
)
def test_classes_that_moved(before: list[float], after: list[float], expected: list[int]) -> None:
    found = answers.moved_classes(before, after)
    assert set(found[:2]) <= set(expected)
    assert sorted(found) == sorted(expected)


def test_an_anomaly_is_spoken_of_by_its_score() -> None:
    def one(arm: str, flipped: bool, score: float) -> dict[str, Any]:
        return edit(arm, flipped, []) | {"shares": None, "logits": [score - 3], "score": score}

    edits = [one("edit", True, 2.25), one("control", False, 4.5)]
    before = {"shares": None, "logits": [1.5], "score": 4.5}
    result = {
        **RESULT, "classes": ["normal", "anomaly"], "threshold": 3.0, "before": before, "edits": edits
    }  # fmt: skip
    assert answers.summary(result).startswith("1 of 1 edits moved the prediction and their control")
    drawn = answers.figure(Path("nowhere"), result, edits)
    for part in ("<strong>anomaly, score 4.50</strong>", "<strong>▲ normal, score 2.25</strong>"):
        assert part in drawn, part
    assert 'style="width' not in drawn


def test_a_sample_to_which_no_edit_applies_is_explained() -> None:
    assert "no usable object region" in answers.summary({**RESULT, "edits": []})
    alone = [edit("edit", False, [0.9, 0.1])]
    assert "No edit of this sample has a control" in answers.summary({**RESULT, "edits": alone})
    quiet = [edit("edit", False, [0.9, 0.1]), edit("control", False, [0.9, 0.1])]
    assert answers.summary({**RESULT, "edits": quiet}).startswith(
        "1 edit was tried on this picture. It did not move"
    )


def test_a_model_that_answers_with_a_number_is_spoken_of_in_numbers() -> None:
    def one(arm: str, flipped: bool, value: float) -> dict[str, Any]:
        return edit(arm, flipped, []) | {"shares": None, "logits": [value]}

    moved = [one("edit", True, 1.5), one("control", False, 3.0)]
    result = {**RESULT, "classes": [], "before": {"shares": None, "logits": [3.25]}, "edits": moved}
    assert answers.summary(result) == (
        "1 of 1 edits moved the output by more than the tolerance and their control edit did not: "
        "background swapped."
    )
    drawn = answers.figure(Path("nowhere"), result, moved)
    for part in ("output 3.25</strong>", "▲ output 1.5, moved by -1.75", "output 3, moved by -0.25"):
        assert part in drawn, part
    assert "class" not in drawn.replace("class=", "")
    still = {**result, "edits": [one("edit", False, 3.2), one("control", False, 3.2)]}
    assert "did not move the output by more than the tolerance" in answers.summary(still)
