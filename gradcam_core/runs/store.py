"""Run folder -> ``Run``: manifest, table, arrays, outlines. No pickle. Format: docs/run-format.md."""

import json
from collections.abc import Iterator, Sequence
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
from gradcam_core.base.types import MapSet, Outline
from gradcam_core.runs.manifest import MAP_FILES, Manifested

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
REQUIRED = frozenset({"run_id", "created", "project", "maps"})
TABLE = "samples.parquet"
OUTLINES = "outlines.parquet"


class Run(Manifested):
    """One opened run: its manifest, its table (read once, on demand) and memory-mapped arrays."""

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per sample, columns as documented; rows in the order of the arrays."""
        return pq.read_table(self.path / TABLE).to_pandas()

    def categorised(self, names: Sequence[str]) -> pd.DataFrame:
        """A table of its own whose columns ``names`` are categories in alphabetical order.

        Words that repeat are read as a dictionary and never as a million strings; the file is not held in
        memory beside its columns, and these go over to pandas one by one, so that nothing is held twice.
        """
        schema = pq.read_schema(self.path / TABLE)
        words = [name for name in names if name in schema.names and _is_text(schema.field(name).type)]
        with pq.ParquetFile(self.path / TABLE, read_dictionary=words, pre_buffer=False) as file:
            table = file.read().to_pandas(split_blocks=True, self_destruct=True)
        for name in set(names) & set(table.columns):
            column = table[name].astype("category")
            table[name] = column.cat.reorder_categories(sorted(column.cat.categories))
        return table

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """Only these columns of the table, for large runs."""
        return pq.read_table(self.path / TABLE, columns=list(names)).to_pandas()

    def array(self, file_name: str) -> NDArray[np.float32]:
        """A memory-mapped array of the run folder."""
        path = self.path / file_name
        if not path.is_file():
            raise RunError(f"{file_name} in the run folder {self.path}", "no such file", "audit again")
        return np.asanyarray(np.load(path, mmap_mode="r", allow_pickle=False))

    def maps(self, map_set: MapSet = "classic") -> NDArray[np.float32]:
        """(N, h, w) raw maps of one set; NaN rows where there is none."""
        return self.array(MAP_FILES[map_set])

    def outlines(self, sample_ids: Sequence[str]) -> dict[str, Outline]:
        """Closed polygons, in shares of the original picture's width and height, of these samples.

        Samples without a region are left out. Only the row groups that hold the asked ones are read.
        """
        path = self.path / OUTLINES
        if not path.is_file():
            return {}
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
        with pq.ParquetFile(self.path / OUTLINES) as file:  # a seventh of the time of read_table
            return file.read(columns=["sample_id"])["sample_id"].combine_chunks()


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
    """Open a run folder.

    Raises:
        RunError: no such folder, no manifest (not finished), or another schema version.
    """
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(
            "a run folder with a manifest.json", str(path), "choose one that `runs` lists"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise RunError(f"JSON in {path / MANIFEST}", str(error), "audit again") from error
    version = manifest.get("schema_version") if isinstance(manifest, dict) else None
    if version != SCHEMA_VERSION:
        raise RunError(f"schema version {SCHEMA_VERSION} in {path / MANIFEST}", str(version), "audit again")
    if missing := REQUIRED - manifest.keys():
        raise RunError(f"{', '.join(sorted(missing))} in {path / MANIFEST}", "no such keys", "audit again")
    return Run(path, manifest)


def list_runs(runs: Path) -> list[Run]:
    """Every finished run below ``runs``, newest first; unfinished or foreign folders are left out."""
    found = []
    for manifest in runs.glob(f"*/{MANIFEST}"):
        try:
            found.append(open_run(manifest.parent))
        except RunError:
            continue
    return sorted(found, key=lambda run: run.created, reverse=True)
