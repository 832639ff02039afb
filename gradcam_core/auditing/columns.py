"""Columns of the run table out of one batch's arrays. Pure; the contract is docs/run-format.md."""

from collections.abc import Mapping, Sequence

import numpy as np

from gradcam_core.base.types import Floats, MapSet, column
from gradcam_core.images.batches import LoadedSample
from gradcam_core.maps.scores import SCORES, ScoreInput
from gradcam_core.maps.scoring import map_status, region_reasons, score_columns
from gradcam_core.tasks import Columns

NOT_SCORED = "not scored: the map is not class-specific"


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
