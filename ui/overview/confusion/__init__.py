"""The confusion matrix as a table of buttons: each cell opens the samples it counts."""

from pathlib import Path
from typing import Any

import streamlit as st

from gradcam_core.runs.queries import Filters
from gradcam_core.runs.summary import OTHERS, Confusion

HERE = Path(__file__).parent
_matrix = st.components.v2.component(
    "gradcam_confusion",
    html='<div class="matrix"></div>',
    css=(HERE / "matrix.css").read_text(encoding="utf-8"),
    js=(HERE / "matrix.js").read_text(encoding="utf-8"),
)


def show(found: Confusion, key: str = "confusion") -> tuple[int, int] | None:
    """Draw the matrix; returns (row, column) of the cell that was pressed just now, else None."""
    result = _matrix(key=key, data=payload(found), on_cell_change=lambda: None)
    return pressed(found, result.get("cell"))


def payload(found: Confusion) -> dict[str, Any]:
    """What the browser draws. Names travel as data and are written as text, never as markup."""
    return {
        "labels": [_name(found, label) for label in found.rows],
        "counts": found.counts.tolist(),
        "folded": len(found.rows) - 1 if found.folded else -1,
    }


def pressed(found: Confusion, event: Any) -> tuple[int, int] | None:
    """The pressed cell out of what the browser sent, None where that is not a cell with samples."""
    try:
        row, column = int(event["row"]), int(event["column"])
        return (row, column) if row >= 0 <= column and found.counts[row, column] > 0 else None
    except (TypeError, KeyError, ValueError, IndexError):
        return None


def filters_of(found: Confusion, row: int, column: int, class_names: tuple[str, ...]) -> Filters:
    """The samples of one cell; a folded row or column stands for every class that is not shown."""
    return Filters(labels=_names(found, row, class_names), predicted=_names(found, column, class_names))


def largest_errors(found: Confusion, most: int = 5) -> list[tuple[int, int, int]]:
    """(row, column, count) of the largest cells off the diagonal, largest first."""
    cells = [
        (row, column, int(found.counts[row, column]))
        for row in range(len(found.rows))
        for column in range(len(found.columns))
        if row != column and found.counts[row, column]
    ]
    return sorted(cells, key=lambda cell: -cell[2])[:most]


def _name(found: Confusion, label: str) -> str:
    return f"{found.folded} other classes" if label == OTHERS else label


def _names(found: Confusion, index: int, class_names: tuple[str, ...]) -> tuple[str, ...]:
    label = found.rows[index]
    if label != OTHERS:
        return (label,)
    return tuple(name for name in class_names if name not in found.rows)
