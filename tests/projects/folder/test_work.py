"""Words for what is known of a folder."""

import pytest

from gradcam_core.projects.folder.work import count, some


@pytest.mark.parametrize(
    ("number", "thing", "said"),
    [
        (1, "picture", "1 picture"),
        (2, "picture", "2 pictures"),
        (0, "class", "0 classes"),
        (1234, "sample", "1,234 samples"),
    ],
)
def test_counts_have_their_plural(number: int, thing: str, said: str) -> None:
    assert count(number, thing) == said


def test_a_long_list_is_cut_and_says_how_much() -> None:
    assert some(["a", "b"], 2) == "a, b"
    assert some(["a", "b", "c", "d"], 2) == "a, b and 2 more"
