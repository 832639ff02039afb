"""Columns of the run table out of one batch's arrays. Pure; the contract is docs/run-format.md."""

from collections.abc import Mapping, Sequence

import numpy as np

from gradcam_core.base.types import Floats, MapSet, column
from gradcam_core.images.batches import LoadedSample
from gradcam_core.maps.scores import SCORES, ScoreInput
from gradcam_core.tasks import Columns

FLAT = 1e-5  # a map whose spread is below this share of its maximum shows nothing

NO_REGION = "no region: the object's place is not annotated"
NO_OBJECT = "no object: the region lies outside what the model sees"
TOO_LARGE = "no focus ruler: object and background cannot be told apart on this grid"
BAD_MAPS = {
    "empty map": "empty map: no evidence for the class anywhere",
    "flat map": "flat map: the same everywhere",
    "non-finite map": "non-finite map: the model's output or gradient is not a number",
}
NOT_SCORED = "not scored: the map is not class-specific"
NO_FAR = "no far background: the object and its surroundings fill the picture"


def map_status(maps: Floats, readable: Sequence[bool]) -> list[str]:
    """Status per map (N, h, w): ok, unreadable, non-finite map, empty map or flat map."""

    def one(heat: Floats, is_readable: bool) -> str:
        if not is_readable:
            return "unreadable"
        if not np.isfinite(heat).all():
            return "non-finite map"
        if not (heat > 0).any():
            return "empty map"
        return "flat map" if np.ptp(heat) <= FLAT * heat.max() else "ok"

    return [one(heat, ok) for heat, ok in zip(maps, readable, strict=True)]


def score_columns(maps: Floats, cover: Floats, status: Sequence[str], scored: bool) -> Columns:
    """Every registered score; NaN where the map has no usable status or may not be scored."""
    usable = np.array([one == "ok" for one in status]) & scored
    data = ScoreInput(np.where(usable[:, None, None], maps, np.nan).astype(np.float32), cover)
    return {name: list(score.compute(data)) for name, score in SCORES.items()}


def region_reasons(columns: Columns, source: Sequence[str], status: Sequence[str]) -> list[list[str]]:
    """Why a row's scores are undefined, in words."""

    def one(row: int) -> list[str]:
        if source[row] == "none":
            return [NO_REGION]
        if np.isnan(columns["chance_focus"][row]):
            return [NO_OBJECT]
        undefined = (("normalized_background_focus", TOO_LARGE), ("far_background_focus", NO_FAR))
        return [why for name, why in undefined if np.isnan(columns[name][row])]

    return [
        one(row) if status[row] == "ok" else [BAD_MAPS[status[row]]] if status[row] in BAD_MAPS else []
        for row in range(len(status))
    ]


def sample_columns(loaded: Sequence[LoadedSample], metadata: Sequence[str]) -> Columns:
    """What is known of a sample before the model: id, path, label, size, region, metadata columns."""
    columns: Columns = {
        "sample_id": [one.sample.id for one in loaded],
        "path": [one.sample.path for one in loaded],
        "label": [one.sample.label for one in loaded],
        "split": [one.sample.split for one in loaded],
        "height": [one.size[0] for one in loaded],
        "width": [one.size[1] for one in loaded],
        "region_source": [one.region.source for one in loaded],
    }
    for key in metadata:
        columns[f"meta_{key}"] = [one.sample.metadata.get(key) for one in loaded]
    return columns


def turn_column(loaded: Sequence[LoadedSample]) -> Columns:
    """The EXIF orientation that makes what the network got the picture that people see; 1: none."""
    return {"turn": [one.turn for one in loaded]}


def map_columns(
    loaded: Sequence[LoadedSample],
    maps: Mapping[MapSet, Floats],
    covers: Mapping[MapSet, Floats],
    scored: Mapping[MapSet, bool],
) -> Columns:
    """status, reason, object_area and every score, fine ones with the prefix ``fine_``.

    Without classic maps the plain score columns are NaN and status speaks of the fine maps.
    """
    readable = [one.reason is None for one in loaded]
    source = [one.region.source for one in loaded]
    columns: Columns = {name: [np.nan] * len(loaded) for name in SCORES}
    reasons = [[text for text in (one.reason, one.region.note, one.note) if text] for one in loaded]
    for number, (name, values) in enumerate(maps.items()):
        status = map_status(values, readable)
        scores = score_columns(values, covers[name], status, scored[name])
        columns |= {column(name, key): values for key, values in scores.items()}
        columns[column(name, "status")] = list(status)
        if number == 0:
            columns["status"] = list(status)
            columns["object_area"] = list(ScoreInput(values, covers[name]).area)
        said = region_reasons(scores, source, status) if scored[name] else [[NOT_SCORED]] * len(loaded)
        which = column(name, "").replace("_", " ")
        for row, texts in enumerate(said):
            known = set(reasons[row])
            reasons[row] += [which + text for text in texts if text not in known]
    columns["reason"] = ["; ".join(dict.fromkeys(texts)) for texts in reasons]
    return columns
