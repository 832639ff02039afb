"""Two runs, one set of edits: every suspicion of both, tested on both models with the same pictures.

A repair of one cue often makes a model lean on another (Li et al., "A Whac-A-Mole Dilemma", CVPR 2023).
Each run alone tests only what its own maps and pictures made it suspect, with edits of its own.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import RunError
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.units import units_of
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.one_pass import OnePass
from gradcam_core.edits.engine.run import Asked, planned_checks, same_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.findings.investigate import DEFAULT_BUDGET, open_model
from gradcam_core.findings.loading import gather, load_pictures
from gradcam_core.findings.scenes import scenes_of, searched_scenes
from gradcam_core.findings.subset import MOST, Subset
from gradcam_core.model.contract import Explainer
from gradcam_core.runs.compare import matched_samples
from gradcam_core.runs.compare.matching import Matched
from gradcam_core.runs.compare.retested import Retested, write_retested
from gradcam_core.runs.project import network_inputs
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.store import Run
from gradcam_core.runs.suspicions import read_suspicions

Rows = NDArray[np.intp]
SEEN = ("height", "width", "resize", "resize_method", "orientation", "intensity", "background")
"""Of how pictures become input: what both runs must share, so that one edited picture means the same."""


def retest(
    before: Run | str | Path,
    after: Run | str | Path,
    *,
    budget: int = DEFAULT_BUDGET,
    seed: int = 0,
    progress: Progress = silent,
    trust_code: bool = False,
    explainers: Sequence[Explainer] | None = None,
) -> Retested:
    """Ask both models about the same edits and keep what they said beside the run after.

    Only samples of which both models say the same before any edit are edited: an edit then pulls both away
    from one and the same answer. Regions are those of the run before.

    Args:
        before, after: runs over the same pictures, or their folders; both searched.
        budget: samples per edit.
        seed: of every random choice.
        progress: called with (stage, done, total).
        trust_code: open model files that hold code.
        explainers: the models of both where they are open already.

    Raises:
        RunError: runs that cannot be compared, or that show their networks pictures in another way.
        ModelError: a model cannot be opened.
    """
    one, other = (run if isinstance(run, Run) else open_redrawn(Path(run)) for run in (before, after))
    _check_alike(one, other)
    matched = matched_samples(one, other)
    models = explainers or [open_model(run, trust_code) for run in (one, other)]
    mine, theirs = _agreeing(one, other, matched)
    with tempfile.TemporaryDirectory(prefix="retest-") as folder:
        subset = Subset(one, mine, *units_of(one.table.iloc[mine]))
        pictures, read = load_pictures(subset, Path(folder), progress)
        material = gather(subset, pictures, read, progress)
        scenes = searched_scenes(subset, material, pictures)
        both = scenes, _seen_by(other, theirs[material.readable], scenes)
        stage = Stage(scenes, suspicions_of_both(one, other, matched))
        asked = [
            Asked(part, model.predict, model.embed)
            for run, part, explainer in zip((one, other), both, models, strict=True)
            for model in (OnePass(explainer, network_inputs(run)),)
        ]
        decisive = [name for name, check in CHECKS.items() if check.decisive]
        tables = same_checks(stage, planned_checks(stage, budget, seed, decisive), asked, seed, progress)
    flags = {name: check.flag for name, check in CHECKS.items() if check.flag and check.decisive}
    found = Retested(tables[0], tables[1], flags)
    write_retested(one, other, found, budget, seed)
    return found


def _check_alike(one: Run, other: Run) -> None:
    specs = one.input_spec, other.input_spec
    pairs = {name: (getattr(specs[0], name), getattr(specs[1], name)) for name in SEEN}
    apart = [f"{name} {mine} and {theirs}" for name, (mine, theirs) in pairs.items() if mine != theirs]
    if one.features != other.features or apart:
        raise RunError(
            "two networks that are shown pictures alike, so that one edit means the same to both",
            ", ".join(apart) or "other features of sounds",
            "compare without --retest",
        )
    if one.class_names != other.class_names:
        names = " and ".join(", ".join(run.class_names) for run in (one, other))
        raise RunError("two models with their classes in one order", names, "compare without --retest")


def _agreeing(one: Run, other: Run, matched: Matched) -> tuple[Rows, Rows]:
    """(M,) rows of each run: readable samples of which both models say the same, at most 4,000, evenly."""
    tables = one.table.iloc[matched.before], other.table.iloc[matched.after]
    usable = np.logical_and.reduce([(table["status"] != "unreadable").to_numpy() for table in tables])
    if one.task != "regression":
        said = [table["predicted"].astype(object).to_numpy() for table in tables]
        usable &= said[0] == said[1]
    places = np.flatnonzero(usable)
    if not len(places):
        found = f"none of {len(matched.before)}"
        raise RunError("samples of which both models say the same", found, "compare without --retest")
    places = places[np.unique(np.linspace(0, len(places) - 1, min(MOST, len(places))).astype(np.intp))]
    return matched.before[places], matched.after[places]


def _seen_by(run: Run, rows: Rows, scenes: Scenes) -> Scenes:
    """The same pictures and regions with what the model of another run said of them."""
    embeddings = np.asarray(run.array("embeddings.npy")[rows], dtype=np.float32)
    known = embeddings.shape[1] > 0 and bool(np.isfinite(embeddings).all())
    found = scenes_of(
        run, rows, scenes.pictures, scenes.cover, scenes.region_source,
        embeddings if known else None, scenes.units,
    )  # fmt: skip
    return replace(found, ids=scenes.ids, labels=scenes.labels)


def suspicions_of_both(one: Run, other: Run, matched: Matched) -> list[Suspicion]:
    """Every suspicion of either run, in the sample ids of the first; one that both have is told once."""
    own = read_suspicions(one.path)
    known = {suspicion.id for suspicion in own}
    further = (suspicion for suspicion in read_suspicions(other.path) if suspicion.id not in known)
    return [*own, *(_renamed(suspicion, matched) for suspicion in further)]


def _renamed(suspicion: Suspicion, matched: Matched) -> Suspicion:
    ids = matched.ids
    return replace(
        suspicion,
        samples=tuple(ids[name] for name in suspicion.samples if name in ids),
        boxes={ids[name]: box for name, box in suspicion.boxes.items() if name in ids},
    )
