"""The Verdicts page: how far everybody has come, how far they agree, what to talk about first."""

from math import isfinite

import streamlit as st

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import in_percent
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.reviews.acts import LONGEST_WORD, Kind, checked_words
from gradcam_core.runs.reviews.agreement import FEWEST, Kappa, cohens, fleiss, verdicts_of
from gradcam_core.runs.reviews.meeting import Item
from gradcam_core.runs.reviews.meeting import meeting as meeting_list
from gradcam_core.runs.reviews.meeting import progress as progress_of
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_said import cue
from gradcam_core.runs.verdicts import finding_key, reviews_of
from ui import data, prose, state
from ui.reviews import shown, who

HOW = (
    "Open a picture or the gallery and press 1, 2, 3 or 4, or use the buttons; findings have theirs on "
    "their cards. Verdicts belong to the picture, so that the next audit of this project keeps them."
)
MOST_LISTED = 100
FINDINGS = "pages/5_Findings.py"


def headline(run: Run) -> None:
    """How many verdicts there are of how many people."""
    found = shown.of(run)
    if found.problem:
        st.error(prose.plain(found.problem))
    given = [act for act in found.everybody if act.verdict]
    people = {act.reviewer for act in given}
    if not given:
        prose.answer("Nobody has given a verdict yet.")
        prose.note(HOW)
        return
    prose.answer(
        f"{prose.count(len(given), 'verdict')} of {prose.count(len(people), 'person', 'people')} on "
        f"{prose.count(len({act.subject for act in given}), 'sample or finding', 'samples and findings')}."
    )


def progress(run: Run) -> None:
    """One line per reviewer: how many samples and findings, of how many, and when last."""
    rows = progress_of(shown.of(run).everybody)
    if not rows:
        return
    total = int(run.counts["samples"])
    st.header("Progress", anchor=False)
    st.table(
        [
            {
                "Reviewer": prose.plain(one.reviewer, 120),
                "Samples": f"{one.samples:,} of {total:,} ({in_percent(one.samples / total)})",
                "Findings": one.findings,
                "Last": f"{one.last[:16].replace('T', ' ')} UTC",
            }
            for one in rows
        ],
        hide_index=True,
    )


def agreement(run: Run) -> None:
    """Kappas with interval and n; in words why one is not there."""
    table = verdicts_of(shown.of(run).everybody)
    if table.shape[1] < 2:
        return
    st.header("Agreement", anchor=False)
    whole = fleiss(table)
    measures = [("Fleiss' kappa, all", whole)] if whole is not None else []
    measures += [("Cohen's kappa", one) for one in cohens(table)]
    st.table([_row(name, one) for name, one in measures] or [{"": "No two people judged the same yet."}],
             hide_index=True)  # fmt: skip
    prose.note(
        "Kappa is agreement beyond chance: 1 always the same verdict, 0 as often as by chance. Counted are "
        f"samples and findings that all named people judged; the interval needs {FEWEST} of them "
        "and more than one verdict of everybody."
    )


def _row(name: str, one: Kappa) -> dict[str, str]:
    interval = f"{one.low:.2f} to {one.high:.2f}" if isfinite(one.low) else "cannot be told"
    return {
        "Measure": name,
        "People": prose.plain(", ".join(one.reviewers), 300),
        "Kappa": f"{one.value:.2f}" if isfinite(one.value) else "not defined",
        "95 % interval": interval,
        "Same verdict": in_percent(one.same) if one.n else "–",
        "n": f"{one.n:,}",
    }


def levels(found: list[Finding]) -> dict[tuple[Kind, str], int]:
    """(kind, id) -> level of the finding, or of the strongest finding that names the sample."""
    known: dict[tuple[Kind, str], int] = {}
    for entry in found:
        known["finding", finding_key(entry)] = entry.level
        for name in entry.samples:
            known["sample", name] = max(entry.level, known.get(("sample", name), 0))
    return known


def meeting(run: Run) -> None:
    """What people see differently, in order of disagreement × evidence, with the way there."""
    found = shown.of(run)
    searched = data.searched(run)
    entries = list(searched.found) if searched and not searched.problem else []
    items = meeting_list(found.now, levels(entries))
    if not items:
        return
    st.header("To talk about", anchor=False)
    note = " Others' verdicts on what you have not judged are left out." if found.blind else ""
    prose.note(
        "In order of disagreement × evidence: the share of pairs of people that differ, times "
        f"(1 + level) / 5 of the finding, or of the strongest finding that names the sample.{note}"
    )
    names = {finding_key(entry): cue(entry) for entry in entries}
    for item in items[:MOST_LISTED]:
        _item(item, names)
    if len(items) > MOST_LISTED:
        prose.note(f"And {len(items) - MOST_LISTED:,} more; the command `verdicts` lists all.")


def _item(item: Item, names: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if item.kind == "sample":
            state.link(state.SAMPLE, item.sample, {**state.carried(), "sample": [item.sample]})
        else:
            state.link(FINDINGS, names.get(item.sample, "a finding"), state.carried())
        said = "; ".join(_told(name, item) for name in item.given)
        st.markdown(f"level {item.level} · {in_percent(item.disagreement)} differ · {prose.plain(said)}")


def _told(name: str, item: Item) -> str:
    comment = item.comments.get(name)
    return f"{name}: {item.given[name]}{f', “{comment}”' if comment else ''}"


def unplaced(run: Run) -> None:
    """Verdicts that do not count in this audit, and why."""
    found = shown.of(run)
    changed = sorted({act.sample for act in found.changed if act.kind == "sample"})
    if not changed and not found.gone:
        return
    st.header("Verdicts that do not count here", anchor=False)
    if changed:
        names = ", ".join(changed[:20]) + (" …" if len(changed) > 20 else "")
        prose.note(f"{prose.count(len(changed), 'picture')} changed since it was judged: {names}.")
    if gone := {act.subject for act in found.gone}:
        many = prose.count(len(gone), "sample or finding", "samples and findings")
        prose.note(f"{many} judged elsewhere in this project and not in this audit.")


def settings(run: Run) -> None:
    """What holds for the whole project: the four words, and whether reading is blind."""
    found = shown.of(run)
    with st.expander("How this project is read", icon=":material/tune:"):
        key = state.seeded("reviews_blind", found.blind)
        st.toggle(
            "Blind: others' verdicts are shown once your own is given", key=key,
            on_change=state.on_choice(key, lambda value: _set(run, "blind", bool(value))),
        )  # fmt: skip
        with st.form("reviews_words"):
            words = [
                st.text_input(f"Word on key {number}", word, max_chars=LONGEST_WORD)
                for number, word in enumerate(found.words, 1)
            ]
            st.caption("Verdicts that were given keep the word they were given with.")
            if st.form_submit_button("Use these words"):
                _set(run, "words", list(checked_words(words)))
                st.rerun()
    if problem := state.kept("reviews_setting", ""):
        st.error(prose.plain(problem))


def _set(run: Run, name: str, value: object) -> None:
    try:
        reviews_of(run).set(run.name, name, value, who.reviewer())
        state.keep("reviews_setting", "")
    except AuditError as error:
        state.keep("reviews_setting", f"Not set: expected {error.expected}; found {error.found}.")
