"""The impulses of a project in plain words: which there are, and which one is audited."""

from collections.abc import Mapping

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.text import short
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Denied
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, text, whole

COMPARE = "another one with --impulse NUMBER; `compare` lays two audits beside each other"


def list_impulses(client: Client, project: int) -> Mapping[int, str]:
    """Number -> what it is: 2 -> "“Impulse #1”, 64×64 pixels, Transfer". Empty where the key may not ask.

    Raises:
        SourceError: the server is not reached, or does not answer in JSON.
    """
    try:
        listed = objects(client.get(f"/api/{project}/impulses"), "impulses")
    except Denied:
        return {}
    numbers = [(whole(one, "id"), one) for one in listed]
    return {number: _words(one) for number, one in numbers if number is not None}


def check_impulse(known: Mapping[int, str], wanted: int | None) -> None:
    """Raise ``ProjectError`` for an impulse that is not among those that are known; lists them."""
    if known and wanted is not None and wanted not in known:
        there_are = "; ".join(f"{number} {words}" for number, words in known.items())
        raise ProjectError("an impulse of the project", str(wanted), f"choose with --impulse: {there_are}")


def impulses_fact(known: Mapping[int, str], chosen: int | None) -> tuple[Fact, ...]:
    """Which impulses there are, where there are several."""
    if len(known) < 2:
        return ()
    marks = {number: " (this one)" if number == chosen else "" for number in known}
    words = "; ".join(f"{number} {known[number]}{marks[number]}" for number in known)
    return (Fact("impulses", words, "read", COMPARE),)


def _words(impulse: Document) -> str:
    first = next(iter(objects(impulse, "inputBlocks")), {})
    width, height = whole(first, "imageWidth"), whole(first, "imageHeight")
    window = whole(first, "windowSizeMs")
    size = f"{width}×{height} pixels" if width and height else f"{window} ms" if window else ""
    blocks = ", ".join(
        text(one, "title") or text(one, "name") or "untitled" for one in objects(impulse, "learnBlocks")
    )
    name = f"“{text(impulse, 'name') or 'untitled'}”"
    return ", ".join(short(part) for part in (name, size, blocks) if part)
