"""Several labels of one picture as one text, "red|green"; "" says that nothing is there.

In "red|?blue" nobody knows whether blue is there: this class of this picture is neither right nor wrong.
"""

from collections.abc import Iterable, Sequence

SEPARATOR = "|"
NOTHING = frozenset(("none", "no finding", "no findings", "nothing", "-", "[]"))
"""Words, without case, that stand for an empty set where no class is called so."""
UNKNOWN = "?"


def to_text(labels: Iterable[str]) -> str:
    """Names in their order, each once."""
    return SEPARATOR.join(dict.fromkeys(labels))


def parts(text: str) -> tuple[str, ...]:
    """The names that :func:`to_text` joined, uncertain ones with their mark."""
    return tuple(text.split(SEPARATOR)) if text else ()


def from_text(text: str) -> tuple[str, ...]:
    """The names of what is there for certain."""
    return tuple(one for one in parts(text) if not _marked(one))


def uncertain(text: str) -> tuple[str, ...]:
    """The names of what may be there."""
    return tuple(bare(one) for one in parts(text) if _marked(one))


def bare(name: str) -> str:
    """A name without the mark of what is uncertain."""
    return name.removeprefix(UNKNOWN) if _marked(name) else name


def _marked(name: str) -> bool:
    return len(name) > 1 and name.startswith(UNKNOWN)


def in_order(labels: Iterable[str], class_names: Sequence[str]) -> str:
    """As :func:`to_text`, in the order of the classes; names that are none follow."""
    place = {name: number for number, name in enumerate(class_names)}
    return to_text(sorted(labels, key=lambda name: (place.get(bare(name), len(place)), bare(name))))


def says_nothing(text: str) -> bool:
    """Whether a word stands for an empty set."""
    return text.strip().casefold().replace("_", " ") in NOTHING
