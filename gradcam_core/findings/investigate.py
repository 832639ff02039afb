"""A finished run -> findings: discovery, edits, conclusions, written into the run folder.

The one place where runs, pictures, the model, the edits and the statistics meet: searches and conclusions
open nothing, and edits know no runs.
"""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.files import write_json, write_table
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Floats, Picture
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.one_pass import OnePass
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.table import COLUMNS
from gradcam_core.findings.box_margins import with_margins
from gradcam_core.findings.conclude import conclude
from gradcam_core.findings.examples import number_of, write_examples
from gradcam_core.findings.groups import association, clusters
from gradcam_core.findings.held_marks import held_edits
from gradcam_core.findings.loading import gather, load_pictures
from gradcam_core.findings.material import Material
from gradcam_core.findings.scenes import searched_scenes
from gradcam_core.findings.search import Discovery, discover, heat
from gradcam_core.findings.spoken import spoken_findings
from gradcam_core.findings.subset import Subset, searched_subset
from gradcam_core.findings.trust import check_maps
from gradcam_core.model import open_explainer
from gradcam_core.model.contract import Explainer, Targets
from gradcam_core.runs import findings
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.pictures import model_file
from gradcam_core.runs.project import cells_of, layer_of, network_inputs, own_classes_of, project_of
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.store import Run
from gradcam_core.runs.trust import read_trust
from gradcam_core.tasks import open_for
from gradcam_core.tasks.multi_label.rows import one_hot
from gradcam_core.tasks.object_detection.rows import explained_weights

DEFAULT_BUDGET = 200
TRUSTED = 32  # pictures for the trust checks


def investigate(
    run_path: Path,
    edits: bool = True,
    budget: int = DEFAULT_BUDGET,
    seed: int = 0,
    *,
    progress: Progress = silent,
    explainer: Explainer | None = None,
    trust_code: bool = False,
) -> list[Finding]:
    """Find, test and conclude for one run; write what comes out into the run folder.

    Args:
        run_path: a finished run folder.
        edits: edit pictures and ask the model again. Without it nothing rises above level 2.
        budget: samples per edit.
        seed: of every random choice.
        progress: called with (stage, done, total).
        explainer: the run's model where it is open already; else opened as the manifest says.
        trust_code: open a model file that holds code.

    Returns:
        Findings, strongest first; every flag at least once (level 0: what could have been missed).

    Raises:
        RunError: not a run, or its pictures are gone.
        ModelError: with ``edits``: the model cannot be opened.
    """
    run = open_redrawn(Path(run_path))
    subset = searched_subset(run)
    with tempfile.TemporaryDirectory(prefix="findings-") as folder:
        pictures, read = load_pictures(subset, Path(folder), progress)
        material = gather(subset, pictures, read, progress)
        table, trust = pd.DataFrame(columns=list(COLUMNS)), read_trust(run.path)
        if edits:
            model = explainer or open_model(run, trust_code)
            trust, untrained = check_trust(run, material, pictures, model, seed, progress)
            material = replace(material, untrained=untrained)
        progress("search", 0, 1)
        discovery = discover(material, seed)
        progress("search", 1, 1)
        scenes = searched_scenes(subset, material, pictures)
        if edits:
            table = edit(
                run, scenes, discovery.suspicions, model, budget=budget, seed=seed, progress=progress
            )
            write_table(run.path / findings.EDITS, table)
        write_groups(subset, material, discovery, seed)
        hints = [*discovery.hints, heat.hint(trust, len(material.table))]
        trusted, regions = trust is None or bool(trust["trusted"]), bool(material.covered.any())
        concluded = partial(
            conclude,
            hints,
            table,
            checks=CHECKS,
            estimated=material.estimated,
            trusted=trusted,
            regions=regions,
            number=number_of(scenes),
            sources=Counter(scenes.region_source),
        )
        found = concluded()
        if edits:
            predict = OnePass(model, network_inputs(run)).predict
            held = held_edits(found, scenes, discovery.suspicions, predict, budget=budget, seed=seed)
            found = found if held is None else concluded(held=held)
            found = with_margins(found, scenes, table, predict, budget=budget, seed=seed)
        found = spoken_findings(found, run.task, run.features)
        write_examples(run.path, found, table, scenes, discovery.suspicions, seed)
    findings.write_findings(run.path, found, edits=edits, budget=budget, seed=seed, **subset.facts)
    return found


