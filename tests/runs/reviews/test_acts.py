import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.acts import WORDS, checked_words, current, standing, visible, words_of
from tests.runs.reviews.made import act


def test_the_last_act_of_each_reviewer_holds_whatever_the_order_of_arrival() -> None:
    acts = [act("unsure", minute=5), act("shortcut", minute=1), act("label error", "Ben", minute=2)]
    assert [(one.reviewer, one.verdict) for one in current(acts)] == [
        ("Ben", "label error"),
        ("Ana", "unsure"),
    ]


def test_taking_back_brings_back_what_was_said_before_and_again_goes_further() -> None:
    first, second = act("shortcut", minute=1), act("unsure", minute=2)
    once = act(minute=3, undoes=second.id)
    twice = act(minute=4, undoes=first.id)
    assert [one.verdict for one in current([first, second, once])] == ["shortcut"]
    assert standing([first, second, once, twice]) == []


def test_nobody_takes_back_what_another_one_said() -> None:
    said = act("shortcut")
    assert current([said, act(reviewer="Ben", minute=1, undoes=said.id)]) == [said]


def test_a_cleared_verdict_leaves_nothing_and_its_comment_stays_if_it_was_kept() -> None:
    assert current([act("unsure"), act("", minute=1)]) == []
    (kept,) = current([act("unsure", comment="why"), act("", minute=1, comment="why")])
    assert (kept.verdict, kept.comment) == ("", "why")


def test_verdicts_on_another_content_are_another_subject() -> None:
    assert len(current([act("unsure"), act("shortcut", minute=1, hash="another picture")])) == 2


def test_blind_readers_see_others_once_their_own_verdict_is_given() -> None:
    now = [act("unsure", "Ana", "s1"), act("unsure", "Ben", "s1"), act("unsure", "Ben", "s2")]
    assert visible(now, "Ana", blind=True) == now[:2]
    assert visible(now, "Cleo", blind=True) == []
    assert visible(now, "Cleo", blind=False) == now
    only_comment = [act("", "Ana", comment="hm"), act("unsure", "Ben")]
    assert visible(only_comment, "Ana", blind=True) == only_comment[:1]


def test_times_are_kept_in_utc_in_a_form_that_sorts() -> None:
    assert act().time == "2026-01-31T09:00:00.000000+00:00"
    moved = act("", hash="x")
    assert (
        type(moved)("p", "s", "h", "Ana", time="2026-01-31T11:00:00+02:00").time
        == "2026-01-31T09:00:00.000000+00:00"
    )


@pytest.mark.parametrize(
    "bad",
    [
        *({"reviewer": " "}, {"sample": ""}, {"time": "soon"}, {"kind": "run"}, {"verdict": "x" * 61}),
        *({"comment": "x" * 4001}, {"id": ""}),
    ],
)
def test_what_is_no_act_is_refused_with_what_was_expected(bad: dict[str, str]) -> None:
    kind = type(act())
    with pytest.raises(AuditError, match="expected"):
        kind(**{"project": "p", "sample": "s", "hash": "h", "reviewer": "Ana", **bad})


def test_words_are_four_different_ones() -> None:
    assert words_of({}) == WORDS and words_of({"words": ["a", "b", "c", "d"]}) == ("a", "b", "c", "d")
    for bad in (["a", "b", "c"], ["a", "a", "b", "c"], ["a", "b", "c", " "], ["a", "b", "c", "d" * 61]):
        with pytest.raises(AuditError, match="words"):
            checked_words(bad)
