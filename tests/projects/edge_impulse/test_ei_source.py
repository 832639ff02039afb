"""From the key to a project: what is asked, what is understood, what lies on disk."""

import json
from pathlib import Path

import pytest

from gradcam_core.base.types import Box
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.asking import fetched, refused
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


def test_the_block_is_chosen_by_type_and_several_are_listed(studio: Studio) -> None:
    studio.blocks.append(replies.learn_block(9, "keras", "Second"))
    studio.metadata[9] = replies.metadata(toy.CLASSES)
    said = refused(studio)
    assert "8 “Transfer” (keras-transfer-image), 9 “Second” (keras)" in said.found
    assert "--block" in said.todo and "Anomaly" not in said.found
    assert fetched(studio, block=8).class_names == tuple(toy.CLASSES)
    studio.metadata[9]["hasTrainedModel"] = False
    assert fetched(studio).root.name.endswith("-8"), "an untrained block is no candidate"


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"block": 5}, "8 “Transfer”"),
        ({"impulse": 3}, "404"),
        ({"via": "post"}, "'post'"),
        ({"model": Path("none.h5")}, "none.h5 does not exist"),
        ({"regions": Path("masks")}, "--regions"),
        ({"scaling": "0..2"}, "'0..2'"),
    ],
)
def test_wrong_choices_say_what_there_is(studio: Studio, answers: dict, found: str) -> None:
    assert found in str(refused(studio, **answers))


def test_an_impulse_that_is_chosen_is_asked_for(studio: Studio) -> None:
    studio.default_impulse = None
    fetched(studio, impulse=toy.IMPULSE)
    assert studio.count("impulse?impulseId=2") == 1 and studio.count("downloads?impulseId=2") == 1


@pytest.mark.parametrize(
    ("mode", "kind", "words"),
    [
        ("freeform", "image", "freeform"),
        ("classification", "time-series", "classification of a time series"),
    ],
)
def test_a_task_that_is_not_audited_yet_is_named(studio: Studio, mode: str, kind: str, words: str) -> None:
    studio.metadata[toy.BLOCK] = replies.metadata(toy.CLASSES, mode=mode)
    studio.input = {"type": kind}
    said = refused(studio)
    assert words in said.found and "image classification" in said.expected
    assert studio.count("/raw-data") == 0, "nothing is fetched for it"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"imageInputScaling": "mystery"}, "'mystery'"),
        ({"hasTrainedModel": False}, "train the block in Studio"),
        ({"classNames": []}, "class names"),
    ],
)
def test_metadata_that_cannot_be_used(
    studio: Studio, changed: dict, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.projects.edge_impulse.studio.checked", lambda _kind, document: document)
    studio.metadata[toy.BLOCK] = replies.metadata(toy.CLASSES, **changed)
    assert words in str(refused(studio))


def test_what_is_not_told_is_guessed_with_a_warning_and_the_user_wins(studio: Studio) -> None:
    studio.input = {"resizeMode": "crop"}
    assert "--resize" in refused(studio).todo
    assert fetched(studio, resize="squash").resize == "squash"
    studio.input = {"resizeMethod": None}
    project = fetched(studio, scaling="-1..1", class_order=("a", "b"), name="Mine", channel_order="bgr")
    assert project.channel_order == "bgr"
    assert (project.scaling, project.class_names, project.name) == ("-1..1", ("a", "b"), "Mine")
    assert "resize_method is not known" in fact(project, "resize_method")


def test_grey_models_are_known_by_the_image_block(studio: Studio) -> None:
    studio.channels = "Grayscale"
    assert fetched(studio).channels == 1


def test_a_label_that_the_model_does_not_know_stays_as_metadata(studio: Studio) -> None:
    studio.samples[0]["label"] = "bird"
    studio.samples[1]["label"] = ""
    project = fetched(studio)
    assert project.samples[0].label is None and project.samples[0].metadata["edge_impulse_label"] == "bird"
    assert project.samples[1].label is None and "edge_impulse_label" not in project.samples[1].metadata
    assert "no class bird" in fact(project, "labels")
    check_sound(open_project(project.root))


def test_disabled_samples_are_left_out_and_counted(studio: Studio) -> None:
    studio.samples[0]["isDisabled"] = True
    studio.samples[1]["processingError"] = True
    studio.samples[2]["chartType"] = "chart"
    project = fetched(studio)
    assert len(project.samples) == toy.COUNT - 3
    assert "1 disabled, 1 with a processing error, 1 of kind chart" in fact(project, "left out")


def test_boxes_drawn_on_another_size_are_noted(studio: Studio) -> None:
    studio.samples[0]["imageDimensions"] = {"width": 640, "height": 480}
    assert fetched(studio).region_notes == {
        "9011": "boxes drawn on 480×640, the picture is 104×66: they may be displaced"
    }


def test_a_picture_gets_the_ending_that_its_content_deserves(studio: Studio) -> None:
    import io

    from PIL import Image

    starts = {"9001": "png", "9002": "webp", "9003": "gif", "9004": "bmp", "9005": "tiff"}
    for number, kind in starts.items():
        encoded = io.BytesIO()
        Image.new("RGB", (9, 7), (1, 2, 3)).save(encoded, kind)
        studio.files[number] = encoded.getvalue()
    paths = {one.id: one.path for one in fetched(studio).samples}
    found = {number: paths[number].rsplit(".", 1)[1] for number in starts}
    assert found == {**starts, "9005": "tif"} and paths["9006"].endswith(".jpg")


def test_a_project_can_be_named_by_its_number(studio: Studio) -> None:
    assert fetched(studio, spec=f"edge-impulse:{toy.PROJECT}").name == "Pets"
    assert studio.count("api-key-info") == 0


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
