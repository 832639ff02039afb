"""The one learn block that is meant."""

from pathlib import Path

import pytest

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_no_impulse_and_no_learn_block(studio: Studio) -> None:
    studio.blocks = []
    assert "no impulse yet" in refused(studio).found


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
        ({"impulse": 3}, "2 “Impulse #1”"),
        ({"via": "post"}, "'post'"),
        ({"model": Path("none.h5")}, "none.h5 does not exist"),
        ({"regions": Path("masks")}, "--regions"),
        ({"scaling": "0..2"}, "'0..2'"),
    ],
)
def test_wrong_choices_say_what_there_is(studio: Studio, answers: dict, found: str) -> None:
    assert found in str(refused(studio, **answers))
