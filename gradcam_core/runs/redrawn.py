"""A run with the regions that people drew since: scores, outlines and cover anew, without the model."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.types import Floats, Outline, column
from gradcam_core.images import geometry
from gradcam_core.images.regions import cover_grids, fill_outline
from gradcam_core.maps.cams import CAMS
from gradcam_core.maps.scores import ScoreInput
from gradcam_core.maps.scoring import OF_REGION, region_reasons, score_columns
from gradcam_core.runs.project import turns_of
from gradcam_core.runs.reviews.acts import EVERY, JUDGED
from gradcam_core.runs.reviews.regions import Drawn, drawn_of, to_outline
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import Roots, has_reviews, placed, reviews_of

COVER, COVER_GRID = "cover.npy", (32, 32)
SOURCE = "region_source"
CHUNK = 4096  # rows that are scored at once
Outlines = Mapping[str, Outline]


@dataclass(frozen=True)
class Redrawn(Run):
    """A run with drawn regions in place of its own. Its files stay as they are.

    Attributes:
        regions: sample id -> polygons; under ``EVERY`` those for all pictures without a region.
        version: of the regions; with the path it says what is seen.
    """

    regions: Outlines = field(default_factory=dict)
    version: str = ""

    @property
    def key(self) -> str:
        """What is seen: the folder and the regions."""
        return f"{self.path}\n{self.version}" if self.regions else str(self.path)

    @cached_property
    def table(self) -> pd.DataFrame:
        """As of a run, with the scores of the drawn regions."""
        return self._anew(self.written_table())

    def categorised(self, names: Sequence[str]) -> pd.DataFrame:
        """As of a run, with the scores of the drawn regions."""
        return self._anew(super().categorised(names))

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """As of a run, with the scores of the drawn regions."""
        return self.table[list(names)].copy() if self.regions else super().columns(names)

    def array(self, file_name: str) -> NDArray[np.float32]:
        """As of a run; the cover is that of the drawn regions."""
        found = super().array(file_name)
        if file_name != COVER or not self.regions or found.shape[1:] != COVER_GRID:
            return found
        changed = np.array(found)
        if len(rows := self.rows_drawn):
            changed[rows] = self._covers(self.table.iloc[rows], [COVER_GRID])[0]
        return changed

    def outlines(self, sample_ids: Sequence[str]) -> dict[str, Outline]:
        """As of a run; drawn ones in place of its own."""
        found = super().outlines(sample_ids)
        drawn = self._names_drawn
        return found | {name: self._of(name) for name in sample_ids if name in drawn}

    @property
    def counts(self) -> Mapping[str, Any]:
        """As of a run, with the regions that are seen."""
        if not self.regions:
            return super().counts
        sources = self.table[SOURCE].astype(str).value_counts()
        return {**super().counts, "regions": {str(name): int(n) for name, n in sources.items() if n}}

    @cached_property
    def rows_drawn(self) -> NDArray[np.intp]:
        """(M,) rows whose region was drawn; unreadable pictures are none of them."""
        if not self.regions:
            return np.empty(0, np.intp)
        known = super().columns(["sample_id", SOURCE, "height"])
        own = known["sample_id"].astype(str).isin([name for name in self.regions if name != EVERY])
        bare = known[SOURCE].astype(str).eq("none") & (EVERY in self.regions)
        return np.flatnonzero((own | bare) & (known["height"] > 0))

    @cached_property
    def _names_drawn(self) -> frozenset[str]:
        names = (
            super().columns(["sample_id"])["sample_id"] if len(self.rows_drawn) else pd.Series(dtype=str)
        )
        return frozenset(names.iloc[self.rows_drawn].astype(str))

    def _of(self, sample_id: str) -> Outline:
        return self.regions.get(sample_id, self.regions.get(EVERY, []))

    def _anew(self, table: pd.DataFrame) -> pd.DataFrame:
        rows = self.rows_drawn
        if not len(rows):
            return table
        parts = [self._scored(table, rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        values = pd.concat(parts)
        anew = table.copy()
        for name in values.columns:
            anew[name] = _replaced(anew[name], rows, values[name])
        return anew

    def _scored(self, table: pd.DataFrame, rows: NDArray[np.intp]) -> pd.DataFrame:
        part = table.iloc[rows]
        grids = [self.grid(name) for name in self.map_sets]
        covers = dict(zip(self.map_sets, self._covers(part, grids), strict=True))
        found: dict[str, Any] = {SOURCE: ["drawn"] * len(rows)}
        reasons = [_kept(str(text or "")) for text in part["reason"]]
        for number, (name, cover) in enumerate(covers.items()):
            maps = np.asarray(self.maps(name)[rows], dtype=np.float32)
            status = part[column(name, "status")].astype(str).tolist()
            scored = bool(CAMS[str(self.map_facts[name]["method"])].scored)
            scores = score_columns(maps, cover, status, scored)
            found |= {column(name, key): values for key, values in scores.items()}
            if number == 0:
                found["object_area"] = ScoreInput(maps, cover).area
            which = column(name, "").replace("_", " ")
            said = region_reasons(scores, ["drawn"] * len(rows), status) if scored else []
            for texts, new in zip(reasons, said, strict=False):
                texts += [which + text for text in new if which + text not in texts and text not in texts]
        found["reason"] = ["; ".join(texts) for texts in reasons]
        return pd.DataFrame({name: values for name, values in found.items() if name in table})

    def _covers(self, part: pd.DataFrame, grids: Sequence[tuple[int, int]]) -> list[Floats]:
        """Per grid (M, h, w) float32, the share of each cell that the drawn region covers."""
        known: dict[Any, list[Floats]] = {}
        spec, every = self.input_spec, []
        columns = zip(part["sample_id"], part["height"], part["width"], turns_of(part), strict=True)
        for name, height, width, turn in columns:
            own, size = str(name) if str(name) in self.regions else EVERY, (int(height), int(width))
            if (own, size, turn) not in known:
                mask = fill_outline(self.regions[own], "drawn", size)
                where = geometry(size, spec.size, spec.resize, turn)
                known[own, size, turn] = cover_grids(mask, where, grids)
            every.append(known[own, size, turn])
        return [np.stack([one[number] for one in every]) for number in range(len(grids))]


def drawn_on(run: Run, roots: Roots = None) -> Drawn:
    """The regions that people drew on a run's pictures as they are now; none where nobody said anything.

    Args:
        run: the run.
        roots: the only folders whose projects may be read; None: those of ``GRADCAM_ROOTS``, if set.

    Raises:
        AuditError: the database cannot be reached.
    """
    if not has_reviews(run):
        return Drawn()
    acts = [act for act in reviews_of(run).acts(run.name) if act.kind not in JUDGED]
    return drawn_of(placed(run, run.written_table(), (), acts, roots).here) if acts else Drawn()


def redrawn(run: Run, drawn: Drawn) -> Redrawn:
    """The run with these regions."""
    regions = {name: to_outline(act.outline) for name, act in drawn.own.items()}
    ids = [act.id for act in drawn.own.values()]
    if drawn.shared is not None:
        regions[EVERY] = to_outline(drawn.shared.outline)
        ids.append(drawn.shared.id)
    version = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
    return Redrawn(run.path, run.manifest, run.notes, regions, version)


def open_redrawn(path: Path) -> Run:
    """Open a run folder as people see it: with the regions that they drew.

    Raises:
        RunError: as :func:`gradcam_core.runs.store.open_run`.
        AuditError: the database of what people said cannot be reached.
    """
    run = open_run(path)
    drawn = drawn_on(run)
    return redrawn(run, drawn) if drawn else run


def _kept(reason: str) -> list[str]:
    """The parts of a reason that another region does not do away with."""
    parts = [one for one in reason.split("; ") if one]
    return [one for one in parts if one.removeprefix("fine ") not in OF_REGION and one != "no region"]


def _replaced(values: pd.Series, rows: NDArray[np.intp], new: pd.Series) -> pd.Series:
    """The column with other values at some rows; categories stay in alphabetical order."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        changed = values.to_numpy(copy=True)
        changed[rows] = new.to_numpy()
        return pd.Series(changed, index=values.index, name=values.name)
    names = sorted({*map(str, values.cat.categories), *map(str, new)})
    codes = values.cat.set_categories(names).cat.codes.to_numpy(copy=True)
    codes[rows] = pd.Categorical(new.astype(str), categories=names).codes
    words = pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(names))
    return pd.Series(words, index=values.index, name=values.name)
