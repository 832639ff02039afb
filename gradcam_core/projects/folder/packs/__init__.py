"""Data sets whose pictures lie inside larger files: one file per format, each reads samples one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcam_core.base.registry import Registry

MOST_OF_ONE = 2**28  # bytes of one picture; nothing that is read as one is larger
LABEL, OBJECTS = "label", "objects"


@dataclass(frozen=True)
class Item:
    """One sample of a packed file.

    Attributes:
        data: bytes of its picture file; None where there is none to use, and ``reason`` says why.
        name: what the file calls it, "" where nothing does.
        columns: its label as text (``LABEL``; several as "red|green"), boxes (``OBJECTS``: bbox as x, y,
            width and height in pixels, categories), and what else is known of it, as JSON has it.
        place: of the label among the outputs, where the file says both name and number.
    """

    data: bytes | None
    name: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)
    place: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Pack:
    """One format of packed files.

    Attributes:
        title: as people call it.
        takes: whether a file is one, by its name and beginning; never raises.
        read: its samples in their order. Raises ``OSError``, ``ValueError`` and what else ``broken`` names.
        classes: class names in the order of their numbers, where the file lists them; else ().
        broken: further errors that a damaged file makes of its reader.
    """

    title: str
    takes: Callable[[Path], bool]
    read: Callable[[Path], Iterator[Item]]
    classes: Callable[[Path], tuple[str, ...]] = lambda file: ()
    broken: tuple[type[Exception], ...] = ()


PACKS: Registry[Pack] = Registry("format of packed pictures", __name__)
