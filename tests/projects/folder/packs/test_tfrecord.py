"""TFRecord: lengths and checksums, features of every kind, raw pixels, damage."""

import gzip
import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.layouts.packed import example, field, record
from gradcam_core.projects.folder.packs import PACKS, Item
from gradcam_core.projects.folder.packs.tfrecord import features, item
from tests.projects.folder.packs.samples import png


def items(file: Path) -> list[Item]:
    return list(PACKS["tfrecord"].read(file))


@pytest.mark.parametrize("packed", [False, True])
def test_records_are_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    data = record(example({"image": png(), "label": 3})) * 2
    file = tmp_path / "a.tfrec"
    file.write_bytes(gzip.compress(data) if packed else data)
    assert [one.columns["label"] for one in items(file)] == ["3", "3"]


def test_a_record_with_another_checksum_has_its_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    good, bad = record(example({"image": png(), "label": 1})), bytearray(record(example({"image": png(9)})))
    bad[40] ^= 1
    (tmp_path / "a.tfrecord").write_bytes(good + bad + good)
    found = items(tmp_path / "a.tfrecord")
    assert [bool(one.data) for one in found] == [True, False, True]
    assert found[1].reason == "record 2 is damaged (its checksum is wrong)"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (record(b"x" * 50)[:-10], "cut off in record 1"),
        (b"\xff" * 12, "checksum is wrong"),
        (record(b"x")[:5], "cut off"),
    ],
)
def test_what_ends_the_reading(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.tfrecord").write_bytes(data)
    with pytest.raises(ValueError, match=words):
        items(tmp_path / "a.tfrecord")


def test_a_length_beyond_all_pictures_is_never_read(tmp_path: Path) -> None:
    length = struct.pack("<Q", 2**40)
    (tmp_path / "a.tfrecord").write_bytes(length + record(length)[-4:])
    with pytest.raises(ValueError, match="more than any picture"):
        items(tmp_path / "a.tfrecord")


def test_names_and_numbers_are_the_label_and_its_place() -> None:
    told = {"image/encoded": png(), "image/class/text": b"cat", "image/class/label": 4, "image/width": 6}
    found = item(features(example(told)))
    assert (found.columns["label"], found.place, found.data) == ("cat", 4, png())
    assert found.columns["image_width"] == 6


def test_packed_and_negative_numbers_and_lists_of_flags() -> None:
    def listed(data: bytes) -> bytes:
        return field(1, field(1, field(1, b"label") + field(2, field(3, data))))

    assert features(listed(field(1, b"\x00\x01\x01")))["label"] == [0, 1, 1]
    minus = b"\xff" * 9 + b"\x01"
    assert features(listed(field(1, minus)))["label"] == [-1]
    assert item({"image": [png()], "label": [0, 1, 1]}).columns["label"] == "1|2"
    assert "label" not in item({"image": [png()], "label": [-1]}).columns


def test_raw_pixels_are_drawn_by_the_size_that_is_told() -> None:
    raw = np.arange(24, dtype=np.uint8)
    found = item({"image_raw": [raw.tobytes()], "height": [4], "width": [2], "depth": [3]})
    assert found.data is not None
    assert (np.asarray(Image.open(io.BytesIO(found.data))).ravel() == raw).all()
    lost = item({"image_raw": [raw.tobytes()], "height": [5], "width": [2], "depth": [3]})
    assert lost.data is None and lost.reason == "no picture in this record"


def test_what_is_no_example_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.tfrecord").write_bytes(record(b"\x0a\xff\xff\x03no"))
    assert items(tmp_path / "a.tfrecord")[0].reason.startswith("no tf.train.Example")
