"""A run travels in a zip and shows everything where its project is not."""

import json
import shutil
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.unzip import pack
from gradcam_core.images import read_rgb
from gradcam_core.runs.carrying import carry_pictures
from gradcam_core.runs.packed import holds_run, unpack_run
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.store import Run, open_run
from tests.projects.edge_impulse import toy
from tests.run_factory import Recipe, make_run


def packed(tmp_path: Path, how: str) -> Path:
    """The zip of a run whose project is gone afterwards."""
    run = open_run(make_run(tmp_path / "there", Recipe(n=4, pictures=4)))
    carry_pictures(run, how)  # type: ignore[arg-type]
    archive = tmp_path / "deploy.zip"
    pack(run.path.parent.parent / "runs", archive)
    root = run.manifest["project"]["root"]
    assert Path(root).is_relative_to(tmp_path / "there")
    shutil.rmtree(tmp_path / "there")
    return archive


def sizes(run: Run) -> list[tuple[int, ...]]:
    return [read_rgb(picture_file(run, path)).shape[:2] for path in run.table["path"]]


@pytest.mark.parametrize("how", ["full", "thumbnails"])
def test_pictures_travel_with_the_run(tmp_path: Path, how: str) -> None:
    archive = packed(tmp_path, how)
    assert holds_run(archive)
    run = unpack_run(archive, tmp_path / "home" / "runs")
    assert run.path == tmp_path / "home" / "runs" / run.id
    assert sizes(run) == [(90, 120)] * 4
    assert run.maps().shape[0] == 4 and run.root == run.path / "pictures"


def test_without_pictures_the_run_still_opens(tmp_path: Path) -> None:
    run = unpack_run(packed(tmp_path, "none"), tmp_path / "runs")
    assert not (run.path / "pictures").exists() and len(run.table) == 4


def test_thumbnails_are_bounded_and_keep_their_shape(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=2, pictures=2, size=(800, 1600))))
    assert carry_pictures(run, "thumbnails") == 2
    assert sizes(open_run(run.path)) == [(256, 512)] * 2


def test_a_picture_that_is_gone_is_left_out(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=3, pictures=3)))
    picture_file(run, str(run.table["path"][0])).unlink()
    assert carry_pictures(run, "full") == 2


def test_opening_twice_is_opening_once_and_another_of_that_name_is_kept(tmp_path: Path) -> None:
    archive, runs = packed(tmp_path, "full"), tmp_path / "runs"
    first = unpack_run(archive, runs)
    assert unpack_run(archive, runs).path == first.path
    manifest = first.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"tiny"', '"mine"'))
    with pytest.raises(AuditError, match="a name that is free"):
        unpack_run(archive, runs)
    assert open_run(first.path).name == "mine"
    assert [one.name for one in runs.iterdir()] == [first.path.name], "nothing half-opened stays"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.jpg": b"x"}, "none"),
        ({"run/a/manifest.json": b"{}", "run/b/manifest.json": b"{}"}, "a, b"),
        ({"run/a/manifest.json": b"{}"}, "None"),
        ({"run/a/manifest.json": b"{}", "run/a/../../x": b"x"}, "leads out"),
    ],
)
def test_other_zips_are_refused(tmp_path: Path, files: dict[str, bytes], words: str) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(toy.zipped(files))
    with pytest.raises(AuditError, match=words):
        unpack_run(archive, tmp_path / "runs")
    assert not [*(tmp_path / "runs").glob("*")]
    with pytest.raises(AuditError, match="none"):
        unpack_run(Path(__file__), tmp_path / "runs")


@pytest.mark.parametrize("name", ["reviews.sqlite", "reviews.sqlite-wal", ".parts"])
def test_a_run_never_takes_the_name_of_what_lies_beside_runs(tmp_path: Path, name: str) -> None:
    run = make_run(tmp_path / "there", Recipe(n=2))
    manifest = json.loads((run / "manifest.json").read_text())
    (run / "manifest.json").write_text(json.dumps({**manifest, "id": name}))
    pack(run.parent, tmp_path / "a.zip")
    assert unpack_run(tmp_path / "a.zip", tmp_path / "home").path.name == run.name
