"""HEIC pictures: read where the package for them is there, refused by name where it is not."""

import base64
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, UnidentifiedImageError

from gradcam_core.base.errors import SampleError
from gradcam_core.images import heic, is_picture_name, read_header, read_rgb
from tests.images.picture_files import marked

DATA = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA"
    "AAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4QABAAAAAAAAAEMAAgAAAAACJAABAAAAAAAAACQAAAA4aWluZgAA"
    "AAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/Glwcn"
    "AAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroC"
    "QGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybm"
    "NseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAGAAAAAEAAAAQAAAAAf///9gAAAAC////0AAA"
    "AAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAGmlyZWYAAAAAAAAADmNkc2MAAgABAA"
    "EAAABvbWRhdAAAAD8oAa8GMhoRhoBdnkrnm/DXoynV9mY1yLb9EVWZDsHsNq/zySpXLU2qlBy0a+cxN6hcsmV1EIzP"
    "gYBGF7nTH+gAAAAGRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAEAAAAAAAA="
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """The marked picture, 584 bytes as an encoder wrote them."""
    (tmp_path / "a.HEIC").write_bytes(base64.b64decode(DATA))
    return tmp_path / "a.HEIC"


def test_a_heic_picture_is_read(picture: Path) -> None:
    assert heic.READABLE
    assert is_picture_name(picture)
    header = read_header(picture)
    assert (header.stored, header.turn, header.frames, header.see_through) == ((16, 24), 1, False, False)
    for upright in (True, False):
        found = read_rgb(picture, upright=upright).astype(int)
        assert np.abs(found - marked()).mean() < 4


def test_without_the_package_it_is_refused_with_what_to_do(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise UnidentifiedImageError

    monkeypatch.setattr(heic, "READABLE", False)
    monkeypatch.setattr(Image, "open", unknown)
    with pytest.raises(SampleError, match=r"pip install .*heic") as caught:
        read_rgb(picture)
    assert "a.HEIC is a HEIC picture" in caught.value.found


def test_a_damaged_one_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    with pytest.raises(SampleError, match="a picture"):
        read_rgb(tmp_path / "a.heic")
