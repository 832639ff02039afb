"""Demo projects on disk, drawn with few pictures, and opened through the sources."""

import csv
import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.types import MaskFile, Project
from gradcam_core.images import read_rgb
from gradcam_core.projects import demos, open_project
from gradcam_core.projects.demos import drawing
from gradcam_core.projects.demos.catalogue import DEMOS
from gradcam_core.projects.demos.drawing import draw_project, read_truth

pytestmark = pytest.mark.slow

FEW = 8
IMPERFECT = {"UNREADABLE": 1, "UNLABELLED": 3, "UNMASKED": 5}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _few(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(home))
    monkeypatch.setattr(demos, "draw_project", partial(draw_project, count=FEW))
    for name, number in IMPERFECT.items():
        monkeypatch.setattr(drawing, name, number)


def opened(name: str) -> Project:
    return open_project(f"demo:{name}")


@pytest.mark.parametrize("name", [name for name in DEMOS if DEMOS[name].task != "object-detection"])
def test_a_demo_opens_as_a_sound_project(name: str) -> None:
    demo, found = DEMOS[name], opened(name)
    assert found.name == name
    assert found.class_names == demo.classes
    assert len(found.samples) == FEW
    assert found.model_path is not None
    assert found.model_path.read_bytes() == (drawing.MODELS / demo.model).read_bytes()
    assert (found.scaling, found.resize) == ("0..1", "squash")
    missing = 1 if demo.metadata else FEW // 2 if demo.normal else 0  # what is whole has no defect
    assert [sample.label is not None for sample in found.samples].count(False) == bool(demo.metadata)
    kind = "box" if demo.task == "audio" or demo.boxes is not None else "mask"
    missing += sum(label == "none" for _, label, _ in demo.plan("test", FEW))
    masks = [region for region in found.regions.values() if region.source == kind]
    assert len(masks) == FEW - missing


@pytest.mark.parametrize("name", ["pets", "clean"])
def test_files_are_the_planned_scenes(name: str) -> None:
    demo, found = DEMOS[name], opened(name)
    plan = {
        f"{label}-{n // 2:03d}": (seed, label, cue)
        for n, (seed, label, cue) in enumerate(demo.plan("test", FEW))
    }
    for sample in found.samples[::3]:
        scene = demo.render_scene(*plan[Path(sample.path).stem])
        assert sample.label == plan[Path(sample.path).stem][1]
        picture = read_rgb(found.root / sample.path)
        assert np.abs(picture.astype(int) - scene.picture).mean() < 6  # JPEG
        (shape,) = found.regions[sample.id].shapes
        assert isinstance(shape, MaskFile)
        np.testing.assert_array_equal(read_rgb(shape.path)[..., 0] > 127, scene.mask)


def test_the_xray_demo_has_the_imperfections_of_a_real_collection() -> None:
    found = opened("xray")
    by_stem = {Path(sample.path).stem: sample for sample in found.samples}
    with pytest.raises(SampleError):
        read_rgb(found.root / by_stem["xray-0001"].path)
    assert by_stem["xray-0003"].label is None
    assert by_stem["xray-0005"].id not in found.regions
    assert by_stem["xray-0004"].label == "normal"
    assert found.channels == 1


def test_metadata_follow_the_cue() -> None:
    found = opened("xray")
    truth = json.loads((drawing.demos_dir() / "xray" / "truth.json").read_text(encoding="utf-8"))
    for sample in found.samples:
        assert set(sample.metadata) == {"site", "device", "view", "age"}
        cue = truth["scenes"][f"images/{Path(sample.path).name}"]["cue"]
        assert sample.metadata["device"] == ("portable" if cue == "marker" else "fixed")


def test_the_manifest_lists_every_picture() -> None:
    opened("xray")
    with (drawing.demos_dir() / "xray" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == [f"images/xray-{n:04d}.png" for n in range(FEW)]
    assert [row["label"] for row in rows[:4]] == ["normal", "pneumonia", "normal", ""]


def test_what_is_planted_is_the_first_fact() -> None:
    fact = opened("pets").facts[0]
    assert fact.name == "planted"
    assert fact.value == DEMOS["pets"].cue
    reliance = read_truth(DEMOS["pets"])["reliance"]
    assert f"{reliance['count']} of {reliance['n']} hidden scenes" in fact.why


def test_an_unknown_demo_lists_the_known_ones() -> None:
    with pytest.raises(ProjectError, match="pets, fixed, xray, clean"):
        opened("zebra")


def test_a_demo_is_drawn_once_and_again_when_it_is_out_of_date(home: Path) -> None:
    folder = draw_project(DEMOS["pets"], FEW)
    picture = next((folder / "testing" / "cat").iterdir())
    written = picture.stat().st_mtime_ns
    draw_project(DEMOS["pets"], FEW)
    assert picture.stat().st_mtime_ns == written
    (folder / "truth.json").write_text('{"stamp": "older"}', encoding="utf-8")
    (folder / "left over").write_text("", encoding="utf-8")
    assert draw_project(DEMOS["pets"], FEW) == folder
    assert picture.stat().st_mtime_ns != written
    assert not (folder / "left over").exists()
    assert [entry.name for entry in (home / "demos").iterdir() if entry.name.startswith(".")] == []


def test_a_drawing_that_fails_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    folder = draw_project(DEMOS["clean"], FEW)
    monkeypatch.setattr(drawing, "_write", broken)
    with pytest.raises(OSError, match="disk full"):
        draw_project(DEMOS["clean"], FEW - 2)
    assert json.loads((folder / "truth.json").read_text(encoding="utf-8"))["stamp"]
    assert [entry.name for entry in (home / "demos").iterdir() if entry.name.startswith(".")] == []
