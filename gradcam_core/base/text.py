"""Words out of files, made safe to print: no control characters, never longer than a line or two."""

import re
from math import ceil, floor, isnan

LONGEST = 120  # characters of one name
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_MARKS = frozenset("\\`*_{}[]()<>#+-.!|$~:&=^")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """Without what moves a terminal's cursor, changes its colours or turns the reading direction.

    Line ends and tabs become blanks; every other control character becomes ``?``.
    """
    return _CONTROL.sub(lambda found: " " if found[0] in "\t\n\r" else "?", text)


def short(text: object, most: int = LONGEST) -> str:
    """:func:`clean`, and cut in the middle to ``most`` characters."""
    said = clean(str(text))
    half = (most - 1) // 2
    return said if len(said) <= most else f"{said[:half]}…{said[-half:]}"


def no_formula(value: object) -> object:
    """A cell of a CSV file that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def no_markdown(text: object) -> str:
    """Text that Markdown shows as it is: every sign that could be mark-up has a backslash before it."""
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in clean(str(text)))


def percent(share: float) -> str:
    """'94', '99.6', '0.3': what is not all is never 100, what is not nothing never 0; '–' for NaN."""
    if isnan(share):
        return "–"
    if 0.995 <= share < 1:
        return f"{floor(1000 * share) / 10:.1f}"
    if 0 < share < 0.005:
        return f"{ceil(1000 * share) / 10:.1f}"
    return f"{100 * share + 0.0:.0f}"


def in_percent(share: float) -> str:
    """As :func:`percent` with its sign, '94 %'; '–' for NaN."""
    return "–" if isnan(share) else f"{percent(share)} %"


def rounded(score: float) -> str:
    """4.21, 27.9, 1,276: scores range widely and only their order counts."""
    return f"{score:.2f}" if abs(score) < 10 else f"{score:.1f}" if abs(score) < 100 else f"{score:,.0f}"
