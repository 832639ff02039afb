"""A project is asked for, understood and fetched."""

import json
from pathlib import Path

from gradcam_core.base.types import Box
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import check_sound, fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_a_project_is_fetched_whole_and_sound(studio: Studio, tmp_path: Path) -> None:
    project = fetched(studio)
    check_sound(project)
    assert project.root == tmp_path / "edge-impulse" / f"{toy.PROJECT}-{toy.IMPULSE}-{toy.BLOCK}"
    assert (project.name, project.source, project.task) == ("Pets", "edge-impulse", "classification")
    assert project.class_names == tuple(toy.CLASSES), "classNames, not the dataset's labels"
    assert (project.resize, project.resize_method, project.scaling) == ("fit-short", "lanczos3", "0..1")
    assert project.channels == 3 and project.thresholds == {"min_score": 0.6}
    assert project.model_path is not None and project.model_path.read_bytes() == toy.h5()
    assert [one.id for one in project.samples] == [str(9011 - index) for index in range(toy.COUNT)]
    assert "Pets (1234)" in fact(project, "project") and "default" in fact(project, "impulse")


def test_a_sample_keeps_its_label_boxes_metadata_and_pixels(studio: Studio) -> None:
    project = fetched(studio)
    one = next(sample for sample in project.samples if sample.id == "9002")
    assert one.label == "small.dog", "the label of the API, not the text before the first dot"
    assert one.metadata == {
        "site": "site 2",
        "edge_impulse_id": "9002",
        "edge_impulse_name": "small.dog.0_2",
    }
    assert (project.root / one.path).read_bytes() == toy.picture(2)
    assert one.path == "testing/9002.small_dog_0_2.jpg"
    assert project.regions["9002"].shapes == (Box(20, 10, 60, 40, "small.dog"),)
    assert "9003" not in project.regions


def test_the_folder_alone_is_the_same_project(studio: Studio) -> None:
    project = fetched(studio)
    asked = len(studio.asked)
    again = open_project(project.root)
    check_sound(again)
    assert len(studio.asked) == asked, "no network"
    assert [(one.path, one.label) for one in again.samples] == [(s.path, s.label) for s in project.samples]
    for name in ("name", "class_names", "model_path", "resize", "resize_method", "scaling", "channels"):
        assert getattr(again, name) == getattr(project, name), name
    shapes = {
        one.path: project.regions[one.id].shapes for one in project.samples if one.id in project.regions
    }
    assert {
        one.path: again.regions[one.id].shapes for one in again.samples if one.id in again.regions
    } == shapes


def test_nothing_on_disk_or_in_the_project_holds_a_key(studio: Studio) -> None:
    project = fetched(studio)
    written = b"".join(path.read_bytes() for path in project.root.rglob("*") if path.is_file())
    for secret in (toy.KEY, "ei_development", "hmac", "s3cret"):
        assert secret.encode() not in written and secret not in repr(project)


def test_every_call_carries_the_key_in_its_header_and_nowhere_else(studio: Studio) -> None:
    fetched(studio)
    assert {headers["x-api-key"] for _, _, headers in studio.asked} == {toy.KEY}
    assert all(toy.KEY not in path for _, path, _ in studio.asked)


def test_at_most_four_requests_at_once(studio: Studio) -> None:
    import time

    studio.delay = lambda path: time.sleep(0.03 if path.endswith("/image") else 0)
    fetched(studio)
    assert 1 < studio.at_once["most"] <= 4


def test_a_label_that_the_model_does_not_know_stays_as_metadata(studio: Studio) -> None:
    studio.samples[0]["label"] = "bird"
    studio.samples[1]["label"] = ""
    project = fetched(studio)
    assert project.samples[0].label is None and project.samples[0].metadata["edge_impulse_label"] == "bird"
    assert project.samples[1].label is None and "edge_impulse_label" not in project.samples[1].metadata
    assert "no class bird" in fact(project, "labels")
    check_sound(open_project(project.root))


def test_a_read_only_key_goes_as_far_as_it_can(studio: Studio) -> None:
    studio.role = "readonly"
    project = fetched(studio)
    check_sound(project)
    assert project.class_names == tuple(toy.CLASSES) and project.root.name == "1234-default-8"
    assert "may not read the impulse" in fact(project, "the impulse")
    assert "resize is not known" in fact(project, "resize")


def test_the_origin_is_written_down(studio: Studio) -> None:
    origin = json.loads((fetched(studio).root / "edge-impulse.json").read_text())
    assert origin["project"] == {"id": 1234, "name": "Pets"} and origin["task"] == "classification"
    assert origin["learn_block"]["id"] == toy.BLOCK and origin["thresholds"] == {"min_score": 0.6}


def test_progress_tells_what_is_fetched(studio: Studio) -> None:
    told: list[tuple[str, int, int]] = []
    open_project("edge-impulse", Overrides(host=studio.url), lambda *one: told.append(one))
    assert told[-1] == ("fetching pictures", toy.COUNT, toy.COUNT)
    assert {stage for stage, _, _ in told} == {"fetching the model", "listing samples", "fetching pictures"}
