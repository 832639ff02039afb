"""The same audit on many machines, over Ray Data. Needs requirements-cluster.txt; see docs/scaling.md."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ray

from gradcam_core.auditing import manifest
from gradcam_core.auditing.assembly import Assembly
from gradcam_core.auditing.batch import metadata_names
from gradcam_core.auditing.cluster.rounds import CPUS, RoundLedger, compute, connected
from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.cluster.worker import PieceJob, model_files
from gradcam_core.auditing.parts.pieces import PIECE, Piece, cut, head, piece_size, whole_key
from gradcam_core.auditing.pipeline import ready
from gradcam_core.auditing.setup import Setup
from gradcam_core.base import remote_folder
from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import write_arrays
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Project
from gradcam_core.runs.manifest import LEARNED
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.writing import RunWriter
from gradcam_core.tasks.options import AuditOptions

PARTS = ".parts"


@dataclass(frozen=True)
class Cluster:
    """Which machines and where their parts go.

    Attributes:
        address: of the Ray cluster; "auto" the one that this machine belongs to.
        parts: folder for the parts, a path or fsspec URL that every machine reaches; None means
            ``.parts`` in the runs folder.
        cpus: processors of one worker.
        piece: samples per part, rounded down to whole batches.
    """

    address: str = "auto"
    parts: str | None = None
    cpus: float = CPUS
    piece: int = PIECE


def audit_on_cluster(
    project: Project, options: AuditOptions, runs: Path, where: Cluster, progress: Progress = silent
) -> Run:
    """What :func:`gradcam_core.auditing.pipeline.audit` does, computed by the machines of a Ray cluster.

    Finished parts stay in ``where.parts`` until the run is written, so that the same call continues
    an audit that was killed. Pictures must not change in between.

    Raises:
        AuditError: as ``audit``; or no cluster, or its machines cannot reach the pictures or the parts.
    """
    started = time.monotonic()
    with connected(where.address):
        progress("loading the model", 0, 1)
        setup = ready(project, options)
        pieces = cut(setup, piece_size(options.batch_size, where.piece))
        base = where.parts or str(runs / PARTS)
        storage = Storage(f"{base.rstrip('/')}/{whole_key(pieces)}")
        mapping = time.monotonic()
        ledger = compute(pieces, _job(setup, storage, where), storage, progress)
    return _merge(setup, pieces, storage, ledger, (runs, started, mapping), progress)


def _job(setup: Setup, storage: Storage, where: Cluster) -> PieceJob:
    path = setup.project.model_path
    if path is None:  # ``ready`` has refused such a project
        raise AuditError("a model", "none")
    if setup.quantised is not None:
        todo = "leave --quantised out, or audit without --cluster"
        raise AuditError("one network per audit on a cluster", "a quantised one beside the model", todo)
    metadata = metadata_names(setup.project)
    model = ray.put(model_files(path))
    shared = head(setup.project)
    place = remote_folder.mirror_of(setup.project.root)
    url = remote_folder.url_of(place) if place else ""
    return PieceJob(
        shared,
        setup.options,
        setup.spec,
        metadata,
        model,
        storage.url,
        where.cpus,
        url,
        place or shared.root,
    )


def _merge(
    setup: Setup,
    pieces: Sequence[Piece],
    storage: Storage,
    ledger: RoundLedger,
    when: tuple[Path, float, float],
    progress: Progress,
) -> Run:
    """Parts in the project's order -> a run folder; the parts go when it is there."""
    runs, started, mapping = when
    name, total, engines = manifest.run_id(setup), len(setup.project.samples), set()
    with RunWriter(runs, name, total) as writer:
        work = Assembly(writer)
        write_arrays(writer.partial / LEARNED, setup.project.learned)
        for piece in pieces:
            found = storage.read(piece.key)
            if found is None:
                raise AuditError("whole part files", f"a damaged one of piece {piece.index}", "start again")
            work.add(found[0])
            engines.add(str(found[1]["engine"]))
            progress("merging the parts", work.done, total)
        table, outlines = work.finished()
        document = manifest.build(name, setup, table, manifest.timing(total, started, mapping))
        document |= {"engine": ", ".join(sorted(engines)), "cluster": _about(ledger, len(pieces))}
        path = writer.finish(document, table, outlines)
    storage.clear()
    return open_run(path)


def _about(ledger: RoundLedger, parts: int) -> dict[str, Any]:
    return {
        "machines": ledger.nodes,
        "workers": ledger.workers,
        "parts": parts,
        "parts_found": ledger.found,
        "rounds": ledger.rounds,
    }
