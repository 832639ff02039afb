"""Acts that the browser or a form sends: checked, given a reviewer and a content, added to the database."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.acts import Act, Kind, utc
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import contents, finding_contents, reviews_of
from ui import access, data, state
from ui.reviews import who

SAVED, PROBLEM, WAITING = "reviews_saved", "reviews_problem", "reviews_waiting"
ASKED = "reviewer_asked"
MOST_AT_ONCE = 1_000  # acts of one message
REMEMBERED = 60  # ids of acts that the browser is told about
TEXTS = ("id", "sample", "verdict", "comment", "undoes")
UNREADABLE = "What was judged cannot be read now, so that nobody could say later what it was: no verdict."


@access.needs("reader")
def take(run: Run, sent: Any, kind: Kind = "sample") -> None:
    """Record what the browser sent, a list of acts; what became of it stands in :func:`outcome`.

    Acts on samples wait in the browser (``ui/gallery/queue.js``), those on findings in the session.
    """
    acts = _checked(sent)
    if not acts:
        return
    reader = who.reviewer()
    waiting = [*_waiting(run), *acts] if kind == "finding" else []
    state.keep(WAITING, (run.id, waiting))
    if not reader:
        state.keep(ASKED, True)
        return
    now = _contents(run, kind, {act["sample"] for act in acts})
    start = datetime.now(UTC)
    try:
        made = [
            Act(
                project=run.name, hash=now[act["sample"]], reviewer=reader, run=run.id, kind=kind,
                time=utc(start + timedelta(microseconds=number)), **act,
            )
            for number, act in enumerate(acts)
            if act["sample"] in now
        ]  # fmt: skip
        reviews_of(run).record_all(made)
    except AuditError as error:
        state.keep(PROBLEM, f"Not kept yet: expected {error.expected}; found {error.found}.")
        return
    state.keep(WAITING, (run.id, []))
    state.keep(PROBLEM, "" if len(made) == len(acts) else UNREADABLE)
    done = [*state.kept(SAVED, ()), *(act["id"] for act in acts)]
    state.keep(SAVED, tuple(done[-max(REMEMBERED, len(acts)) :]))


def again(run: Run) -> None:
    """Try once more what waited for the reader's name or for the database."""
    if who.reviewer() and access.may("reader") and (acts := _waiting(run)):
        state.keep(WAITING, (run.id, []))
        take(run, acts, "finding")


def _waiting(run: Run) -> list[dict[str, str]]:
    of, acts = state.kept(WAITING, ("", []))
    return list(acts) if of == run.id else []


def outcome() -> tuple[list[str], str]:
    """(ids of the acts that need not be sent again, why others were not kept)."""
    return list(state.kept(SAVED, ())), str(state.kept(PROBLEM, ""))


def _contents(run: Run, kind: Kind, names: set[str]) -> Mapping[str, str]:
    if kind == "sample":
        return contents(run, data.table(run), names, paths.roots_of_pages())
    searched = data.searched(run)
    return finding_contents(searched.found if searched else ())


def _checked(sent: Any) -> Sequence[dict[str, str]]:
    """What the browser sends is checked, not believed: entries that are no acts are dropped."""
    rows = sent if isinstance(sent, list) else []
    found = [{name: row.get(name, "") for name in TEXTS} for row in rows if isinstance(row, Mapping)]
    return [row for row in found if _is_act(row)][:MOST_AT_ONCE]


def _is_act(row: Mapping[str, Any]) -> bool:
    most = {"id": 64, "sample": 10_000, "verdict": 60, "comment": 4_000, "undoes": 64}
    texts = all(isinstance(value, str) and len(value) <= most[name] for name, value in row.items())
    return texts and bool(row["id"].strip()) and bool(row["sample"].strip())
