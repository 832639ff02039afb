"""A project becomes a run: the order of the steps and nothing else."""

import time
from collections.abc import Callable
from pathlib import Path

from gradcam_core.auditing import manifest
from gradcam_core.auditing.assembly import Assembly
from gradcam_core.auditing.batch import metadata_names
from gradcam_core.auditing.parts.pieces import common_key
from gradcam_core.auditing.parts.resuming import Resuming
from gradcam_core.auditing.parts.shelf import shelf
from gradcam_core.auditing.setup import Setup, set_up
from gradcam_core.base.errors import ModelError
from gradcam_core.base.files import write_arrays
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Project
from gradcam_core.model.contract import Explainer
from gradcam_core.runs.manifest import LEARNED
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.writing import RunWriter
from gradcam_core.tasks.options import AuditOptions

Then = Callable[[Run, Explainer], object]


def audit(
    project: Project,
    options: AuditOptions,
    runs: Path,
    progress: Progress = silent,
    then: Then | None = None,
) -> Run:
    """Compute predictions, maps and scores of every sample and write them as a run.

    Args:
        project: from ``projects.open_project``.
        options: what to compute.
        runs: parent folder of the run folder.
        progress: told stage, done, total.
        then: called with the run and its model, which is open still.

    Raises:
        AuditError: nothing could be audited; single unreadable samples are rows with a status.
    """
    started = time.monotonic()
    progress("loading the model", 0, 1)
    setup = ready(project, options)
    run = audited(setup, runs, progress, started)
    if then is not None:
        then(run, setup.explainer)
    return run


def audited(setup: Setup, runs: Path, progress: Progress = silent, started: float | None = None) -> Run:
    """As :func:`audit`, with project and model opened by :func:`ready`.

    What is finished is kept beside the runs until the run is written, and used by the next audit with the
    same model, choices and unchanged pictures, should this one be stopped.

    Args:
        started: monotonic time from which the run's seconds count; default now.
    """
    mapping = time.monotonic()
    project = setup.project
    name, total = manifest.run_id(setup), len(project.samples)
    with shelf(runs, common_key(setup)) as kept, RunWriter(runs, name, total) as writer:
        work, engines = Assembly(writer), set()
        write_arrays(writer.partial / LEARNED, project.learned)
        resuming = Resuming(setup, metadata_names(project), kept)
        for portion in resuming.portions():
            work.add(portion.result)
            engines.add(portion.kept or setup.explainer.engine)
            progress(_stage(resuming.found), work.done, total)
        table, outlines = work.finished()
        document = manifest.build(name, setup, table, manifest.timing(total, started or mapping, mapping))
        document |= {"engine": ", ".join(sorted(engines)), "samples_kept": resuming.found}
        path = writer.finish(document, table, outlines)
        if kept is not None:
            kept.clear()
    return open_run(path)


def _stage(found: int) -> str:
    return f"computing maps, {found:,} kept from an audit that was stopped" if found else "computing maps"


def ready(project: Project, options: AuditOptions) -> Setup:
    """Project and model opened together.

    Raises:
        AuditError: they do not fit together, or no layer is left to explain.
    """
    setup = set_up(project, options)
    if not setup.explainer.layers:
        raise ModelError("a layer with a grid twice as fine", "none", "use --maps classic")
    return setup
