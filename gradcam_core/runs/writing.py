"""``RunWriter`` writes a run folder: arrays while the audit goes on, the manifest last."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import write_json
from gradcam_core.base.partial import allocated, partial_folder
from gradcam_core.base.types import Outline
from gradcam_core.runs.checksums import FILES, checksums
from gradcam_core.runs.store import MANIFEST, OUTLINES, SCHEMA_VERSION, TABLE

OUTLINE_GROUP = 512  # rows; a page of pictures reads a few such groups and not the whole file


def outline_table(outlines: Mapping[str, Outline]) -> pa.Table:
    """Sample id -> polygons as the columns ``sample_id``, ``outline``."""
    polygons = pa.array(list(outlines.values()), pa.list_(pa.list_(pa.float32())))
    return pa.table({"sample_id": pa.array(list(outlines), pa.string()), "outline": polygons})


class RunWriter:
    """Writes one run folder: arrays grow on disk while the audit goes on, the manifest comes last.

    Use as a context manager; without :meth:`finish`, or when the body raises, nothing is left behind.

    Args:
        runs: parent folder, made if missing.
        run_id: name of the run folder.
        rows: number of samples, the first axis of every array.

    Raises:
        RunError: the folder exists already.
    """

    def __init__(self, runs: Path, run_id: str, rows: int) -> None:
        self.target, self._rows = runs / run_id, rows
        if self.target.exists():
            raise RunError("a new run folder", f"{self.target} exists", "remove it or choose other runs")
        self._folder, self._runs = ExitStack(), runs

    def __enter__(self) -> "RunWriter":
        self.partial = self._folder.enter_context(partial_folder(self._runs))
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.close()

    def array(self, name: str, shape: tuple[int, ...], dtype: str = "float32") -> NDArray[Any]:
        """A memory-mapped (rows, *shape) array in the run folder, NaN all over until it is written."""
        array = allocated(self.partial / name, (self._rows, *shape), dtype)
        array[:] = np.nan
        return array

    def finish(self, manifest: Mapping[str, Any], table: pd.DataFrame, outlines: pa.Table) -> Path:
        """Write table, outlines and manifest, give the folder its name and return its path.

        Args:
            manifest: without the schema version.
            table: one row per sample.
            outlines: from :func:`outline_table`, in the order of the table.
        """
        if len(table) != self._rows:
            raise RunError(f"{self._rows} rows in the table", str(len(table)))
        table.to_parquet(self.partial / TABLE, index=False)
        pq.write_table(outlines, self.partial / OUTLINES, row_group_size=OUTLINE_GROUP)
        whole = {"schema_version": SCHEMA_VERSION, **manifest, FILES: checksums(self.partial)}
        write_json(self.partial / MANIFEST, whole)
        self.partial.chmod(0o755)
        self.partial.rename(self.target)
        return self.target
