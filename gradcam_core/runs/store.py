"""Run folder -> ``Run``: manifest, table, arrays, outlines. No pickle. Format: docs/run-format.md."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import inside
from gradcam_core.base.text import short
from gradcam_core.base.types import MapSet, Outline
from gradcam_core.runs.columns import completed
from gradcam_core.runs.manifest import MAP_FILES, Manifested
from gradcam_core.runs.mending import mended

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
MOST_OF_A_MANIFEST = 16 * 2**20  # bytes
TABLE = "samples.parquet"
OUTLINES = "outlines.parquet"
AGAIN = "audit again; what else the folder holds can still be read (docs/run-format.md)"
CHOOSE = "choose one that `runs` lists"
UNREADABLE = (
    *(OSError, ValueError, TypeError, LookupError, EOFError, SyntaxError, OverflowError, MemoryError),
    *(AttributeError, RecursionError, pa.ArrowException),
)


class Run(Manifested):
    """One opened run: its manifest, its table (read once, on demand) and memory-mapped arrays."""

    @property
    def key(self) -> str:
        """What is seen of it, for those who keep what they computed."""
        return str(self.path)

    @cached_property
    def rows(self) -> int | None:
        """Number of samples, from the table's own footer; None where that cannot be read."""
        try:
            return int(pq.read_metadata(self.file(TABLE)).num_rows)
        except (RunError, *UNREADABLE):
            return None

    def file(self, name: str) -> Path:
        """A file of the run folder.

        Raises:
            RunError: it is not there, is no regular file, or a link that leads out of the folder.
        """
        return inside(self.path, name, RunError)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per sample, columns as documented; rows in the order of the arrays."""
        return self.written_table()

    def written_table(self) -> pd.DataFrame:
        """The table as the audit wrote it, read anew."""
        with reading(self, TABLE):
            return completed(pq.read_table(self.file(TABLE)).to_pandas(), self.manifest, self.path.name)

    def categorised(self, names: Sequence[str]) -> pd.DataFrame:
        """A table of its own whose columns ``names`` are categories in alphabetical order.

        Words that repeat are read as a dictionary and never as a million strings; the file is not held in
        memory beside its columns, and these go over to pandas one by one, so that nothing is held twice.
        """
        with reading(self, TABLE):
            schema = pq.read_schema(self.file(TABLE))
            words = [name for name in names if name in schema.names and _is_text(schema.field(name).type)]
            with pq.ParquetFile(self.file(TABLE), read_dictionary=words, pre_buffer=False) as file:
                table = file.read().to_pandas(split_blocks=True, self_destruct=True)
        table = completed(table, self.manifest, self.path.name)
        for name in set(names) & set(table.columns):
            column = table[name].astype("category")
            table[name] = column.cat.reorder_categories(sorted(column.cat.categories))
        return table

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """Only these columns of the table, for large runs."""
        with reading(self, TABLE):
            return pq.read_table(self.file(TABLE), columns=list(names)).to_pandas()

    def array(self, file_name: str) -> NDArray[np.float32]:
        """(n, ...) float32, a memory-mapped array of the run folder, one row per sample.

        Raises:
            RunError: the file is missing, damaged, or has another number of rows than the table.
        """
        with reading(self, file_name):
            array = np.load(self.file(file_name), mmap_mode="r", allow_pickle=False)
            if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or array.ndim < 2:
                raise ValueError("it holds no array of numbers")
        if self.rows not in (None, len(array)):
            raise RunError(
                f"{self.rows} rows in {file_name} of the run {self.path.name}", str(len(array)), AGAIN
            )
        return np.asanyarray(array)

    def maps(self, map_set: MapSet = "classic") -> NDArray[np.float32]:
        """(N, h, w) raw maps of one set; NaN rows where there is none."""
        array, grid = self.array(MAP_FILES[map_set]), self.grid(map_set)
        if array.shape[1:] != grid:
            wanted = (
                f"maps of {grid[0]} × {grid[1]} cells in {MAP_FILES[map_set]} of the run {self.path.name}"
            )
            raise RunError(wanted, f"the shape {array.shape}", AGAIN)
        return array

    def outlines(self, sample_ids: Sequence[str]) -> dict[str, Outline]:
        """Closed polygons, in shares of the original picture's width and height, of these samples.

        Samples without a region are left out. Only the row groups that hold the asked ones are read.
        """
        if not (self.path / OUTLINES).exists():
            return {}
        with reading(self, OUTLINES):
            return self._outlines(self.file(OUTLINES), sample_ids)

    def _outlines(self, path: Path, sample_ids: Sequence[str]) -> dict[str, Outline]:
        wanted = pc.is_in(self._outlined, value_set=pa.array(list(sample_ids), pa.string()))
        found: dict[str, Outline] = {}
        with pq.ParquetFile(path) as file:
            for group, rows in _by_group(
                file.metadata, np.flatnonzero(wanted.to_numpy(zero_copy_only=False))
            ):
                part = file.read_row_group(group).take(rows).to_pydict()
                found.update(zip(part["sample_id"], part["outline"], strict=True))
        return found

    @cached_property
    def _outlined(self) -> pa.Array:
        """Ids of the samples that have an outline, in the order of the file."""
        with pq.ParquetFile(self.file(OUTLINES)) as file:  # a seventh of the time of read_table
            return file.read(columns=["sample_id"])["sample_id"].combine_chunks()


@contextmanager
def reading(run: Run, name: str) -> Iterator[None]:
    """Turn whatever a damaged file of a run raises into a :class:`RunError` that names it."""
    try:
        yield
    except RunError:
        raise
    except UNREADABLE as error:
        said = short(error) or type(error).__name__
        raise RunError(f"{name} of the run {run.path.name}", f"it cannot be read: {said}", AGAIN) from error


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _by_group(facts: Any, rows: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """(row group of a Parquet file, positions in it) for every group that holds one of ``rows``."""
    sizes = [facts.row_group(number).num_rows for number in range(facts.num_row_groups)]
    starts = np.cumsum([0, *sizes])
    group = np.searchsorted(starts, rows, side="right") - 1
    for number in np.unique(group):
        yield int(number), rows[group == number] - starts[number]


def open_run(path: Path) -> Run:
    """Open a run folder. A damaged part of its manifest that can be done without is replaced and noted.

    Raises:
        RunError: no such folder, no manifest (not finished), another schema version, or one so damaged that
            nothing can be shown.
    """
    where = f"{MANIFEST} of the run {path.name}"
    try:
        manifest = json.loads(read_text(inside(path, MANIFEST, RunError), MOST_OF_A_MANIFEST))
    except RunError as error:
        raise RunError(f"a run folder with a {MANIFEST}", f"{path}: {error.found}", CHOOSE) from None
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise RunError(f"JSON in {where}", short(error) or type(error).__name__, AGAIN) from error
    version = manifest.get("schema_version") if isinstance(manifest, dict) else None
    if version != SCHEMA_VERSION:
        raise RunError(f"schema version {SCHEMA_VERSION} in {where}", short(version), AGAIN)
    return Run(path, *mended(manifest, where))


def survey(runs: Path) -> tuple[list[Run], dict[str, RunError]]:
    """Every finished run below ``runs``, newest first; and folder name -> why that one cannot be opened."""
    found, damaged = [], {}
    for manifest in runs.glob(f"*/{MANIFEST}"):
        if manifest.parent.name.startswith("."):
            continue
        try:
            found.append(open_run(manifest.parent))
        except RunError as error:
            damaged[manifest.parent.name] = error
    return sorted(found, key=lambda run: run.created, reverse=True), damaged


def list_runs(runs: Path) -> list[Run]:
    """Every finished run below ``runs``, newest first; unfinished and damaged folders are left out."""
    return survey(runs)[0]
