"""The verdict on a finding, on its card: the project's words, a comment, what others say."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.reviews.acts import LONGEST_COMMENT, Act
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import finding_key
from ui import access, prose, state
from ui.reviews import record, shown, who
from ui.reviews.shown import Shown


def begin(run: Run) -> None:
    """Once per page, before the cards: who reads, what waited for a name or a database, what is wrong."""
    who.ask()
    who.ask_if_needed()
    record.again(run)
    if problem := shown.of(run).problem or record.outcome()[1]:
        st.warning(prose.plain(problem), icon=":material/cloud_off:")


def judge(run: Run, number: int, entry: Finding) -> None:
    """The reader's verdict on a finding, and the others'."""
    found, name = shown.of(run), finding_key(entry)
    if access.may("reader"):
        _own(run, number, found, name)
    for line in others(found, name, who.reviewer()):
        prose.note(line)


def _own(run: Run, number: int, found: Shown, name: str) -> None:
    mine = found.mine.get(("finding", name), ())
    now = mine[-1] if mine else None
    verdict, comment = (now.verdict, now.comment) if now else ("", "")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = list(dict.fromkeys([*found.words, *([verdict] if verdict else [])]))
        key = state.seeded(f"verdict-{number}", verdict or None)
        st.segmented_control(
            "Your verdict on this finding", words, key=key,
            on_change=_writes(run, key, name, lambda value: {"verdict": value, "comment": comment}),
        )  # fmt: skip
        key = state.seeded(f"comment-{number}", comment)
        st.text_input(
            "Comment", key=key, max_chars=LONGEST_COMMENT, placeholder="why", width=320,
            on_change=_writes(run, key, name, lambda value: {"verdict": verdict, "comment": value}),
        )  # fmt: skip
        if now is not None:
            st.button(
                "Undo", key=f"undo-{number}", icon=":material/undo:", on_click=_send,
                args=(run, name, {"undoes": now.id}),
            )  # fmt: skip


def others(found: Shown, name: str, reader: str) -> list[str]:
    """What others say of a finding; that they said something where it is hidden; that it has changed."""
    lines = [said(act) for act in found.of("finding", name) if act.reviewer != reader]
    if hidden := found.hidden.get(("finding", name), 0):
        lines.append(f"{prose.count(hidden, 'other')} judged this; shown once you have given your verdict.")
    before = [act for act in found.changed if (act.kind, act.sample) == ("finding", name)]
    if before and not found.blind:
        told = "; ".join(said(act) for act in before[-3:])
        lines.append(f"Of this finding as it stood in another search or audit: {told}.")
    return lines


def said(act: Act) -> str:
    """'Ana: unsure, “too few pictures”'."""
    parts = [act.verdict, f"“{act.comment}”" if act.comment else ""]
    return f"{act.reviewer}: {', '.join(part for part in parts if part) or 'took it back'}"


def _writes(run: Run, key: str, name: str, act: Callable[[str], dict[str, str]]) -> Callable[[], None]:
    return state.on_choice(key, lambda value: _send(run, name, act(str(value or "").strip())))


def _send(run: Run, name: str, act: dict[str, Any]) -> None:
    record.take(run, [{"id": uuid4().hex, "sample": name, **act}], "finding")
