"""Several labels as one text."""

from gradcam_core.tasks.multi_label.label_sets import (
    bare,
    from_text,
    in_order,
    parts,
    says_nothing,
    to_text,
    uncertain,
)


def test_there_and_back() -> None:
    assert to_text(("a", "b", "a")) == "a|b"
    assert from_text("a|b") == ("a", "b")
    assert from_text(to_text(())) == ()


def test_the_order_is_that_of_the_classes() -> None:
    assert in_order(["green", "other", "red"], ("red", "green")) == "red|green|other"


def test_words_for_nothing() -> None:
    assert all(map(says_nothing, ("none", "No Finding", "no_finding", " - ", "[]")))
    assert not says_nothing("nonesuch")


def test_a_mark_says_that_nobody_knows() -> None:
    text = in_order(["?green", "red", "blue"], ("red", "green", "blue"))
    assert text == "red|?green|blue" and parts(text) == ("red", "?green", "blue")
    assert (from_text(text), uncertain(text)) == (("red", "blue"), ("green",))
    assert (bare("?green"), bare("?"), bare("red")) == ("green", "?", "red")
