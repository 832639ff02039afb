"""What of a run cannot be used any more, file by file; headers and footers are read, no maps."""

from collections.abc import Callable
from functools import partial

import pyarrow.parquet as pq

from gradcam_core.base.errors import RunError
from gradcam_core.runs.columns import lacking
from gradcam_core.runs.manifest import MAP_FILES
from gradcam_core.runs.store import MANIFEST, OUTLINES, TABLE, Run, reading

ARRAYS = ("logits.npy", "embeddings.npy", "cover.npy")


def damage(run: Run) -> tuple[str, ...]:
    """One phrase for each file that is missing or damaged, with what is wrong; empty for a whole run."""
    found = [f"{MANIFEST}: {', '.join(run.notes)}"] if run.notes else []
    looks: dict[str, Callable[[], object]] = {TABLE: partial(_columns, run)}
    looks |= {MAP_FILES[name]: partial(run.maps, name) for name in run.map_sets}
    looks |= {name: partial(run.array, name) for name in ARRAYS}
    looks |= {OUTLINES: partial(run.outlines, [""])}
    for file, look in looks.items():
        try:
            look()
        except RunError as error:
            found.append(f"{file}: {error.found}")
            if file == TABLE and not isinstance(error, IncompleteError):
                break  # the other files are held against its rows
    return tuple(found)


class IncompleteError(RunError):
    """The table can be read, but a column is missing."""


def _columns(run: Run) -> None:
    with reading(run, TABLE):
        names = pq.read_schema(run.file(TABLE)).names
    if gone := lacking(names, run.manifest):
        raise IncompleteError("every column", f"no {', '.join(gone)}")
