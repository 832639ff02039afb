"""The gallery's order with the filters by what people said, which are no columns of the run's table."""

from collections.abc import Iterable, Iterator

import numpy as np
import streamlit as st

from gradcam_core.runs.filters import JUDGING, Filters
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import Run
from ui import data
from ui.reviews import shown, who
from ui.reviews.shown import Shown

BY_NOBODY, NOT_BY_YOU, _ = JUDGING


def order(run: Run, filters: Filters, sort: str, descending: bool) -> Rows:
    """Row positions of the matching samples, in order; verdicts as this reader may see them."""
    if not filters.of_people:
        return data.order(run, filters, sort, descending)
    rows = data.order(run, filters.without_people(), sort, descending)
    found = shown.of(run)
    names = data.table(run)["sample_id"]
    kept = np.ones(len(names), dtype=bool)
    if filters.verdicts or filters.reviewers:
        kept &= names.isin(judged(found, filters)).to_numpy(dtype=bool)
    if filters.judging:
        sets = [judging(found, how, who.reviewer()) for how in filters.judging]
        kept &= np.logical_or.reduce([names.isin(ids).to_numpy(dtype=bool) == meets for ids, meets in sets])
    return rows[kept[rows]]


def judged(found: Shown, filters: Filters) -> set[str]:
    """Ids of the samples on which one of these reviewers gave one of these verdicts; empty means any."""
    return {
        act.sample
        for act in _on_samples(found.now)
        if not filters.verdicts or act.verdict in filters.verdicts
        if not filters.reviewers or act.reviewer in filters.reviewers
    }


def judging(found: Shown, how: str, reader: str) -> tuple[set[str], bool]:
    """(ids, True) of the samples that were judged in this way; (ids, False): of all but these.

    That somebody judged a sample is no secret in blind reading; how they did is.
    """
    if how == BY_NOBODY:
        return {act.sample for act in _on_samples(found.everybody)}, False
    if how == NOT_BY_YOU:
        return {act.sample for act in _on_samples(found.everybody) if act.reviewer == reader}, False
    given: dict[str, set[str]] = {}
    for act in _on_samples(found.now):
        given.setdefault(act.sample, set()).add(act.verdict)
    return {name for name, words in given.items() if len(words) > 1}, True


def _on_samples(acts: Iterable[Act]) -> Iterator[Act]:
    return (act for act in acts if act.kind == "sample" and act.verdict)


def choices(run: Run, filters: Filters) -> tuple[list[str], list[str]]:
    """(verdicts, reviewers) that one can filter by: what occurs, and what the link asks for."""
    found = shown.of(run)
    given = list(_on_samples(found.now))
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
