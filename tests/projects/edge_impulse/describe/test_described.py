"""Input and output of a block, in this program's words."""

import pytest

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


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
    monkeypatch.setattr("tests.projects.edge_impulse.reply.checked", lambda _kind, document: document)
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