def open_model(run: Run, trust_code: bool = False) -> Explainer:
    """The model of a run, cut at the layers that the run used."""
    opener = partial(
        open_explainer,
        model_file(run),
        classic=layer_of(run, "classic"),
        fine=layer_of(run, "fine"),
        engine=run.engine,
        trust_code=trust_code,
        maps=run.map_sets,
        output=run.chosen_output,
        size=run.chosen_size,
    )
    return open_for(project_of(run), opener)


def write_groups(subset: Subset, material: Material, discovery: Discovery, seed: int) -> None:
    """Write ``clusters.parquet`` and ``associations.parquet``; what was not searched stays empty."""
    grouped = clusters.table(material, discovery.probes, seed)
    whole = subset.run.table
    names = association.contexts(material, grouped, discovery.suspicions)
    found = {name: subset.spread(values) for name, values in names.items()}
    found |= association.columns(whole)
    grouped = pd.DataFrame({name: subset.spread(values) for name, values in grouped.items()})
    grouped["sample_id"] = whole["sample_id"].to_numpy()
    for name in ("map_cluster", "background_cluster"):
        grouped[name] = grouped[name].fillna(-1).astype(int)
    write_table(subset.run.path / findings.CLUSTERS, grouped)
    write_table(subset.run.path / findings.ASSOCIATIONS, association.associate(whole, found))


def check_trust(
    run: Run, material: Material, pictures: Picture, explainer: Explainer, seed: int, progress: Progress
) -> tuple[dict[str, Any], Floats]:
    """The trust report (written as ``trust.json``) and the untrained maps (M, h, w) float32, M = 0 without.

    The report, and the untrained maps, are those of the set that discovery looks at; the other set's
    report lies in it under ``others``.
    """
    rows = np.flatnonzero(material.readable)
    chosen = rows[np.unique(np.linspace(0, len(rows) - 1, min(TRUSTED, len(rows))).astype(np.intp))]
    progress("trust", 0, 1)
    inputs = network_inputs(run)(np.asarray(pictures[chosen]))
    sets = sorted(run.map_sets, key=lambda name: name != material.best_set)
    methods = {name: str(run.map_facts[name]["method"]) for name in sets}
    targets = targets_of(run, material.table.iloc[chosen])
    best, *others = check_maps(explainer, inputs, methods, seed, material.cover[chosen], targets)
    report = {**best.as_json(), "others": [other.as_json() for other in others]}
    write_json(run.path / findings.TRUST, report)
    progress("trust", 1, 1)
    none = np.zeros((0, 1, 1), np.float32)
    return report, none if best.untrained is None else best.untrained


def targets_of(run: Run, table: pd.DataFrame) -> Targets | None:
    """What the maps of rows of a run explain; None: the predicted class of their picture."""
    if own_classes_of(run, table) is not None:
        return one_hot(table["explained"].tolist(), run.class_names)
    shares = cells_of(run, table)
    if shares is None:
        return None
    return explained_weights(shares, table["explained"].tolist(), run.class_names)


def edit(
    run: Run,
    scenes: Scenes,
    suspicions: Sequence[Suspicion],
    explainer: Explainer,
    *,
    budget: int,
    seed: int,
    progress: Progress = silent,
) -> pd.DataFrame:
    """The edit table (columns of ``edits.parquet``) of one run."""
    model = OnePass(explainer, network_inputs(run))
    return run_checks(
        scenes,
        model.predict,
        model.embed,
        suspicions,
        budget=budget,
        seed=seed,
        progress=progress,
    )
