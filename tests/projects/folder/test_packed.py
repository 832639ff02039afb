"""A zip as a project: unpacked once, with limits, and nothing half unpacked is ever taken."""

import zipfile
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.paths import unpacked_dir
from gradcam_core.projects import open_project
from gradcam_core.projects.folder.packed import unzipped
from tests.projects.edge_impulse import toy
from tests.sound_project import labels, opened


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))


def archive(tmp_path: Path, files: dict[str, bytes]) -> Path:
    path = tmp_path / "packed.zip"
    path.write_bytes(toy.zipped(files))
    return path


def test_one_folder_alone_is_the_project(tmp_path: Path) -> None:
    files = {f"pets/{name}/{i}.jpg": toy.picture(i) for name in ("cat", "dog") for i in range(2)}
    project = opened(archive(tmp_path, {**files, "__MACOSX/pets/._x": b"x"}))
    assert labels(project) == {f"{n}/{i}.jpg": n for n in ("cat", "dog") for i in range(2)}


def test_the_second_time_nothing_is_unpacked(tmp_path: Path) -> None:
    file = archive(tmp_path, {"a/1.jpg": toy.picture(0), "b/1.jpg": toy.picture(1)})
    first = unzipped(file)
    (first / "a" / "mark").write_text("")
    assert unzipped(file) == first and (first / "a" / "mark").is_file()


@pytest.mark.parametrize("name", ["../up.jpg", "/root.jpg", "x/../../up.jpg"])
def test_what_leads_out_is_refused_and_nothing_stays(tmp_path: Path, name: str) -> None:
    file = archive(tmp_path, {"a/1.jpg": toy.picture(0), name: b"x"})
    with pytest.raises(AuditError, match="safe to unpack"):
        open_project(file)
    assert [*unpacked_dir().iterdir()] == []


def test_a_bomb_and_a_torn_zip(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/1.jpg", bytes(1 << 26))
    torn = tmp_path / "torn.zip"
    torn.write_bytes(toy.zipped({"a/1.jpg": toy.picture(0)})[:-30])
    for file, words in ((bomb, "grows beyond"), (torn, "truncated or damaged")):
        with pytest.raises(AuditError, match=words):
            open_project(file)
