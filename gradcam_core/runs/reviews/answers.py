"""``answers.json``, written by a report that was read without a server -> acts of that reader."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short
from gradcam_core.runs.reviews.acts import JUDGED, Act, is_text

FORMAT = 1
AGAIN = "save the answers again from the report"


def acts_of(answers: Any, project: str) -> list[Act]:
    """The acts of ``{"format": 1, "run", "reviewer", "acts": [{"sample", "hash", "verdict", …}]}``.

    The same answers always give the same ids, so that a file imported twice adds nothing. Optional keys
    of an act: ``comment``, ``kind`` (sample, where it is absent).

    Raises:
        AuditError: another format, or an act that is none; it says which.
    """
    if not isinstance(answers, Mapping) or answers.get("format") != FORMAT:
        found = answers.get("format") if isinstance(answers, Mapping) else answers
        raise AuditError(f'answers with "format": {FORMAT}', short(found), AGAIN)
    rows = answers.get("acts")
    if not isinstance(rows, list):
        raise AuditError('a list "acts" in the answers', short(rows), AGAIN)
    common = {"project": project, "run": answers.get("run"), "reviewer": answers.get("reviewer")}
    return [_act(row, number, common) for number, row in enumerate(rows, 1)]


def _act(row: Any, number: int, common: Mapping[str, Any]) -> Act:
    where = f"act {number} of the answers"
    if not isinstance(row, Mapping):
        raise AuditError(f"{where} to be an object", short(row), AGAIN)
    values = {name: row.get(name, "") for name in ("sample", "hash", "verdict", "comment", "time")}
    values |= {**common, "kind": row.get("kind", JUDGED[0])}
    if wrong := next((name for name, value in values.items() if not isinstance(value, str)), None):
        raise AuditError(f"{wrong} of {where} to be text", short(values[wrong]), AGAIN)
    if wrong := next((name for name, value in values.items() if not is_text(value)), None):
        raise AuditError(f"{wrong} of {where} without control characters", short(values[wrong]), AGAIN)
    if values["kind"] not in JUDGED:
        raise AuditError(f"{where} to be on a {' or '.join(JUDGED)}", short(values["kind"]), AGAIN)
    if not values["hash"]:
        raise AuditError(f"the hash of what was judged in {where}", "none", AGAIN)
    text = "\x1f".join(values[name] for name in sorted(values))
    try:
        return Act(**values, id=sha256(text.encode()).hexdigest()[:32])
    except AuditError as error:
        raise AuditError(f"in {where} {error.expected}", error.found, AGAIN) from error
