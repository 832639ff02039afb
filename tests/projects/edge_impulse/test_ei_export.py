"""The export job: waited for, never a stale one, unpacked without trust."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.base.types import Box, Project
from gradcam_core.projects.edge_impulse.api import unzip
from gradcam_core.projects.edge_impulse.api.unzip import extract
from gradcam_core.projects.edge_impulse.fetch.labels_file import read_export
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import check_sound, make

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def exported(studio: Studio) -> Project:
    studio.export = studio.export or toy.export_zip()
    return fetched(studio, via="export")


def test_an_export_gives_the_same_samples_as_the_pages(studio: Studio) -> None:
    by_export, by_pages = exported(studio), fetched(studio)
    check_sound(by_export)

    def facts(project: Project) -> set:
        return {
            (
                one.label,
                one.metadata["site"],
                (project.root / one.path).read_bytes(),
                project.regions.get(one.id),
            )
            for one in project.samples
        }

    assert facts(by_export) == facts(by_pages) and len(by_export.samples) == toy.COUNT


def test_only_test_data_is_unpacked_and_the_zip_does_not_stay(studio: Studio) -> None:
    root = exported(studio).root
    assert not list(root.rglob("training")) and not list(root.rglob("*.zip"))
    assert studio.count("/jobs/export/original") == 1


def test_the_storage_is_asked_without_the_key(studio: Studio) -> None:
    exported(studio)
    (headers,) = [headers for host, _, headers in studio.asked if host == "storage"]
    assert toy.KEY not in str(headers)


def test_a_long_job_is_looked_at_every_five_seconds(studio: Studio, waits: list[float]) -> None:
    studio.polls = 6
    exported(studio)
    assert waits == [5.0] * 5, "a job of 25 seconds"


def test_a_job_that_never_ends_is_given_up(studio: Studio, waits: list[float]) -> None:
    studio.polls = 10_000
    said = refused(studio, via="export")
    assert said.expected == "the export job 77 to end" and sum(waits) == 3600


def test_a_failing_job_shows_the_end_of_its_log(studio: Studio) -> None:
    studio.job_succeeds = False
    said = refused(studio, via="export")
    assert said.expected == "the export job 77 to succeed"
    assert said.found == "it failed: disk is full / Job failed"
    studio.log_lines = [f"key {toy.KEY} expired"]
    assert refused(studio, via="export").found == "it failed: key [key] expired"


def test_a_stale_earlier_export_is_never_taken(studio: Studio) -> None:
    studio.export, studio.export_created = toy.export_zip(), "2026-03-02T09:59:59.000Z"
    said = refused(studio, via="export")
    assert said.expected == "an export newer than the job (2026-03-02 10:00:00 UTC)"
    assert said.found == "the newest is of 2026-03-02T09:59:59.000Z"
    assert not [host for host, _, _ in studio.asked if host == "storage"]


def test_a_truncated_zip(studio: Studio) -> None:
    studio.export = toy.export_zip()[:5000]
    said = refused(studio, via="export")
    assert said.expected == "a complete zip file in the export" and "truncated" in said.found
    assert "s3cret" not in str(said)


def test_an_export_without_test_data(studio: Studio) -> None:
    studio.export = toy.zipped({"info.labels": b'{"version": 1, "files": []}'})
    assert refused(studio, via="export").expected == "test samples in the export"


def test_labels_in_lines_are_read_as_those_in_one_object(tmp_path: Path) -> None:
    for name, is_lines in (("one", False), ("lines", True)):
        archive = tmp_path / f"{name}.zip"
        archive.write_bytes(toy.export_zip(ndjson=is_lines))
        extract(archive, tmp_path / name, lambda _name: True, "a test")
    one, lines = read_export(tmp_path / "one"), read_export(tmp_path / "lines")
    assert one == lines and len(one) == toy.COUNT
    assert one[1].sample.label == "cat" and one[1].sample.boxes == (Box(20, 10, 60, 40, "cat"),)


BOX = '{"label": "cat", "x": 1, "y": 2, "width": 3, "height": 4}'
OBJECTS = f'{{"type": "bounding-box-labels", "boundingBoxes": {{"5.png": [{BOX}]}}}}'


@pytest.mark.parametrize(
    ("label", "boxes", "expected"),
    [
        ('{"type": "label", "label": "0.5"}', "", "0.5"),
        ('{"type": "label", "label": "-1.5"}', "", "-1.5"),
        ('{"type": "unlabeled"}', "", None),
        ('{"type": "multi-label", "labels": []}', "", None),
        ('{"type": "label", "label": "5"}', OBJECTS, None),
    ],
)
def test_labels_come_from_the_file_of_labels(
    tmp_path: Path, label: str, boxes: str, expected: str | None
) -> None:
    """Not from a file's name; what stands there for a picture with boxes is the name's beginning."""
    make(tmp_path, "testing/5.png")
    entry = f'{{"path": "5.png", "category": "testing", "label": {label}}}'
    (tmp_path / "testing" / "info.labels").write_text(f'{{"version": 1, "files": [{entry}]}}')
    if boxes:
        (tmp_path / "testing" / "bounding_boxes.labels").write_text(boxes)
    (one,) = read_export(tmp_path)
    assert (one.path, one.sample.label, len(one.sample.boxes)) == ("testing/5.png", expected, bool(boxes))


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"__ndjson":true}\n{"__key": "files"}'])
def test_a_file_of_labels_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "info.labels").write_text(text)
    with pytest.raises(SourceError, match=r"info\.labels as Edge Impulse writes it"):
        read_export(tmp_path)


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


def test_a_path_in_the_labels_that_leads_outside_is_left_out(studio: Studio) -> None:
    bad = b'{"files": [{"path": "testing/../../x.jpg", "category": "testing", "label": {}}, '
    good = b'{"path": "testing/a.jpg", "category": "testing", "label": {}}]}'
    studio.export = toy.zipped({"info.labels": bad + good, "testing/a.jpg": toy.picture(0)})
    assert [one.path for one in exported(studio).samples] == ["export/testing/a.jpg"]
