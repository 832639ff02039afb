"""What is known so far while a folder is being understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from gradcam_core.base.types import Fact
from gradcam_core.projects.folder.scan import Scan
from gradcam_core.projects.folder.shards import Unpacked
from gradcam_core.projects.overrides import Overrides

Origin = Literal["given", "read", "guessed"]


@dataclass
class Work:
    """The folder, the user's answers, what was found, and the facts gathered on the way.

    ``picture_root`` is what sample paths are relative to: the project folder, or the given picture
    folder where that lies elsewhere. ``told`` are those of the answers that
    a file gave, ``told_by``, and not the user. ``unpacked`` is what was made of packed files.
    """

    root: Path
    picture_root: Path
    answers: Overrides
    scan: Scan
    facts: list[Fact] = field(default_factory=list)
    told: Overrides = field(default_factory=Overrides)
    told_by: str = ""
    unpacked: Unpacked | None = None

    def fact(
        self,
        name: str,
        value: str,
        origin: Origin,
        why: str = "",
        warning: str = "",
    ) -> None:
        self.facts.append(Fact(name, value, origin, why, warning))

    def said(self, name: str, value: str, field: str) -> None:
        """A fact about an answer: given by the user, or read in the file that told it."""
        read = getattr(self.told, field) is not None
        self.fact(name, value, "read" if read else "given", self.told_by if read else "")

    def below(self, path: Path) -> str:
        """A path as the user would write it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def some(names: Sequence[str], most: int = 5) -> str:
    """The first names and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def count(number: int, thing: str) -> str:
    """``1 picture``, ``2 pictures``, ``2 classes``."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else plural}"
