"""Pieces of a notebook out of drawn runs: nothing of a project becomes markup, no number stands alone."""

import math
from pathlib import Path

import numpy as np

from gradcam_core.runs.findings import EditEvidence, Finding
from gradcam_core.runs.report import inline
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run

NASTY = "<img src=x onerror=alert(1)>"


def test_the_worst_come_first_and_those_without_a_score_are_counted(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(every_unreadable=6, every_without_region=5)))
    shown = inline.gallery(run, 3)
    scores = run.table["normalized_background_focus"]
    assert (
        f"The first 3 of {scores.notna().sum()} samples with a value of focus ruler, highest first" in shown
    )
    assert f"{scores.isna().sum()} have none" in shown
    places = [shown.index(f"<b>{value:.2f}</b> (0 tight") for value in np.sort(scores.dropna())[::-1][:3]]
    assert places == sorted(places) and shown.count("<img") == 6


def test_without_regions_wrong_answers_come_first(tmp_path: Path) -> None:
    """Most projects of Edge Impulse have no boxes; then nothing is on the focus ruler."""
    run = open_run(make_run(tmp_path, Recipe(every_wrong=7, sort_by="confidence")))
    wrong = run.table[~run.table["correct"]].sort_values("confidence", ascending=False)
    shown = inline.gallery(run, 3)
    assert "samples with a value of confidence, wrong ones first, then highest first" in shown
    places = [shown.index(f"<b>{name}</b>") for name in wrong["sample_id"][:3]]
    assert places == sorted(places)


def test_names_are_text_and_a_picture_that_is_gone_is_said(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=2, pictures=2, classes=("cat", NASTY), every_wrong=0)))
    assert NASTY not in inline.gallery(run) and "&lt;img src=x" in inline.gallery(run)
    for path in run.table["path"]:
        (Path(run.manifest["project"]["root"]) / path).unlink()
    assert "<img" not in inline.gallery(run) and inline.gallery(run).count("by chance") == 2


def test_a_finding_shows_its_level_and_both_arms_of_every_edit(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe()))
    edit = EditEvidence("background-swap", "swap", "flip", 40, 0.5, 0.125, 0.375, (0.2, 0.5), 0.001, "all")
    entry = Finding("background", 3, NASTY, "It relies on <b>.", evidence=(edit,), effect=0.375)
    shown = inline.finding(run, entry)
    assert "level 3, the model uses it" in shown and NASTY not in shown and "relies on &lt;b&gt;." in shown
    assert "<td>50%</td><td>12%</td><td>+38 points (20 to 50)</td><td>40</td>" in shown
    assert "<table>" not in inline.finding(run, Finding("border", 0, effect=math.nan))
