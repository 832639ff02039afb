"""Results as JSON lines, one per audited run: resumable, and read back as rows."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.planted.reliance import band

Row = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """One audited run. Levels are those of the strongest finding, 0 for none."""

    row: Row

    @property
    def case(self) -> str:
        return str(self.row["case"])

    @property
    def group(self) -> str:
        return str(self.row["group"])

    @property
    def reliance(self) -> float:
        return float(self.row["reliance"]["all"])

    @property
    def band(self) -> str:
        return band(self.reliance)

    def level(self, which: str = "tested") -> int:
        """Highest level with edits ("tested") or without ("seen")."""
        return max((int(found["level"]) for found in self.row[which]), default=0)

    def flags(self, level: int) -> list[str]:
        """Flags raised at this level or above, each once; highest level first, else as the audit lists."""
        ordered = sorted(self.row["tested"], key=lambda found: -found["level"])
        return list(dict.fromkeys(found["flag"] for found in ordered if found["level"] >= level))

    @property
    def right_flag(self) -> bool:
        """A flag that fits the case is among those raised at level 3."""
        return bool(set(self.flags(3)) & set(self.row["flags"]))


def read(path: Path) -> list[Result]:
    """Results of a file, the last row of each trained case; none without the file."""
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Result(row) for row in {row["folder"]: row for row in rows}.values()]


def append(path: Path, row: Row) -> None:
    """Add one row; a run that is stopped loses nothing that was finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, allow_nan=False) + "\n")


def pick(results: Iterable[Result], keep: Callable[[Result], bool]) -> Sequence[Result]:
    return [result for result in results if keep(result)]
