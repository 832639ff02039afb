"""Times in the reader's zone, as the browser says it; files, exports and addresses keep UTC."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def zone() -> tzinfo:
    """The browser's zone; UTC where it says none or one that is not known here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def moment(text: str, where: tzinfo | None = None) -> str:
    """'2026-11-30T23:57:12+00:00' as '2026-12-01 00:57 CET'; what is no time stays as it is."""
    found = _read(text, where)
    return text if found is None else f"{found:%Y-%m-%d %H:%M} {found.tzname() or ''}".rstrip()


def short_moment(text: str, where: tzinfo | None = None) -> str:
    """The same for lists: '12-01 00:57'."""
    found = _read(text, where)
    return text if found is None else f"{found:%m-%d %H:%M}"


def _read(text: str, where: tzinfo | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(where or zone())
