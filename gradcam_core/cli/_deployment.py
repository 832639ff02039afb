"""What an Edge Impulse deployment block does: metadata in, ``deploy.zip`` out."""

import shutil
import tempfile
from pathlib import Path

import numpy as np

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Project
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.unzip import pack
from gradcam_core.projects.edge_impulse.describe.deployment import (
    Deployment,
    read_deployment,
    understand_deployment,
)
from gradcam_core.projects.edge_impulse.fetch import fetch_project
from gradcam_core.projects.edge_impulse.fetch.layout import MODEL
from gradcam_core.projects.edge_impulse.fetch.model_file import unpack_model
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.export.pictures import write_folder
from gradcam_core.runs.report.door import write_report
from gradcam_core.runs.report.overlays import Look
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions

RESULT, PACKED_MODEL = "deploy.zip", "trained.h5.zip"


def deploy(
    metadata: Path, options: AuditOptions, look: Look, overrides: Overrides, progress: Progress
) -> Path:
    """Audit the deployed model on the project's test pictures and write ``deploy.zip``.

    The zip holds ``run/`` (the run folder), ``correct/`` and ``incorrect/`` (overlays), ``samples.csv`` and
    ``summary.html``; never the metadata file, which holds a key.

    Args:
        metadata: ``deployment-metadata.json``.
        options: of the audit.
        look: how overlays are drawn.
        overrides: of the user, as for any source.
        progress: told stage, done, total.

    Returns:
        The path of the zip in the output folder.

    Raises:
        AuditError: what is missing; then nothing is written to the output folder.
    """
    deployment = read_deployment(metadata)
    with tempfile.TemporaryDirectory(prefix="deploy-") as folder:
        work = Path(folder)
        project = _project(deployment, work, overrides, progress)
        run = audit(project, options, work / "out" / "run", progress)
        _report(run, work / "out", look, progress)
        pack(work / "out", work / RESULT)
        return _hand_over(work / RESULT, deployment.output)


def _project(deployment: Deployment, work: Path, overrides: Overrides, progress: Progress) -> Project:
    root = work / "project"
    root.mkdir()
    model = _model(deployment.inputs, root)
    with Client(deployment.key, deployment.host) as client:
        described = understand_deployment(client, deployment, overrides)
        return fetch_project(client, described, root, progress, model=model, via=overrides.via or "samples")


def _model(inputs: Path, root: Path) -> Path:
    """The deployed model; the input folder is slow network storage, so it is read once."""
    packed = inputs / PACKED_MODEL
    if not packed.is_file():
        raise SourceError(
            f"the model as {PACKED_MODEL} in the input folder",
            "no such file",
            "Edge Impulse writes it for blocks with a Keras network only: SSD, YOLO, custom, BYOM and "
            "anomaly blocks have none",
        )
    copy, target = root / PACKED_MODEL, root / MODEL
    shutil.copyfile(packed, copy)
    unpack_model(copy, target, PACKED_MODEL)
    copy.unlink(missing_ok=True)
    return target


def _report(run: Run, out: Path, look: Look, progress: Progress) -> None:
    write_folder(run, np.arange(len(run.table)), out, look)
    write_report(run, out / "summary.html", Wanted(with_names=True), progress)


def _hand_over(packed: Path, output: Path) -> Path:
    """Copy the zip into the output folder, where it appears only when it is whole."""
    output.mkdir(parents=True, exist_ok=True)
    target, part = output / RESULT, output / f".{RESULT}.part"
    try:
        shutil.copyfile(packed, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
