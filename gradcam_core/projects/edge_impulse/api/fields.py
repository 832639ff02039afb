"""Fields of the API's documents, checked where they are read: a missing one is named, not guessed."""

from typing import Any

from gradcam_core.base.errors import SourceError

Document = dict[str, Any]


def required(document: Document, name: str, kind: type | tuple[type, ...], where: str) -> Any:
    """``document[name]``, of this kind.

    Raises:
        SourceError: names the field and the call.
    """
    value = document.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        wanted = kind.__name__ if isinstance(kind, type) else " or ".join(one.__name__ for one in kind)
        raise SourceError(
            f"the field {name} ({wanted}) in {where}",
            "nothing" if value is None else f"a {type(value).__name__}",
            "the server may be newer than this program; report it",
        )
    return value


def objects(document: Document, name: str) -> list[Document]:
    """The objects of a list field; nothing where it is absent."""
    value = document.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(document: Document, name: str) -> str | None:
    """A text field, or None where it is absent or empty."""
    value = document.get(name)
    return value if isinstance(value, str) and value else None


def whole(document: Document, name: str) -> int | None:
    """A whole number, or None."""
    value = document.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
