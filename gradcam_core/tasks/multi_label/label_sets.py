"""Several labels of one picture as one text, "red|green"; "" says that nothing is there."""

from collections.abc import Iterable, Sequence

SEPARATOR = "|"
NOTHING = frozenset(("none", "no finding", "no findings", "nothing", "-", "[]"))
"""Words, without case, that stand for an empty set where no class is called so."""
UNKNOWN = "?"


def to_text(labels: Iterable[str]) -> str:
    """Names in their order, each once."""
    return SEPARATOR.join(dict.fromkeys(labels))


def from_text(text: str) -> tuple[str, ...]:
    """The names that :func:`to_text` joined."""
    return tuple(text.split(SEPARATOR)) if text else ()


def in_order(labels: Iterable[str], class_names: Sequence[str]) -> str:
    """As :func:`to_text`, in the order of the classes; names that are none follow."""
    place = {name: number for number, name in enumerate(class_names)}
    return to_text(sorted(labels, key=lambda name: (place.get(name, len(place)), name)))


def says_nothing(text: str) -> bool:
    """Whether a word stands for an empty set."""
    return text.strip().casefold().replace("_", " ") in NOTHING
