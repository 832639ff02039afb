"""What runs on the machines: the model loaded once, then piece after piece into a part file."""

import os
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ray

from gradcam_core.auditing.batch import batch_results, join
from gradcam_core.auditing.cluster.pictures import at_hand
from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.parts.part_file import to_bytes
from gradcam_core.auditing.parts.pieces import Piece
from gradcam_core.auditing.setup import Setup, load_model
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.model import files_beside
from gradcam_core.tasks.options import AuditOptions


@dataclass(frozen=True)
class PieceJob:
    """What all workers of one audit share.

    Attributes:
        project: without samples; its model is replaced by ``model``.
        options, spec, metadata: as on the machine that started the audit.
        model: reference to file name -> content of the model file or SavedModel folder.
        storage: URL of the part files.
        cpus: processors of one worker.
        url, mirror: where the pictures come from, as in :func:`pictures.at_hand`.
    """

    project: Project
    options: AuditOptions
    spec: InputSpec
    metadata: tuple[str, ...]
    model: Any
    storage: str
    cpus: float
    url: str
    mirror: Path


def model_files(path: Path) -> dict[str, bytes]:
    """Name relative to the parent folder -> content, the model's own first: of a model file and the weights
    beside it, or of all files of a SavedModel."""
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    files = [path, *files_beside(path)] if path.is_file() else inside
    return {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in files}


def put_down(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write what :func:`model_files` read below ``folder``; the path of the model there."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / Path(next(iter(files))).parts[0]


class Worker:
    """One actor. Ray makes it once per process and calls it for one piece at a time."""

    def __init__(self, job: PieceJob) -> None:
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):  # read when TensorFlow starts
            os.environ.setdefault(name, str(max(1, int(job.cpus))))
        self._job, self._storage = job, Storage(job.storage)
        self._folder = tempfile.TemporaryDirectory(prefix="gradcam-worker-")
        path = put_down(ray.get(job.model), Path(self._folder.name))
        project = replace(job.project, model_path=path)
        self._setup = Setup(project, job.options, load_model(project, job.options), job.spec)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Compute one piece; what went wrong travels back as text, told apart by whose fault it is."""
        (piece,) = batch["piece"]
        fault, error, samples = "", "", 0
        try:
            self._compute(piece)
            samples = len(piece.project.samples)
        except AuditError as wrong:
            fault, error = "input", str(wrong)
        except Exception:  # noqa: BLE001  a worker that dies of one piece would lose others too
            fault, error = "worker", traceback.format_exc(limit=-3)
        return {"samples": [samples], "fault": [fault], "error": [error]}

    def _compute(self, piece: Piece) -> None:
        setup, job = self._setup, self._job
        with at_hand(piece.project, job.url, job.mirror) as project:
            part = join(list(batch_results(setup, project, job.metadata)))
        about = {"engine": setup.explainer.engine, "node": ray.get_runtime_context().get_node_id()}
        self._storage.write(piece.key, to_bytes(part, about))
