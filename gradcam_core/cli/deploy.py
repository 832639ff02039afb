"""deploy --metadata FILE: run as an Edge Impulse deployment block and write one deploy.zip."""

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from gradcam_core.audit.pipeline import audit
from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress, TerminalProgress
from gradcam_core.base.types import Project
from gradcam_core.maps.overlay import Normalization
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
from gradcam_core.runs.report.overlays import Look, write_overlays
from gradcam_core.runs.report.summary_page import summary_page
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import alarms
from gradcam_core.tasks.options import AuditOptions, Pooling

OLD_NAMES: Mapping[str, Normalization] = {"simple": "image"}  # of the public reference block


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("deploy", help=__doc__, allow_abbrev=False)
    parser.add_argument("--metadata", type=Path, required=True, help="deployment-metadata.json")
    parser.add_argument("--alpha", type=opacity, default=0.45, help="0 picture only .. 1 map only")
    parser.add_argument(
        "--pooling-gradients",
        choices=get_args(Pooling),
        default="mean",
        help="mean is Grad-CAM; sum_abs is not class-specific and not scored",
    )
    parser.add_argument(
        "--heatmap-normalization",
        choices=(*get_args(Normalization), *OLD_NAMES),
        default="image",
        help="brightest colour: each map's maximum, its 99th percentile, or the largest value of all maps",
    )
    parser.add_argument("--block", type=number, metavar="ID", help="learn block, where several fit")
    parser.set_defaults(run=run, tolerant=True)


def opacity(text: str) -> float:
    """A number from 0 to 1, for argparse."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {text}")
    return value


def number(text: str) -> int | None:
    """A number; nothing where a form's field was left empty."""
    return int(text) if text.strip() else None


def run(args: argparse.Namespace) -> int:
    progress = TerminalProgress()
    how = args.heatmap_normalization
    look = Look(args.alpha, OLD_NAMES.get(how, how))
    try:
        written = deploy(
            args.metadata,
            AuditOptions(pooling=args.pooling_gradients),
            look,
            Overrides(block=args.block),
            progress,
        )
    finally:
        progress.close()
    print(f"written: {written}")
    return 0


RESULT, PACKED_MODEL = "deploy.zip", "trained.h5.zip"


def deploy(
    metadata: Path, options: AuditOptions, look: Look, answers: Overrides, progress: Progress
) -> Path:
    """Audit the deployed model on the project's test pictures and write ``deploy.zip``.

    The zip holds ``run/`` (the run folder), ``correct/`` and ``incorrect/`` (overlays), ``samples.csv`` and
    ``summary.html``; never the metadata file, which holds a key.

    Args:
        metadata: ``deployment-metadata.json``.
        options: of the audit.
        look: how overlays are drawn.
        answers: of the user, as for any source.
        progress: told stage, done, total.

    Returns:
        The path of the zip in the output folder.

    Raises:
        AuditError: what is missing; then nothing is written to the output folder.
    """
    deployment = read_deployment(metadata)
    with tempfile.TemporaryDirectory(prefix="deploy-") as folder:
        work = Path(folder)
        project = _project(deployment, work, answers, progress)
        run = audit(project, options, work / "out" / "run", progress)
        _report(run, work / "out", look)
        pack(work / "out", work / RESULT)
        return _hand_over(work / RESULT, deployment.output)


def _project(deployment: Deployment, work: Path, answers: Overrides, progress: Progress) -> Project:
    root = work / "project"
    root.mkdir()
    model = _model(deployment.inputs, root)
    with Client(deployment.key, deployment.host) as client:
        described = understand_deployment(client, deployment, answers)
        return fetch_project(client, described, root, progress, model=model, via=answers.via or "samples")


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


def _report(run: Run, out: Path, look: Look) -> None:
    found = run.table["outcome"].tolist()
    pictures = write_overlays(run, found, out, look)
    table = run.table.assign(overlay=[pictures.get(one, "") for one in run.table["sample_id"]])
    if said := alarms(run.manifest):
        table = table.assign(alarm=" ".join(said))
    table.to_csv(out / "samples.csv", index=False)
    (out / "summary.html").write_text(summary_page(run, found, pictures), encoding="utf-8")


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
