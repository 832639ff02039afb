"""What Studio's Model testing answered is fetched, kept with the folder, and laid beside our answers."""

from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.edge_impulse.fetch.results import CORRECT, PREDICTION, VARIANT
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio
from tests.sound_project import fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]
ANSWERS = {9000 + index: toy.label(index) for index in range(toy.COUNT)} | {9008: "uncertain"}


def told(project: Project) -> dict[str, object]:
    return {str(one.metadata["edge_impulse_id"]): one.metadata.get(PREDICTION) for one in project.samples}


def test_every_page_of_answers_is_read_and_kept_for_offline(studio: Studio) -> None:
    studio.results = {"float32": ANSWERS, "int8": dict.fromkeys(ANSWERS, "cat")}
    project = fetched(studio)
    assert told(project) == {str(number): said for number, said in ANSWERS.items()}
    one = next(one for one in project.samples if one.id == "9008")
    assert (one.metadata[CORRECT], one.metadata[VARIANT]) == ("no", "float32")
    assert "12 answers of the float32 network" in fact(project, "Studio's test result")
    asked = len(studio.asked)
    assert told(open_project(project.root)) == told(project) and len(studio.asked) == asked


def test_the_int8_network_where_only_that_was_tested(studio: Studio) -> None:
    studio.results = {"int8": ANSWERS}
    assert "of the int8 network" in fact(fetched(studio), "Studio's test result")


def test_a_project_that_was_never_tested_says_what_to_do(studio: Studio) -> None:
    project = fetched(studio)
    assert not any(PREDICTION in one.metadata for one in project.samples)
    assert "Classify all" in fact(project, "Studio's test result")


def test_answers_of_samples_that_are_gone_change_nothing(studio: Studio) -> None:
    studio.results = {"float32": {**ANSWERS, 1: "cat"}}
    assert len(told(fetched(studio))) == toy.COUNT


def test_the_threshold_stays_with_the_folder(studio: Studio) -> None:
    again = open_project(fetched(studio).root)
    assert again.thresholds == {"threshold": 0.6}


def test_a_threshold_of_the_user_wins_there_too(studio: Studio) -> None:
    again = open_project(fetched(studio, threshold=0.7).root)
    assert again.thresholds == {"threshold": 0.7}
