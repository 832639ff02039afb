"""What was found in a data set, in the words of the command that found it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import prose
from ui.analyse.wording import sentence
from ui.jobs import Job
from ui.values import decoded

Row = Mapping[str, Any]
MAY = (
    "A model may use what is named here; only an audit of a model shows whether it does. Copies that were "
    "turned, mirrored or cropped are not found."
)
PROBES = {
    "border": "Border alone",
    "background": "Background alone",
    "look": "Look alone",
    "file": "File alone",
}


def found(job: Job) -> None:
    """Sentences first, then the tables behind them."""
    document = job.result or {}
    splits = ", ".join(f"{name} {count:,}" for name, count in dict(document.get("splits", {})).items())
    st.header("What the pictures give away", anchor=False)
    prose.facts(
        [
            str(document.get("name", "")),
            prose.count(int(document.get("samples", 0)), "sample"),
            splits,
            f"{document['unlabelled']:,} unlabelled" if document.get("unlabelled") else "",
        ]
    )
    for text in document.get("said", ()):
        prose.said(f"{sentence(str(text))}.")
    prose.note(MAY)
    _probes(list(document.get("probes", ())))
    _pairs(list(document.get("pairs", ())), int(dict(document.get("copies", {})).get("all", 0)))
    _table("Classes and splits", list(document.get("classes", ())))
    _table("Columns that go with the label", list(document.get("columns", ())))
    _files(document)


def _probes(rows: Sequence[Row]) -> None:
    if not rows:
        return
    st.subheader("How well the label can be read from", anchor=False)
    for column, row in zip(st.columns(len(rows), gap="medium"), rows, strict=True):
        low, high, majority = (100 * float(row[name]) for name in ("low", "high", "majority"))
        with column, st.container(border=True, height="stretch"):
            st.metric(
                PROBES.get(str(row["name"]), str(row["name"])), f"{100 * float(row['accuracy']):.0f} %"
            )
            prose.note(f"{low:.0f}–{high:.0f} % (95 %); the largest class {majority:.0f} %; n = {row['n']}")
            prose.note(str(row["short"]))


def _pairs(rows: Sequence[Row], count: int) -> None:
    if not rows:
        return
    st.subheader(prose.count(count, "copy", "copies"), anchor=False)
    shown = [row for row in rows if row["pictures"]]
    for column, row in zip(st.columns(max(3, len(shown)), gap="small"), shown, strict=False):
        with column:
            _pair(row)
    table = [{**_sides(row), "Bytes": "equal" if row["identical"] else "differ"} for row in rows]
    st.dataframe(table, hide_index=True)
    if count > len(rows):
        prose.note(f"The first {len(rows):,}; those across classes and splits come first.")


def _pair(row: Row) -> None:
    pictures = [picture for picture in map(decoded, row["pictures"]) if picture]
    if pictures:
        st.image(pictures, width=64)
    told = [f"{row['first'][name]} and {row['second'][name]}" for name in _differing(row)]
    prose.note(", ".join(told) or "same class, same split")


def _differing(row: Row) -> list[str]:
    return [name for name, key in (("label", "classes"), ("split", "splits")) if row[key]]


def _sides(row: Row) -> dict[str, str]:
    first, second = row["first"], row["second"]
    return {
        **{"File": str(first["path"]), "Label": str(first["label"]), "Split": str(first["split"])},
        **{
            "Copy": str(second["path"]),
            "Its label": str(second["label"]),
            "Its split": str(second["split"]),
        },
    }


def _table(title: str, rows: Sequence[Row]) -> None:
    if rows:
        st.subheader(title, anchor=False)
        st.dataframe([dict(row) for row in rows], hide_index=True)


def _files(document: Row) -> None:
    left = [
        {"Column": name, "Reason": why} for name, why in dict(document.get("columns_left_out", {})).items()
    ]
    lists: dict[str, list[Row]] = {
        "cannot be read": list(document.get("unreadable", ())),
        "black, white or of one colour": [{"File": path} for path in document.get("blank", ())],
    }
    for said, rows in lists.items():
        if rows:
            with st.expander(f"{prose.count(len(rows), 'file')} {said}"):
                st.dataframe([dict(row) for row in rows], hide_index=True)
    if left:
        with st.expander(f"{prose.count(len(left), 'column')} not compared"):
            st.dataframe(left, hide_index=True)
