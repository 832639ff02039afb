"""The choices about how pictures are read appear where they matter, and only changes are handed on."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.analyse.wording import FIELDS, in_page

NAMES = ("orientation", "intensity", "background", "regions orientation", "labels from")


def script(names: tuple[str, ...], given: dict) -> None:  # runs alone, without this file's imports
    import streamlit as st

    from ui.analyse import reading

    spec = {"orientation": "stored", "intensity": "bits=12", "background": "#000000"}
    st.json(reading.choices({"facts": [{"name": name} for name in names], "input": spec}, given))


def page(*names: str, **given: Any) -> AppTest:
    options = {name.replace("_", "-"): value for name, value in given.items()}
    return AppTest.from_function(script, args=(names, options), default_timeout=60).run()


def handed_on(test: AppTest) -> str:
    assert not test.exception
    return "".join(test.json[0].value.split())


def test_nothing_is_asked_where_nothing_is_open() -> None:
    test = page()
    assert (len(test.selectbox), len(test.text_input), handed_on(test)) == (0, 0, "{}")


def test_what_is_not_touched_stays_a_guess() -> None:
    assert handed_on(page(*NAMES)) == "{}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("orientation", "upright"),
        ("intensity", "full-range"),
        ("background", "none"),
        ("regions-orientation", "stored"),
        ("labels-from", "folders"),
    ],
)
def test_a_change_is_handed_on_under_the_name_of_its_option(name: str, value: str) -> None:
    test = page(*NAMES)
    fields = [*test.selectbox, *test.text_input]
    next(one for one in fields if one.label == FIELDS[name]).set_value(value)
    assert handed_on(test.run()) == f'{{"{name}":"{value}"}}'


def test_an_earlier_choice_stays_chosen() -> None:
    test = page("labels from", labels_from="folders")
    assert test.selectbox[0].value == "folders"
    assert handed_on(test) == "{}"


def test_the_rule_of_uncertain_labels_can_be_chosen() -> None:
    test = page("uncertain labels", uncertain="negative")
    assert test.selectbox[0].value == "negative"
    test.selectbox[0].set_value("positive")
    assert handed_on(test.run()) == '{"uncertain":"positive"}'


def test_advice_names_the_field() -> None:
    said = in_page("to say it: --orientation=upright")
    assert said == "to say it: upright in the field “Way up of turned pictures”"
