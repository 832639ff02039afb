"""What the network gets is shown with label and path; three things to do at most stand open."""

import base64

import numpy as np
from streamlit.testing.v1 import AppTest

from gradcam_core.images import encode_png
from tests.ui.app_pages import sound, text_of

PNG = base64.b64encode(encode_png(np.full((4, 4, 3), 90, np.uint8))).decode()
SHOWN = [
    {"path": "a/*b*.png", "label": "cat", "words": "values 0 to 1", "png": PNG},
    {"path": "x.png", "label": None, "words": "not a picture", "png": ""},
]


def _seen(shown: list[dict[str, str | None]]) -> None:
    from ui.analyse.seen import seen

    seen(shown)


def _warned(texts: list[str], alarms: list[str]) -> None:
    from ui.analyse.understood import warn

    warn(texts, alarms)


def test_inputs_are_seen_with_label_and_path() -> None:
    test = sound(AppTest.from_function(_seen, args=(SHOWN,)).run())
    assert len(test.get("image")) == 1, "what cannot be read has no picture"
    assert [one.value for one in test.markdown] == ["**cat**", "**no label**"]
    said = text_of(test)
    assert all(part in said for part in ("values 0 to 1", "a/*b*.png", "not a picture"))


def test_where_samples_are_no_pictures_nothing_is_shown() -> None:
    test = sound(AppTest.from_function(_seen, args=([],)).run())
    assert not test.subheader and not test.get("image")


def test_three_things_to_do_at_most_and_the_rest_behind_a_click() -> None:
    test = sound(AppTest.from_function(_warned, args=(["one", "two", "three"], ["alarm"])).run())
    assert [one.value for one in test.warning] == ["One", "Two"]
    assert [one.label for one in test.expander] == ["1 more remark on what was understood"]
    assert "Three" in [one.value for one in test.expander[0].markdown]
