"""Verdicts as the gallery's component draws them. Plain values."""

from collections.abc import Iterable
from typing import Any

from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import Run
from ui import access
from ui.reviews import record, shown, who
from ui.reviews.shown import Shown


def payload(run: Run, sample_ids: Iterable[str]) -> dict[str, Any]:
    """What the component needs to show verdicts on these samples and to take new ones."""
    found = shown.of(run)
    saved, problem = record.outcome()
    return {
        "run": run.id,
        "words": list(found.words),
        "may": access.may("reader"),
        "account": access.identity(),
        "reviewer": who.reviewer(),
        "saved": saved,
        "problem": found.problem or problem,
        "of": of_samples(found, sample_ids, who.reviewer()),
    }


def of_samples(found: Shown, sample_ids: Iterable[str], reader: str) -> dict[str, dict[str, Any]]:
    """Sample id -> own acts (oldest first), what others say, how many are hidden, whether it changed."""
    others: dict[str, list[Act]] = {}
    for act in found.now:
        if act.kind == "sample" and act.reviewer != reader:
            others.setdefault(act.sample, []).append(act)
    changed = {act.sample for act in found.changed if act.kind == "sample"}
    return {
        name: {
            "mine": [_own(act) for act in found.mine.get(("sample", name), ())],
            "others": [_other(act) for act in others.get(name, ())],
            "hidden": found.hidden.get(("sample", name), 0),
            "changed": name in changed,
        }
        for name in sample_ids
    }


def _own(act: Act) -> dict[str, str]:
    return {"id": act.id, "verdict": act.verdict, "comment": act.comment}


def _other(act: Act) -> dict[str, str]:
    return {name: getattr(act, name) for name in ("reviewer", "verdict", "comment", "time")}
