"""Single values of a table: NaN and null become None, so that they can be asked for and sent as JSON."""

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd


def number(value: Any) -> float | None:
    """A finite number, or None for NaN, null and infinities (JSON has none of them)."""
    if value is None or value is pd.NA:
        return None
    return float(value) if math.isfinite(float(value)) else None


def text(value: Any) -> str | None:
    """A word, or None for null."""
    return None if value is None or pd.isna(value) else str(value)


def decoded(data: object) -> bytes:
    """The bytes of a picture that a command wrote as base64; none where that is damaged."""
    try:
        return base64.b64decode(str(data or ""), validate=True)
    except binascii.Error:
        return b""


def carried(point: Mapping[str, Any]) -> list[Any]:
    """What a chosen mark or bar of a figure carries; several arrive as {"0": …, "1": …}."""
    data = point.get("customdata") or []
    return list(data.values()) if isinstance(data, Mapping) else list(data)


def flag(value: Any) -> bool | None:
    """Three-valued: None where the question has no answer."""
    return None if value is None or pd.isna(value) else bool(value)
