"""The gallery's order with the filters by verdict and reviewer, which are no columns of the run's table."""

from dataclasses import replace

import streamlit as st

from gradcam_core.runs.filters import Filters
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run
from ui import data
from ui.reviews import shown
from ui.reviews.shown import Shown


def order(run: Run, filters: Filters, sort: str, descending: bool) -> Rows:
    """Row positions of the matching samples, in order; verdicts as this reader may see them."""
    if not (filters.verdicts or filters.reviewers):
        return data.order(run, filters, sort, descending)
    rows = data.order(run, replace(filters, verdicts=(), reviewers=()), sort, descending)
    wanted = judged(shown.of(run), filters)
    kept = data.table(run)["sample_id"].isin(wanted).to_numpy(dtype=bool)
    return rows[kept[rows]]


def judged(found: Shown, filters: Filters) -> set[str]:
    """Ids of the samples on which one of these reviewers gave one of these verdicts; empty means any."""
    return {
        act.sample
        for act in found.now
        if act.kind == "sample" and act.verdict
        if not filters.verdicts or act.verdict in filters.verdicts
        if not filters.reviewers or act.reviewer in filters.reviewers
    }


def choices(run: Run, filters: Filters) -> tuple[list[str], list[str]]:
    """(verdicts, reviewers) that one can filter by: what occurs, and what the link asks for."""
    found = shown.of(run)
    given = [act for act in found.now if act.kind == "sample" and act.verdict]
    verdicts = [*found.words, *sorted({act.verdict for act in given}), *filters.verdicts]
    reviewers = [*sorted({act.reviewer for act in given}), *filters.reviewers]
    return list(dict.fromkeys(verdicts)) if given or filters.verdicts else [], list(
        dict.fromkeys(reviewers)
    )


def note(run: Run) -> None:
    """Which verdicts do not hold here, because the picture under their name is another one now."""
    changed = sorted({act.sample for act in shown.of(run).changed if act.kind == "sample"})
    if changed:
        names = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        st.caption(f"Changed since they were judged, so that their verdicts do not count: {names}.")
