"""Finished parts in one place."""

from pathlib import Path

import fsspec
import pytest

from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.parts.part_file import to_bytes
from tests.auditing.parts.made import part


@pytest.mark.parametrize("kind", ["file", "memory", "path"])
def test_storage_knows_whole_parts_only(kind: str, tmp_path: Path) -> None:
    place = {"file": tmp_path.as_uri(), "memory": f"memory://{tmp_path.name}", "path": str(tmp_path)}[kind]
    storage = Storage(f"{place}/parts")
    assert storage.finished() == set()
    storage.write("one", to_bytes(part("a"), {}))
    storage.write("two", to_bytes(part("b"), {})[:-30])
    assert storage.finished() == {"one", "two"}
    found = storage.read("one")
    assert found is not None
    assert list(found[0].columns["sample_id"]) == ["a"]
    assert storage.read("two") is None, "cut off"
    assert storage.finished() == {"one"}
    storage.clear()
    assert not fsspec.core.url_to_fs(storage.url)[0].exists(storage.url)
