"""One act: who said what of which sample or finding, and when. A later one supersedes an earlier one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, get_args
from uuid import uuid4

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short

Kind = Literal["sample", "finding", "region", "shared region"]
KINDS: tuple[Kind, ...] = get_args(Kind)
JUDGED: tuple[Kind, ...] = ("sample", "finding")  # what verdicts are given on
EVERY = "*"  # in place of a sample: a region for all pictures without one of their own
WORDS = ("shortcut", "acceptable context", "label error", "unsure")
LONGEST_WORD, LONGEST_NAME, LONGEST_COMMENT = 60, 120, 4_000  # characters
LONGEST_OUTLINE = 200_000  # characters of JSON
TEXTS = (
    *("project", "sample", "hash", "reviewer", "verdict", "comment", "run", "id", "undoes", "outline"),
)


@dataclass(frozen=True)
class Act:
    """What one reviewer said once.

    Attributes:
        project: name of the project.
        sample: id of the sample; of a finding, the key of :func:`gradcam_core.runs.verdicts.finding_key`.
        hash: of the content that was judged, so that another picture under the same id is noticed.
        reviewer: who said it.
        verdict: one of the project's words; "" is none (cleared, or a comment alone).
        comment: in the reviewer's words.
        time: ISO 8601 in UTC with microseconds; texts in this form sort as times do.
        run: id of the run that was looked at.
        kind: sample or finding; region, where the object is on a sample; shared region, on all pictures.
        id: made by whoever made the act. The same id sent twice is one act.
        undoes: id of the act that this one takes back, else "".
        outline: of a region, JSON of closed polygons (:mod:`gradcam_core.runs.reviews.regions`); "" none.
    """

    project: str
    sample: str
    hash: str
    reviewer: str
    verdict: str = ""
    comment: str = ""
    time: str = field(default_factory=lambda: utc(datetime.now(UTC)))
    run: str = ""
    kind: Kind = "sample"
    id: str = field(default_factory=lambda: uuid4().hex)
    undoes: str = ""
    outline: str = ""

    def __post_init__(self) -> None:
        for name, most in (("reviewer", LONGEST_NAME), ("sample", 10_000), ("project", 10_000), ("id", 64)):
            value = getattr(self, name)
            if not isinstance(value, str) or not value.strip() or len(value) > most:
                raise AuditError(
                    f"a {name} of 1 to {most} characters", repr(short(value)), "correct the act"
                )
        for name, most in (
            ("verdict", LONGEST_WORD),
            ("comment", LONGEST_COMMENT),
            ("hash", 200),
            ("outline", LONGEST_OUTLINE),
        ):
            value = getattr(self, name)
            if not isinstance(value, str) or len(value) > most:
                raise AuditError(f"a {name} of at most {most} characters", repr(short(value)), "shorten it")
        for name in TEXTS:
            if not is_text(getattr(self, name)):
                raise AuditError(
                    f"a {name} of letters that any database keeps",
                    repr(short(getattr(self, name))),
                    "retype it",
                )
        if self.kind not in KINDS:
            raise AuditError(f"a kind out of {', '.join(KINDS)}", repr(short(self.kind)), "correct the act")
        object.__setattr__(self, "time", utc(_moment(self.time)))

    @property
    def subject(self) -> tuple[Kind, str, str]:
        """What was judged: kind, id and content."""
        return self.kind, self.sample, self.hash


def utc(moment: datetime) -> str:
    """A moment as acts keep it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def is_text(value: object) -> bool:
    """Whether every database keeps this as it is: text without NUL and halves of letters."""
    return (
        isinstance(value, str)
        and "\0" not in value
        and not any("\ud800" <= one <= "\udfff" for one in value)
    )


def _moment(text: Any) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        utc(found)  # the first and the last days of the calendar are none in other time zones
    except (TypeError, ValueError, OverflowError):
        raise AuditError(
            "a time such as 2026-01-31T09:30:00+00:00", repr(short(text)), "correct it"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def standing(acts: Iterable[Act]) -> list[Act]:
    """The acts that nobody took back, oldest first; acts that take back are not among them.

    A reviewer takes back only what is their own.
    """
    ordered = sorted(acts, key=lambda act: (act.time, act.id))
    undone = {(act.reviewer, act.undoes) for act in ordered if act.undoes}
    return [act for act in ordered if not act.undoes and (act.reviewer, act.id) not in undone]


def current(acts: Iterable[Act]) -> list[Act]:
    """The verdicts that hold: of each reviewer and subject the last act, unless it says nothing."""
    last: dict[object, Act] = {}
    for act in (one for one in standing(acts) if one.kind in JUDGED):
        last.pop((act.reviewer, act.subject), None)  # so that the order is that of the last acts
        last[act.reviewer, act.subject] = act
    return [act for act in last.values() if act.verdict or act.comment]


def visible(now: Sequence[Act], reader: str, blind: bool) -> list[Act]:
    """What ``reader`` may see of the current acts: with ``blind`` others' only once their own is given."""
    given = {act.subject for act in now if act.reviewer == reader and act.verdict}
    return [act for act in now if not blind or act.reviewer == reader or act.subject in given]


def words_of(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The project's four words, as set, else the usual ones."""
    found = settings.get("words")
    return checked_words(found) if isinstance(found, list) else WORDS


def checked_words(words: Sequence[Any]) -> tuple[str, ...]:
    """Four different words, each of 1 to 60 characters.

    Raises:
        AuditError: they are not.
    """
    found = tuple(str(word).strip() for word in words)
    if len(set(found)) != len(WORDS) or len(found) != len(WORDS) or not all(found):
        raise AuditError("four different words for verdicts", ", ".join(map(repr, found)), "change them")
    if max(map(len, found)) > LONGEST_WORD:
        raise AuditError(
            f"words of at most {LONGEST_WORD} characters", short(max(found, key=len)), "shorten"
        )
    return found
