"""A few edited pictures per finding, kept in the run folder so that pages need no model to show them.

Edits are seeded by check and sample alone, so they are drawn again here without asking the model; what it
said of them is in the edit table. ``examples/`` is replaced as a whole.
"""

import math
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import pandas as pd

from gradcam_core.base.files import write_json
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits import Edit
from gradcam_core.edits.engine.run import PlannedCheck
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.images import encode_png
from gradcam_core.runs.examples import FOLDER, INDEX, ExamplePictures, key
from gradcam_core.runs.findings import Example, Finding
from gradcam_core.runs.pairing import pair
from gradcam_core.runs.suspicions import write_suspicions

FEW = 4


def write_examples(
    run_path: Path,
    found: Sequence[Finding],
    edits: pd.DataFrame,
    scenes: Scenes,
    suspicions: Sequence[Suspicion],
    seed: int,
) -> None:
    """Write at most four examples per finding and the suspicions behind them.

    Args:
        run_path: the run folder.
        found: findings with their examples.
        edits: the edit table they rest on.
        scenes, suspicions, seed: what the edits were made from.
    """
    write_suspicions(run_path, suspicions)
    folder = run_path / f".{FOLDER}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    stage = Stage(scenes, suspicions)
    wanted = [(entry, example) for entry in found for example in chosen(entry, edits)]
    drawn = [_draw(folder, stage, edits, *item, number, seed) for number, item in enumerate(wanted)]
    rows = [asdict(entry) for entry in drawn if entry is not None]
    plain = [{k: None if isinstance(v, float) and math.isnan(v) else v for k, v in r.items()} for r in rows]
    write_json(folder / INDEX, plain)
    shutil.rmtree(run_path / FOLDER, ignore_errors=True)
    folder.rename(run_path / FOLDER)


def chosen(entry: Finding, edits: pd.DataFrame) -> tuple[Example, ...]:
    """At most four samples that the edit moved and its control did not, classes in turns.

    Like ``entry.examples``, which are the first eight in the order of their ids, but spread; those that
    show the cue where it was taken away, others where it was pasted in.
    """
    if not entry.examples:
        return ()
    first, rows = entry.examples[0], said_of(entry, edits)
    moved = _moved(rows)
    showing = moved & set(entry.samples or moved)
    moved = showing or moved & {one.sample_id for one in entry.examples}
    shown = rows[(rows["arm"] == "edit") & rows["sample_id"].isin(moved)].drop_duplicates("sample_id")
    turn = shown.groupby("predicted_before", dropna=False).cumcount()
    columns = ["sample_id", "predicted_before", "predicted_after"]
    picked = shown.loc[turn.sort_values(kind="stable").index[:FEW], columns].to_numpy()
    return tuple(Example(str(s), first.edit, first.filler, _word(b), _word(a)) for s, b, a in picked)


def said_of(entry: Finding, edits: pd.DataFrame) -> pd.DataFrame:
    """The rows of the edit table behind a finding's examples: one edit, one filler, one suspicion or none.

    A cue that every run is tested for ("border") has no suspicion of its own, but the edit that decided
    may have been made for one: for that in which the finding's examples moved.
    """
    first = entry.examples[0]
    rows = edits[(edits["edit"] == first.edit) & (edits["filler"] == first.filler)]
    causes = rows["suspicion"].fillna("")
    if (causes == entry.suspicion).any():
        return rows[causes == entry.suspicion]
    wanted = {one.sample_id for one in entry.examples if one.filler == first.filler}
    own = (part for _, part in rows.groupby(causes, sort=True) if wanted <= _moved(part))
    return next(own, rows[causes == ""])


def _moved(rows: pd.DataFrame) -> set[str]:
    """Samples that the edit moved and its control did not."""
    pairs = pair(rows)
    return set(pairs.index[pairs["edit"] & ~pairs["control"]])


def _draw(
    folder: Path,
    stage: Stage,
    edits: pd.DataFrame,
    entry: Finding,
    example: Example,
    number: int,
    seed: int,
) -> ExamplePictures | None:
    row, said = stage.scenes.row_of.get(example.sample_id), said_of(entry, edits)
    said = said[said["sample_id"] == example.sample_id].drop_duplicates("arm").set_index("arm")
    name = _word(said["suspicion"].iloc[0]) or ""
    cause = next((one for one in stage.suspicions if one.id == name), None)
    if row is None or (name and cause is None):
        return None
    arms: dict[str, Edit] = {
        edit.arm: edit
        for edit in PlannedCheck(example.edit, cause, row).edits(stage, seed)
        if edit.filler == example.filler
    }
    if set(arms) != {"edit", "control"} or not set(arms) <= set(said.index):
        return None
    pictures = {
        "original": stage.scenes.pictures[row],
        "edited": arms["edit"].picture,
        "control": arms["control"].picture,
    }
    files = {kind: f"{number:03d}-{kind}.png" for kind in pictures}
    for kind, picture in pictures.items():
        (folder / files[kind]).write_bytes(encode_png(stage.scenes.shown(row, picture)))
    return ExamplePictures(
        sample_id=example.sample_id,
        edit=example.edit,
        filler=example.filler,
        finding=key(entry),
        **files,
        before=_word(said.loc["edit", "predicted_before"]),
        after=_word(said.loc["edit", "predicted_after"]),
        after_control=_word(said.loc["control", "predicted_after"]),
        share_before=_share(stage.scenes, said, "edit", "margin_before"),
        share_after=_share(stage.scenes, said, "edit", "margin_after"),
        share_control=_share(stage.scenes, said, "control", "margin_after"),
        number=number_of(stage.scenes),
    )


def _word(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


def number_of(scenes: Scenes) -> str:
    """What the model answers with: "anomaly score", "output", or the "probability" of a class."""
    if scenes.threshold is not None:
        return "anomaly score"
    return "output" if scenes.regression else "probability"


def _share(scenes: Scenes, said: pd.DataFrame, arm: str, column: str) -> float:
    """What a log-odds margin says: the output where there are no classes, a score, else a probability."""
    value, was = float(cast(float, said.loc[arm, column])), _word(said.loc[arm, "predicted_before"])
    if was is None:
        return value
    if scenes.threshold is not None:
        return scenes.threshold + (value if was == scenes.class_names[1] else -value)
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
