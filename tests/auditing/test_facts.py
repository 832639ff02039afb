"""Facts about the input change in their place, and alarms add up."""

from dataclasses import replace
from pathlib import Path

from gradcam_core.auditing.facts import option, origin_of, todo, with_alarm, with_fact, with_value
from gradcam_core.base.types import Fact, Project

SCALING, LABELS = Fact("scaling", "0..1", "guessed"), Fact("labels", "cat 2", "read")
PROJECT = replace(Project("pets", Path(), ("cat", "dog"), (), None), facts=(SCALING, LABELS))


def test_a_value_and_its_fact_change_together() -> None:
    found = with_value(PROJECT, "scaling", "0..255", "read", "the labels")
    assert found.scaling == "0..255"
    assert found.facts == (Fact("scaling", "0..255", "read", "the labels"), LABELS)
    assert (origin_of(PROJECT, "scaling"), origin_of(found, "scaling")) == ("guessed", "read")
    assert origin_of(PROJECT, "resize") == "read"


def test_a_new_fact_comes_last() -> None:
    new = Fact("resize", "squash", "given")
    assert with_fact(PROJECT, new).facts == (SCALING, LABELS, new)


def test_alarms_stand_beside_each_other_and_take_the_place_of_a_warning() -> None:
    warned = with_fact(PROJECT, replace(SCALING, warning="a guess"))
    once = with_alarm(warned, "scaling", "hardly fits")
    twice = with_alarm(once, "scaling", "the labels say more", "read")
    assert once.facts[0] == replace(SCALING, warning="hardly fits", alarm=True)
    assert twice.facts[0].warning == "hardly fits; the labels say more"
    assert (twice.facts[0].origin, twice.facts[1]) == ("read", LABELS)
    missing = with_alarm(PROJECT, "resize", "not known").facts[-1]
    assert (missing.name, missing.value, missing.alarm) == ("resize", PROJECT.resize, True)


def test_options_are_said_as_the_command_line_takes_them() -> None:
    assert option("channel_order", "bgr") == "--channel-order=bgr"


def test_what_changes_every_number_is_to_be_done_first() -> None:
    facts = (
        Fact("metadata", "", "read", warning="rows"),
        Fact("orientation", "", "guessed", warning="way up"),
        Fact("answers", "", "read", warning="one class", alarm=True),
        Fact("scaling", "", "guessed", warning="range", alarm=True),
        Fact("again", "", "read", warning="rows"),
    )
    assert todo(facts) == ["range", "one class", "way up", "rows"]
