"""Named views of a project's samples: the rule, not the rows; and how readers share the pictures. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short

PREFIX = "view "  # of the names of settings that are views
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_RULE = 80, 400, 8_000  # characters
MOST_READERS = 200


@dataclass(frozen=True)
class View:
    """Samples that somebody gave a name.

    Attributes:
        name: of the view; one per project.
        query: its rule, as query-string values of the gallery: filters, and an order if there is one.
        description: what it is for.
        reader: whose reading it is, "" for nobody's.
    """

    name: str
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    description: str = ""
    reader: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise AuditError("a name for the view", "none", "write one")
        for value, most in ((self.name, LONGEST_NAME), (self.description, LONGEST_DESCRIPTION)):
            if len(value) > most:
                raise AuditError(f"at most {most} characters", repr(short(value)), "shorten it")
        if (size := sum(len(one) for values in self.query.values() for one in values)) > LONGEST_RULE:
            raise AuditError(
                f"a rule of at most {LONGEST_RULE:,} characters", f"{size:,}",
                "filter by class, outcome or score instead of by single samples",
            )  # fmt: skip

    @property
    def setting(self) -> str:
        """The name of the setting that holds it: two people who keep two views keep both."""
        return PREFIX + hashlib.sha256(self.name.encode()).hexdigest()[:24]

    def stored(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "query": {key: list(values) for key, values in self.query.items()}}


def views_of(settings: Mapping[str, Any]) -> list[View]:
    """The views of a project by name, out of its settings; what is no view is left out."""
    entries = [value for name, value in settings.items() if name.startswith(PREFIX)]
    found = [view for entry in entries if isinstance(entry, Mapping) and (view := _view(entry))]
    return sorted(found, key=lambda view: view.name.casefold())


def _view(entry: Mapping[str, Any]) -> View | None:
    try:
        query = {str(key): tuple(map(str, values)) for key, values in dict(entry["query"]).items()}
        texts = [str(entry.get(name, "")) for name in ("description", "reader")]
        return View(str(entry["name"]), query, *texts)
    except (AuditError, LookupError, TypeError, ValueError):
        return None


def assigned(
    readers: Sequence[str], each: int = 1, base: Mapping[str, Sequence[str]] | None = None
) -> list[View]:
    """One view per reader; together they hold every picture ``each`` times.

    Args:
        readers: their names.
        each: how many of them read each picture. Only what two read tells how far they agree.
        base: the rule of all pictures that are to be read, as in a view; all by default.

    Raises:
        AuditError: nobody, a name twice, or more readings of a picture than readers.
    """
    names = [name.strip() for name in readers if name.strip()]
    if not names or len(set(names)) < len(names) or len(names) > MOST_READERS:
        raise AuditError(
            f"1 to {MOST_READERS} different names of readers", ", ".join(names) or "none", "name them"
        )
    if not 1 <= each <= len(names):
        raise AuditError(f"1 to {len(names)} readers for each picture", str(each), "choose another number")
    return [
        View(f"Reading of {name}"[:LONGEST_NAME], {**(base or {}), "part": _parts(place, each, len(names))},
             _told(each, len(names)), name)
        for place, name in enumerate(names)
    ]  # fmt: skip


def _parts(place: int, each: int, of: int) -> tuple[str, ...]:
    """The parts of one reader: its own and the following ones; all of them where everybody reads all."""
    return () if each == of else tuple(f"{(place + step) % of + 1}/{of}" for step in range(each))


def _told(each: int, of: int) -> str:
    if each == of:
        return "Everybody reads every picture."
    return f"Shared among {of} readers; each picture is read by {each}."
