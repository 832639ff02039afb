"""From the key to the learn block."""

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_an_impulse_that_is_chosen_is_asked_for(studio: Studio) -> None:
    studio.default_impulse = None
    fetched(studio, impulse=toy.IMPULSE)
    assert studio.count("impulse?impulseId=2") == 1 and studio.count("downloads?impulseId=2") == 1


def test_a_project_can_be_named_by_its_number(studio: Studio) -> None:
    assert fetched(studio, spec=f"edge-impulse:{toy.PROJECT}").name == "Pets"
    assert studio.count("api-key-info") == 0
