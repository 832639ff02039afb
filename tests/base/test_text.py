"""Words out of files: no control characters, never endless, never a formula."""

import pytest

from gradcam_core.base.text import clean, in_percent, no_formula, percent, short


def test_what_moves_a_terminal_is_gone() -> None:
    assert clean("a\x1b[2J\x07b\x9b31m\u202ec\r\nd\te") == "a?[2J?b?31m?c  d e"
    assert clean("Grün – 猫 🐱") == "Grün – 猫 🐱"


def test_a_name_that_is_not_utf_8_can_be_printed() -> None:
    short(b"\xff.png".decode("utf-8", "surrogateescape")).encode()


def test_long_names_are_cut_in_the_middle() -> None:
    said = short("a" * 200_000 + "z", 50)
    assert len(said) <= 50
    assert said.endswith("z") and "…" in said


def test_formulas_are_text_and_numbers_stay_numbers() -> None:
    assert [no_formula(one) for one in ("=1+1", "+x", "-x", "@x", "\tx")] == [
        "'=1+1", "'+x", "'-x", "'@x", "'\tx",
    ]  # fmt: skip
    assert [no_formula(one) for one in (-1.5, None, "cat", "")] == [-1.5, None, "cat", ""]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"), (1, "100 %"), (0.004, "0.4 %"), (0.00001, "0.1 %"), (0.94, "94 %"), (0.9996, "99.9 %"),
        (-0.0, "0 %"), (float("nan"), "–"),
    ],
)  # fmt: skip
def test_what_is_not_all_is_never_called_all(share: float, said: str) -> None:
    assert in_percent(share) == said
    assert f"{percent(share)} %".startswith(said)
