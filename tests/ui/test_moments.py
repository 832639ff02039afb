"""Times in the reader's zone."""

from zoneinfo import ZoneInfo

import pytest
import streamlit as st

from ui.moments import moment, short_moment, zone

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("2026-11-30T23:57:12+00:00", BERLIN, "2026-12-01 00:57 CET"),
        ("2026-07-01T10:00:00", BERLIN, "2026-07-01 12:00 CEST"),
        ("2026-07-01T10:00:00.000001Z", KOLKATA, "2026-07-01 15:30 IST"),
        ("2026-07-01T10:00:00+00:00", None, "2026-07-01 10:00 UTC"),
        ("yesterday", BERLIN, "yesterday"),
    ],
)
def test_a_time_is_told_with_its_zone(text: str, where: ZoneInfo | None, said: str) -> None:
    assert moment(text, where) == said


def test_lists_are_short() -> None:
    assert short_moment("2026-11-30T23:57:12+00:00", BERLIN) == "12-01 00:57"


@pytest.mark.parametrize("said", [None, "", "Mars/Crater", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_utc(said: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: said))
    assert zone().utcoffset(None) is None or str(zone()) == "UTC"
    assert moment("2026-07-01T10:00:00") == "2026-07-01 10:00 UTC"
