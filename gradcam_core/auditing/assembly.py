"""Batch results -> one run folder. Memory holds the table's columns compactly and little else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from gradcam_core.auditing.batch import BatchResult
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Outline
from gradcam_core.runs.writing import RunWriter, outline_table

FLUSHED = 4096  # rows kept as Python values before they become columns


class Assembly:
    """Takes results in the order of the samples and writes their arrays at once.

    Args:
        writer: the run folder that is being written.
    """

    def __init__(self, writer: RunWriter) -> None:
        self._writer = writer
        self._arrays: dict[str, NDArray[Any]] = {}
        self._columns: dict[str, list[Any]] = defaultdict(list)
        self._outlines: dict[str, Outline] = {}
        self._tables: list[pa.Table] = []
        self._drawn: list[pa.Table] = [outline_table({})]
        self.done = 0

    def add(self, result: BatchResult) -> None:
        """Append one result."""
        count = len(result.columns["sample_id"])
        for name, values in result.arrays.items():
            self._store(name, values)
        for name, column in result.columns.items():
            self._columns[name].extend(column)
        self._outlines.update(result.outlines)
        self.done += count
        if len(self._columns["sample_id"]) >= FLUSHED:
            self._flush()

    def finished(self) -> tuple[pd.DataFrame, pa.Table]:
        """(the run's table, its outlines); all results are in.

        Raises:
            AuditError: not one sample could be read.
        """
        self._flush()
        table = pa.concat_tables(self._tables, promote_options="permissive").to_pandas()
        _require_readable(table["status"].tolist(), table["reason"].tolist())
        return table, pa.concat_tables(self._drawn)

    def _store(self, name: str, values: NDArray[Any]) -> None:
        if name not in self._arrays:
            self._arrays[name] = self._writer.array(name, values.shape[1:], str(values.dtype))
        self._arrays[name][self.done : self.done + len(values)] = values

    def _flush(self) -> None:
        if self._columns:
            self._tables.append(pa.Table.from_pandas(pd.DataFrame(self._columns), preserve_index=False))
            self._drawn.append(outline_table(self._outlines))
        self._columns, self._outlines = defaultdict(list), {}


def _require_readable(status: Sequence[str], reasons: Sequence[str]) -> None:
    if all(one == "unreadable" for one in status):
        raise AuditError(
            "at least one readable picture", f"none; the first: {reasons[0]}", "check --images"
        )
