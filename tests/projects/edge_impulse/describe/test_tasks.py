"""Which task a learn block has."""

import pytest

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.anomalies import LABELS, as_detector
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


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


def test_labels_mean_what_the_project_says(studio: Studio) -> None:
    found = fetched(as_detector(studio, **LABELS))
    assert (found.task, found.class_names) == ("visual-anomaly", ("no anomaly", "anomaly"))
    assert [one.label for one in found.samples].count("anomaly") == toy.COUNT // 3
    assert {one.metadata["kind"] for one in found.samples} == {"scratched", "fine"}
    assert any(one.name == "anomaly labels" and one.origin == "read" for one in found.facts)


def test_without_settings_only_studios_own_words_are_known(studio: Studio) -> None:
    found = fetched(as_detector(studio))
    assert {one.label for one in found.samples} == {None}
    assert {one.metadata["edge_impulse_label"] for one in found.samples} == {"scratched", "fine"}
