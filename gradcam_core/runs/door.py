"""What ``import gradcam_core`` offers of runs: open one, and see its samples, maps and pictures."""

from functools import cached_property
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd

from gradcam_core.base.errors import RunError
from gradcam_core.base.types import Floats, MapSet, Picture
from gradcam_core.images import read_rgb
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.redrawn import Redrawn, open_redrawn
from gradcam_core.runs.report import inline, overlays
from gradcam_core.runs.report.overlays import Look
from gradcam_core.runs.summary import headline
from gradcam_core.runs.verdicts import verdicts

STRIP, ROWS = 6, 10  # samples in the picture strip, rows of the table
COLUMNS = ("sample_id", "label", "predicted", "target", "output", "confidence", "outcome", "status")


class RunView(Redrawn):
    """A run as people look at it: samples, maps and pictures are asked for by sample id.

    Attributes:
        path: the run folder.
        manifest: what determined the run and what wrote it (docs/run-format.md).
        regions: what people drew in place of the run's own regions, by sample id (docs/reviews.md).
    """

    @property
    def samples(self) -> pd.DataFrame:
        """One row per sample: answers, scores, status; columns as docs/run-format.md lists them."""
        return self.table

    @property
    def headline(self) -> str:
        """The strongest finding, how right the answers are and where the heat lies, in a few sentences."""
        searched = read_findings(self.path)
        return str(headline(self.table, self.manifest, searched, inline.shown_maps(self)))

    @property
    def verdicts(self) -> pd.DataFrame:
        """What people say now of samples and findings, one row each and reviewer (docs/reviews.md).

        Columns: kind (sample or finding), sample_id, verdict, comment, reviewer, time, run, hash. Verdicts
        on pictures whose content changed since are left out.

        Raises:
            AuditError: the database of verdicts cannot be reached.
        """
        searched = read_findings(self.path)
        return verdicts(self, searched.found if searched else ())[0]

    def map(self, sample_id: str, map_set: MapSet | None = None) -> Floats:
        """(h, w) float32, raw heat >= 0 on the layer's grid; NaN where the sample has none.

        Args:
            sample_id: as in :attr:`samples`.
            map_set: "classic" or "fine"; default the set that the run is sorted by.

        Raises:
            RunError: no such sample, or the run has no such maps.
        """
        wanted = inline.shown_maps(self) if map_set is None else map_set
        if wanted not in self.map_sets:
            known = ", ".join(self.map_sets)
            raise RunError(f"a map set out of: {known}", repr(wanted), "choose one of these")
        return np.array(self.maps(wanted)[self._row(sample_id)], dtype=np.float32)

    def picture(self, sample_id: str) -> Picture:
        """(H, W, 3) RGB uint8, the picture as it lies in the project.

        Raises:
            RunError: no such sample.
            SampleError: the file is gone or no picture.
        """
        file = picture_file(self, str(self.table["path"].iloc[self._row(sample_id)]))
        return read_rgb(file, pixels=self.input_spec.pixels)

    def overlay(self, sample_id: str, map_set: MapSet | None = None, alpha: float = 0.45) -> Picture:
        """(H, W, 3) RGB uint8, the picture under its map, the map's maximum brightest.

        Args:
            sample_id: as in :attr:`samples`.
            map_set: as in :meth:`map`.
            alpha: opacity of the map, 0..1.

        Raises:
            RunError: no such sample, or the run has no such maps.
            SampleError: the file is gone or no picture.
        """
        heat = self.map(sample_id, map_set)
        return overlays.overlay(self, self._row(sample_id), heat, Look(alpha, "image"))

    def _row(self, sample_id: str) -> int:
        if sample_id not in self._rows:
            where = "take one of the column sample_id of run.samples"
            raise RunError("the id of a sample of this run", repr(sample_id), where)
        return self._rows[sample_id]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {str(name): row for row, name in enumerate(self.table["sample_id"])}

    def __repr__(self) -> str:
        return f"<run {self.path}: {self.counts['samples']} samples>"

    def _repr_html_(self) -> str:
        columns = [name for name in COLUMNS if name in self.table]
        table = self.table[columns].head(ROWS).to_html(index=False, float_format="{:.3g}".format, na_rep="")
        more = f"<p>{ROWS} of {len(self.table):,} samples.</p>" if len(self.table) > ROWS else ""
        return f"<p>{escape(self.headline)}</p>{inline.gallery(self, STRIP)}{table}{more}"


def open_run(path: str | Path) -> RunView:
    """Open the folder of a finished run.

    Raises:
        RunError: no such folder, no manifest (not finished), or another schema version.
    """
    opened = open_redrawn(Path(path))
    seen = (opened.regions, opened.version) if isinstance(opened, Redrawn) else ({}, "")
    return RunView(opened.path, opened.manifest, opened.notes, *seen)
