"""Whatever changes of a run after it was written is found, file by file."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import read_json, write_json
from gradcam_core.runs.checksums import FILES, Verified, checksums, verify
from gradcam_core.runs.store import MANIFEST, open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_run(tmp_path, recipe=Recipe(n=4))


def states(folder: Path) -> dict[str, str]:
    return {one.file: one.state for one in verify(open_run(folder))}


def test_a_run_as_it_was_written_is_whole(folder: Path) -> None:
    files = {path.name for path in folder.iterdir()} - {MANIFEST}
    assert states(folder) == dict.fromkeys(files, "whole")


def test_each_change_is_named(folder: Path) -> None:
    (folder / "cover.npy").unlink()
    with (folder / "logits.npy").open("ab") as file:
        file.write(b"x")
    heat = bytearray((folder / "heatmaps.npy").read_bytes())
    heat[-1] ^= 1
    (folder / "heatmaps.npy").write_bytes(heat)
    found = verify(open_run(folder))
    assert Verified("cover.npy", "missing") in found
    assert Verified("logits.npy", "another size") in found
    assert Verified("heatmaps.npy", "changed") in found
    assert sum(one.state == "whole" for one in found) == len(found) - 3


def test_what_findings_add_later_changes_nothing(folder: Path) -> None:
    (folder / "findings.json").write_text("{}")
    assert set(states(folder).values()) == {"whole"}


def test_a_link_out_of_the_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes((folder / "cover.npy").read_bytes())
    (folder / "cover.npy").unlink()
    (folder / "cover.npy").symlink_to(tmp_path / "elsewhere")
    assert states(folder)["cover.npy"] == "missing"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (None, "an older version"),
        ([], "damaged"),
        ({"a": 3}, "damaged"),
        ({"b": {"bytes": 1}}, "damaged"),
    ],
)
def test_without_checksums_nothing_is_claimed(folder: Path, files: Any, found: str) -> None:
    manifest = read_json(folder / MANIFEST)
    del manifest[FILES]
    write_json(folder / MANIFEST, manifest if files is None else {**manifest, FILES: files})
    with pytest.raises(RunError, match=found):
        verify(open_run(folder))


def test_a_file_outside_the_run_is_never_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    manifest = read_json(folder / MANIFEST)
    manifest[FILES] = {"../secret": checksums(tmp_path)["secret"]}
    write_json(folder / MANIFEST, manifest)
    assert states(folder) == {"../secret": "missing"}
