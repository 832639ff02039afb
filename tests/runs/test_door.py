"""A run as people look at it: by sample id, in a notebook, escaped."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import RunError, SampleError
from gradcam_core.runs.door import open_run
from gradcam_core.runs.store import Run
from tests.run_factory import Recipe, make_run

NASTY = "<script>alert(1)</script>"


def test_maps_and_pictures_are_asked_for_by_sample_id(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=6)))
    name = run.samples["sample_id"][4]
    assert isinstance(run, Run) and run.samples is run.table
    np.testing.assert_array_equal(run.map(name), run.maps("classic")[4])
    np.testing.assert_array_equal(run.map(name, "fine"), run.maps("fine")[4])
    assert run.picture(name).shape == run.overlay(name, "fine").shape == (90, 120, 3)
    np.testing.assert_array_equal(run.overlay(name, alpha=0.0), run.picture(name))


def test_the_map_is_a_copy_and_the_run_stays_as_it_is(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=3)))
    name = run.samples["sample_id"][0]
    run.map(name)[:] = 0
    assert run.map(name).any()


def test_what_a_run_does_not_have_is_said(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4, fine=None, every_unreadable=4)))
    with pytest.raises(RunError, match="the id of a sample of this run; found 'nobody'"):
        run.picture("nobody")
    with pytest.raises(RunError, match="out of: classic; found 'fine'"):
        run.map("sample-00000", "fine")
    with pytest.raises(SampleError):
        run.overlay("sample-00003")
    assert np.isnan(run.map("sample-00003")).all()


def test_a_notebook_shows_a_sentence_pictures_and_a_table_all_escaped(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=12, classes=(NASTY, "dog"))))
    page = run._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert page.startswith("<p>Not tested yet") and "Accuracy 75 %" in page
    assert page.count("data:image/jpeg") == 12 and page.count("<table") == 1
    assert "10 of 12 samples" in page
    assert repr(run) == f"<run {run.path}: 12 samples>"


def test_a_run_whose_pictures_are_gone_still_shows_itself(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=4)))
    for picture in (tmp_path / "projects").rglob("*.png"):
        picture.unlink()
    assert "<table" in run._repr_html_()
