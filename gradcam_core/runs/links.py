"""The filter words of the gallery's address for commands and Python: ``outcome=wrong&label=cat``."""

from urllib.parse import parse_qs, urlsplit

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short
from gradcam_core.runs.filters import KEY_OF, Filters, from_query
from gradcam_core.runs.queries import Rows, select
from gradcam_core.runs.store import Run

WORDS = (*KEY_OF.values(), "q", "sort", "order")
HOW = f"words out of {', '.join(WORDS)}, in.COLUMN=LOW..HIGH and is.COLUMN=VALUE, joined by &"


def asked_rows(run: Run, where: str) -> Rows:
    """(n,) row positions of the samples that ``where`` asks for, in its order.

    Args:
        run: finished.
        where: the words after the question mark of a gallery's address, or the whole address; "" for all.

    Raises:
        AuditError: a word, column or value that the run does not have; nothing is left out in silence.
    """
    query = _parsed(run, where)
    filters, notes = from_query(query, run.table)
    if notes:
        raise AuditError(f"filters that fit the run {run.id}", "; ".join(map(short, notes)), f"use {HOW}")
    sort = query.get("sort", [""])[0]
    if sort and sort not in run.table:
        raise AuditError("a column of the run after sort=", repr(short(sort)), "take one of its table")
    return select(run.table, filters, sort, query.get("order", [""])[0] == "desc")


def filters_of(run: Run, where: str) -> Filters:
    """The same as filters."""
    return from_query(_parsed(run, where), run.table)[0]


def _parsed(run: Run, where: str) -> dict[str, list[str]]:
    address, mark, words = where.partition("?")
    query = parse_qs(words if mark else address, keep_blank_values=True)
    if where and not query:
        raise AuditError(f"filters such as outcome=wrong&label=cat: {HOW}", repr(short(where)))
    if "view" in query:
        found = "view=, a selection that only its dashboard knows"
        raise AuditError("filters that anybody can read", found, "use ids=ID&ids=ID or other filters")
    if (other := query.get("run", [run.id])[0]) != run.id:
        raise AuditError(f"an address of the run {run.id}", f"one of {short(other)}", "open that run")
    unknown = [] if mark and urlsplit(where).query else [key for key in query if not _is_known(key)]
    if unknown:
        raise AuditError(f"filters: {HOW}", repr(short(unknown[0])), "correct the word")
    return query


def _is_known(key: str) -> bool:
    return key in (*WORDS, "run", "maps") or key.startswith(("in.", "is."))
