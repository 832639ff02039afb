"""Archives that came from outside."""

import io
import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from gradcam_core.base import unzip
from gradcam_core.base.errors import SourceError
from gradcam_core.base.unzip import extract
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def hostile(name: str, mode: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        archive.writestr(member, b"/etc/passwd")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../up.txt", 0),
        ("/root.txt", 0),
        ("testing/../../up", 0),
        ("C:/x", 0),
        ("testing/link", stat.S_IFLNK),
    ],
)
def test_a_zip_that_leads_out_of_its_folder(studio: Studio, tmp_path: Path, name: str, mode: int) -> None:
    studio.export = hostile(name, mode)
    said = refused(studio, via="export")
    assert "safe to unpack" in said.expected and repr(name) in said.found
    assert not list(tmp_path.rglob("up*"))


def test_a_bomb_is_stopped_by_what_comes_out_not_by_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unzip, "_most", lambda member: 50 * member.compress_size)
    archive = tmp_path / "bomb.zip"
    archive.write_bytes(toy.zipped({"testing/zeros": bytes(8 << 20)}))
    with pytest.raises(SourceError, match="grows beyond"):
        extract(archive, tmp_path / "out", lambda _name: True, "a test")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 1 << 20


@pytest.mark.parametrize(
    "names", [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("x" * 300,), ("a/" * 3000 + "b",)], ids=range(5)
)
def test_members_that_no_folder_can_hold_are_refused_before_any_is_written(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name in names:
            packed.writestr(name, "x")
    with pytest.raises(SourceError, match=r"two members at|name of"):
        extract(tmp_path / "a.zip", tmp_path / "out", lambda _: True, "a.zip")
