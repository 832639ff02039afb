"""What a cluster audit is made of, without a cluster: pieces, part files, storage, mirrors."""

from dataclasses import replace
from pathlib import Path

import fsspec
import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.batch import BatchResult, join
from gradcam_core.auditing.cluster.part_file import from_bytes, to_bytes
from gradcam_core.auditing.cluster.pictures import at_hand
from gradcam_core.auditing.cluster.pieces import piece_size
from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.cluster.worker import model_files, put_down
from gradcam_core.base import remote_folder
from gradcam_core.base.errors import AuditError, SourceError
from gradcam_core.base.types import MaskFile, Project, Region, Sample
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.images.reading import read_rgb


def part(*ids: str, embedded: bool = True) -> BatchResult:
    columns = {
        "sample_id": list(ids),
        "label": [None, *["cat"] * (len(ids) - 1)],
        "correct": [None, *[True] * (len(ids) - 1)],
        "height": [48] * len(ids),
        "score": [np.float32(0.1)] * len(ids),
        "margin": [float("nan")] * len(ids),
    }
    arrays = {"heatmaps.npy": np.arange(len(ids) * 6, dtype=np.float32).reshape(len(ids), 2, 3)}
    if embedded:
        arrays["embeddings.npy"] = np.ones((len(ids), 4), np.float16)
    return BatchResult(columns, arrays, {ids[0]: [[0.0, 0.5, 1.0, 0.25, 0.5, 0.75]]})


def test_a_part_comes_back_as_it_was() -> None:
    given = part("a", "b", "c")
    found, about = from_bytes(to_bytes(given, {"engine": "tensorflow"}))
    assert about == {"engine": "tensorflow"}
    assert found.outlines == given.outlines
    assert {name: array.dtype for name, array in found.arrays.items()} == {
        "heatmaps.npy": np.float32,
        "embeddings.npy": np.float16,
    }
    np.testing.assert_array_equal(found.arrays["heatmaps.npy"], given.arrays["heatmaps.npy"])
    for name, values in given.columns.items():
        assert list(map(str, found.columns[name])) == list(map(str, values)), name
    assert all(type(value) is np.float32 for value in found.columns["score"])


def test_joined_parts_have_gaps_where_one_has_no_array() -> None:
    whole = join([part("a", embedded=False), part("b", "c")])
    assert list(whole.columns["sample_id"]) == ["a", "b", "c"]
    assert np.isnan(whole.arrays["embeddings.npy"][0]).all()
    assert (whole.arrays["embeddings.npy"][1:] == 1).all()
    assert len(whole.arrays["heatmaps.npy"]) == 3
    assert sorted(whole.outlines) == ["a", "b"]


@pytest.mark.parametrize(("batch", "most", "expected"), [(32, 1024, 1024), (48, 100, 96), (64, 2, 64)])
def test_pieces_hold_whole_batches(batch: int, most: int, expected: int) -> None:
    assert piece_size(batch, most) == expected


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


def test_a_model_travels_as_files(tmp_path: Path) -> None:
    (tmp_path / "saved" / "variables").mkdir(parents=True)
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"graph")
    (tmp_path / "saved" / "variables" / "v.index").write_bytes(b"numbers")
    there = put_down(model_files(tmp_path / "saved"), tmp_path / "there")
    assert there == tmp_path / "there" / "saved"
    assert (there / "variables" / "v.index").read_bytes() == b"numbers"
    (tmp_path / "m.keras").write_bytes(b"one file")
    assert put_down(model_files(tmp_path / "m.keras"), tmp_path / "x").read_bytes() == b"one file"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A project in a fake object store."""
    system = fsspec.filesystem("memory")
    root = f"/{tmp_path.name}/pets"
    picture = tmp_path / "p.png"
    Image.fromarray(np.full((30, 40, 3), 200, np.uint8)).save(picture)
    for name in ("testing/cat/a.png", "testing/dog/b.png", "masks/cat/a.png"):
        system.pipe_file(f"{root}/{name}", picture.read_bytes())
    system.pipe_file(f"{root}/labels.txt", b"cat\ndog\n")
    return f"memory:/{root}"


def test_a_mirror_holds_small_files_and_fetches_pictures_when_they_are_read(
    store: str, tmp_path: Path
) -> None:
    folder = remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES)
    assert folder.name == "pets"
    assert (folder / "labels.txt").read_text() == "cat\ndog\n"
    assert (folder / "testing" / "cat" / "a.png").stat().st_size == 0
    assert read_rgb(folder / "testing" / "cat" / "a.png").shape == (30, 40, 3)
    assert (folder / "testing" / "cat" / "a.png").stat().st_size > 0
    fsspec.filesystem("memory").rm(store.removeprefix("memory:/") + "/testing/dog/b.png")
    assert remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES) == folder
    assert not (folder / "testing" / "dog" / "b.png").exists()
    assert (folder / "testing" / "cat" / "a.png").stat().st_size > 0, "kept"
    assert not list(folder.rglob(".new-*"))


@pytest.mark.parametrize(
    ("url", "words"), [("memory://nowhere/at-all", "no files"), ("nosuch://bucket/x", "driver")]
)
def test_a_url_that_leads_nowhere_is_said(url: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words):
        remote_folder.make(url, tmp_path, PICTURE_SUFFIXES)


def test_a_piece_gets_its_pictures_and_masks_from_the_url(store: str, tmp_path: Path) -> None:
    folder = remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES)
    samples = (Sample("a", "testing/cat/a.png"), Sample("gone", "testing/cat/gone.png"))
    regions = {"a": Region("mask", (MaskFile(folder / "masks/cat/a.png"),))}
    project = Project("pets", folder, ("cat",), samples, None, regions=regions)
    with at_hand(project, store, folder) as near:
        assert not near.root.is_relative_to(folder)
        assert read_rgb(near.root / "testing/cat/a.png").shape == (30, 40, 3)
        (mask,) = near.regions["a"].shapes
        assert isinstance(mask, MaskFile)
        assert read_rgb(mask.path).shape == (30, 40, 3)
        with pytest.raises(AuditError, match="gone"):
            read_rgb(near.root / "testing/cat/gone.png")
    assert not near.root.exists()
    with pytest.raises(AuditError, match="below"), at_hand(project, store, tmp_path / "other"):
        pass


def test_a_shared_folder_has_to_be_there(tmp_path: Path) -> None:
    project = Project("p", tmp_path, (), (), None)
    with at_hand(project, "", tmp_path) as near:
        assert near is project
    lost = replace(project, root=tmp_path / "nowhere")
    with pytest.raises(AuditError, match="on every machine"), at_hand(lost, "", tmp_path):
        pass
