"""Labels asked about ways of feeding, with answers made up: what is taken, what is said, what is tried."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.auditing.label_trials import FEW, Trials, by_labels, changes
from gradcam_core.base.types import Fact, InputSpec, Project
from gradcam_core.images.scaling import input_options

SPEC = InputSpec(8, 8, 3)
FREE = frozenset(("scaling", "channel_order", "resize"))
LABELS = np.random.default_rng(1).permutation(np.arange(64) % 2)


def project(*guessed: str) -> Project:
    """A project that gave everything but what is named."""
    names = ("scaling", "channel_order", "resize")
    facts = tuple(Fact(one, "", "guessed" if one in guessed else "given") for one in names)
    return Project("p", Path("."), ("cat", "dog"), (), None, facts=facts)


def answers(
    wrong: Callable[[InputSpec], int],
    tried: list[tuple[InputSpec, int]] | None = None,
    sureness: Callable[[InputSpec], float] = lambda way: float("nan"),
) -> Trials:
    """Trials in which a way of feeding is wrong on so many of 64 pictures, evenly spread."""

    def predict(way: InputSpec, count: int) -> np.ndarray:
        if tried is not None:
            tried.append((way, count))
        said = LABELS.copy()
        rows = np.linspace(0, 63, wrong(way)).astype(int)
        said[rows] = 1 - said[rows]
        return said[:count]

    return Trials(predict, sureness, LABELS, 2)


def only(scaling: str, order: str = "rgb", best: int = 0) -> Callable[[InputSpec], int]:
    return lambda way: best if (way.scaling, way.channel_order) == (scaling, order) else 30


@pytest.mark.parametrize(("scaling", "order"), input_options(3))
def test_the_way_that_is_right_is_taken(scaling: str, order: str) -> None:
    found = by_labels(project(*FREE), SPEC, answers(only(scaling, order)), FREE)
    assert (found.scaling, found.channel_order) == (scaling, order)
    origins = {fact.name: fact.origin for fact in found.facts}
    assert origins["scaling"] == "decided by the labels"
    assert origins["resize"] == "guessed"
    assert not any(fact.alarm for fact in found.facts)


def test_what_is_given_stays_and_is_contradicted() -> None:
    found = by_labels(project(), SPEC, answers(only("0..255")), frozenset())
    (said,) = [fact for fact in found.facts if fact.alarm]
    assert (found.scaling, said.name) == ("0..1", "scaling")
    assert said.warning.endswith("100 % of 64 right against 53 %; to use it: --scaling=0..255")


def test_two_switches_are_said_together() -> None:
    found = by_labels(project(), SPEC, answers(only("0..255", "bgr")), frozenset())
    assert "to use it: --scaling=0..255 --channel-order=bgr" in " ".join(f.warning for f in found.facts)


def test_what_is_hardly_better_is_neither_taken_nor_said() -> None:
    trials = answers(lambda way: 8 if way.scaling == "0..255" else 14)
    for free in (FREE, frozenset[str]()):
        found = by_labels(project(*free), SPEC, trials, free)  # type: ignore[arg-type]
        assert found.scaling == "0..1" and not any(fact.warning for fact in found.facts)
        assert next(one for one in found.facts if one.name == "scaling").origin != "decided by the labels"


def test_a_guess_that_is_clearly_better_than_all_others_is_decided() -> None:
    found = by_labels(project(*FREE), SPEC, answers(lambda way: 8 if way.scaling == "0..1" else 30), FREE)
    said = next(one for one in found.facts if one.name == "scaling")
    assert said.origin == "decided by the labels"
    assert said.why == "88 % of 64 labelled pictures right"


SURE = {"0..1": 0.04, "0..255": 9.0, "-1..1": 0.3}


@pytest.mark.parametrize(("guess", "factor"), [("0..1", 1.0), ("0..255", 1.0), ("0..1", 255.0)])
def test_of_ranges_that_are_right_alike_the_one_with_sure_answers_is_decided(
    guess: str, factor: float
) -> None:
    """A network without normalisation answers alike in 0..1 and 0..255, but 255 times as surely."""
    right = "0..255" if factor == 1 else "0..1"
    trials = answers(
        lambda way: 0 if way.scaling in ("0..1", "0..255") else 30,
        sureness=lambda way: factor * SURE.get(way.scaling, 9.0),
    )
    spec = InputSpec(8, 8, 3, scaling=guess)  # type: ignore[arg-type]
    found = by_labels(replace(project(*FREE), scaling=guess), spec, trials, FREE)
    said = next(one for one in found.facts if one.name == "scaling")
    assert (found.scaling, said.origin) == (right, "decided by the labels")
    assert "as no training leaves them" in said.why


def test_ranges_that_are_right_alike_and_as_sure_are_not_decided() -> None:
    trials = answers(lambda way: 0 if way.scaling in ("0..1", "-1..1") else 30, sureness=lambda way: 8.0)
    found = by_labels(project(*FREE), SPEC, trials, FREE)
    said = next(one for one in found.facts if one.name == "scaling")
    assert (found.scaling, said.origin) == ("0..1", "guessed")


def test_where_all_is_right_nothing_else_is_tried() -> None:
    tried: list[tuple[InputSpec, int]] = []
    by_labels(project(), SPEC, answers(lambda way: 0, tried), frozenset())
    assert {way for way, _ in tried} == {SPEC}


def test_a_way_that_does_no_better_on_a_few_is_not_tried_on_all() -> None:
    tried: list[tuple[InputSpec, int]] = []
    by_labels(project(), SPEC, answers(only("0..255"), tried), frozenset())
    whole = {way.scaling for way, count in tried if count == 64}
    assert whole == {"0..1", "0..255"}
    assert sum(count == FEW for _, count in tried) == len(input_options(3)) - 1


def test_changes_are_named() -> None:
    other = InputSpec(8, 8, 3, resize="fit-long", scaling="torch")
    assert changes(other, SPEC) == {"resize", "scaling"}
