"""The test data by an export job."""

from gradcam_core.base.types import Project
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import exported, fetched, refused
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import check_sound

pytest_plugins = ["tests.projects.edge_impulse.opening"]


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
