"""Words out of files: no control characters, never endless, never a formula."""

from gradcam_core.base.text import clean, no_formula, short


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
