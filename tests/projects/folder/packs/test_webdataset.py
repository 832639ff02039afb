"""Tar shards: members of one key are one sample; hostile members are none."""

import tarfile
from pathlib import Path

import pytest

from gradcam_core.projects.folder.packs import PACKS, Item
from tests.projects.folder.packs.samples import png, tar


def items(file: Path) -> list[Item]:
    return list(PACKS["webdataset"].read(file))


def test_members_of_one_key_are_one_sample(tmp_path: Path) -> None:
    members = {
        "x/1.png": png(),
        "x/1.cls": b"4\n",
        "x/1.json": b'{"sex": "f", "deep": {}}',
        "x/2.seg.png": png(1),
        "x/2.txt": b"a cat",
        "shard.txt": b"about",
    }
    first, second = items(tar(tmp_path / "a.tar", members))
    assert (first.name, first.columns) == ("x/1", {"sex": "f", "label": "4"})
    assert (second.name, second.columns, second.data) == ("x/2", {"text": "a cat"}, png(1))


def test_links_and_devices_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    with tarfile.open(file, "w") as opened:
        for name, kind in (
            ("a.png", tarfile.SYMTYPE),
            ("b.png", tarfile.LNKTYPE),
            ("c.png", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            opened.addfile(info)
    assert items(file) == []


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    file = tar(tmp_path / "a.tar", {"1.png": png() * 20})
    file.write_bytes(file.read_bytes()[:600])
    with pytest.raises(tarfile.ReadError):
        items(file)
