"""Test samples and their pictures."""

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.faults import always
from tests.projects.edge_impulse.studio import Studio, error
from tests.sound_project import fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_one_picture_that_cannot_be_had_is_a_sample_with_a_reason(studio: Studio) -> None:
    studio.fault = always("9004/image", error("File is gone", 404))
    studio.files["9005"] = b"not a picture"
    project = fetched(studio)
    assert set(project.broken) == {"9004", "9005"} and len(project.samples) == toy.COUNT
    assert "404 Not Found: File is gone" in project.broken["9004"]
    assert "another kind of file" in project.broken["9005"]


def test_no_picture_at_all_is_an_error(studio: Studio) -> None:
    studio.fault = always("/image", error("File is gone", 404))
    assert "File is gone" in refused(studio).found


def test_no_test_samples(studio: Studio) -> None:
    studio.samples = []
    said = refused(studio)
    assert said.expected == "test samples in the project" and "Test data" in said.todo


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
