"""Findings in the words of a task: sounds, thirds of a target."""

import pytest

from gradcam_core.findings.spoken import spoken_findings
from gradcam_core.runs.findings import Finding
from gradcam_core.tasks.wording import spoken


@pytest.mark.parametrize(
    ("task", "text", "expected"),
    [
        ("audio", "In 40 % of the 50 pictures of lamu", "In 40 % of the 50 sounds of lamu"),
        ("audio", "Pictures: the border of the picture", "Sounds: the edge of the sound"),
        ("audio", "outside the object", "outside the marked span"),
        ("audio", "pictured in a picturesque place", "pictured in a picturesque place"),
        ("regression", "gets 66 % of the labels right", "gets 66 % of the thirds of the target right"),
        ("regression", "from another class", "from another third of the target"),
        ("classification", "the pictures of another class", "the pictures of another class"),
        ("unheard-of", "a picture", "a picture"),
    ],
)
def test_phrases_of_a_task(task: str, text: str, expected: str) -> None:
    assert spoken(text, task) == expected


def test_findings_keep_everything_but_the_words() -> None:
    said = Finding("border", 3, "lamu", "The border of the picture.", measure="share of pictures", n=40)
    (found,) = spoken_findings([said], "audio")
    assert (found.statement, found.measure) == ("The edge of the sound.", "share of sounds")
    assert (found.flag, found.label, found.n) == ("border", "lamu", 40)
