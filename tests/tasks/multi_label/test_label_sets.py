"""Several labels as one text."""

from gradcam_core.tasks.multi_label.label_sets import from_text, in_order, says_nothing, to_text


def test_there_and_back() -> None:
    assert to_text(("a", "b", "a")) == "a|b"
    assert from_text("a|b") == ("a", "b")
    assert from_text(to_text(())) == ()


def test_the_order_is_that_of_the_classes() -> None:
    assert in_order(["green", "other", "red"], ("red", "green")) == "red|green|other"


def test_words_for_nothing() -> None:
    assert all(map(says_nothing, ("none", "No Finding", "no_finding", " - ", "[]")))
    assert not says_nothing("nonesuch")
