"""A drawn case as a project folder, its cache key, and the command's plan. No TensorFlow."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.planted import cache
from benchmarks.planted.cases import CASES
from benchmarks.planted.project import as_project, cue_pixels, write_pictures
from benchmarks.planted.render import render
from benchmarks.planted.scene import scenes


def test_pictures_masks_and_truth_are_those_of_the_scenes(tmp_path: Path) -> None:
    case = CASES["04-tag-100"]
    write_pictures(tmp_path, case, 1, 48, 4)
    project = as_project(tmp_path, case, 1, 4)
    cue = cue_pixels(tmp_path)
    for number, (scene, sample) in enumerate(zip(scenes(case, "test", 4, 1), project.samples, strict=True)):
        picture, mask = render(scene, case, 48)
        assert sample.label == project.class_names[scene.label]
        assert np.array_equal(np.asarray(Image.open(tmp_path / sample.path)), picture)
        (shape,) = project.regions[sample.id].shapes
        assert np.array_equal(np.asarray(Image.open(shape.path)) > 127, mask)  # type: ignore[union-attr]
        rows, columns = np.nonzero(cue[number])
        assert rows.max() < 8
        assert columns.max() < 10


def test_cache_folder_hangs_on_every_ingredient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADCAM_BENCH_CACHE", str(tmp_path))
    case, settings = CASES["K1-clean"], {"epochs": 3}
    folder = cache.folder_of(case, 1, settings)
    assert folder.parent == tmp_path
    assert folder == cache.folder_of(case, 1, {"epochs": 3})
    others = {
        cache.folder_of(case, 2, settings),
        cache.folder_of(case, 1, {"epochs": 4}),
        cache.folder_of(replace(case, core=0.2), 1, settings),
    }
    monkeypatch.setattr(cache, "code_version", lambda: "other")
    assert len(others | {folder, cache.folder_of(case, 1, settings)}) == 5


def test_only_training_needs_tensorflow() -> None:
    modules = "render, project, reliance, report, outcome, sheet, results"
    code = f"import sys; from benchmarks.planted import {modules}; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_plan_sees_every_case_first_and_clean_cases_more_often() -> None:
    main = pytest.importorskip("benchmarks.planted.__main__")
    cases = [CASES["04-tag-100"], CASES["K1-clean"]]
    assert [(case.name[:2], seed) for case, seed in main.plan(cases, 7, 1, 3)] == [
        *(("04", 7), ("K1", 7), ("K1", 8), ("K1", 9)),
    ]
