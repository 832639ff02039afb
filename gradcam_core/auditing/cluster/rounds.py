"""Pieces through Ray Data in rounds: what a lost machine leaves undone is computed in the next round."""

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import ray
from ray.data import ActorPoolStrategy, DataContext

from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.cluster.worker import PieceJob, Worker
from gradcam_core.auditing.parts.pieces import Piece
from gradcam_core.base.errors import AuditError
from gradcam_core.base.progress import Progress

CPUS = 2.0  # processors of one worker: one decodes while the other computes
STALLED = 3  # rounds without one new part after which an audit gives up


@dataclass
class RoundLedger:
    """What happened: parts found from an earlier try, rounds needed, most workers and machines at once."""

    found: int = 0
    rounds: int = 0
    workers: int = 0
    nodes: int = 0


@contextmanager
def connected(address: str) -> Iterator[None]:
    """A connection to a running cluster for the length of the block; one that is there is kept.

    Raises:
        AuditError: no cluster answers.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if ray.is_initialized():
        yield
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, RuntimeError) as error:
        found = str(error).splitlines()[0].rstrip(".")
        raise AuditError(f"a Ray cluster at {address}", found, "start one: see docs/scaling.md") from error
    try:
        yield
    finally:
        ray.shutdown()


class Share(NamedTuple):
    """What the machines that are alive have room for; ``cpus`` and ``gpus`` are of one worker."""

    workers: int
    cpus: float
    gpus: int
    nodes: int


def share(cpus: float = CPUS) -> Share:
    """As many workers as fit: one per graphics card where there are any, else by processors.

    Raises:
        AuditError: no machine with processors is alive.
    """
    alive = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    offered = [float(resources["CPU"]) for resources in alive if resources.get("CPU")]
    if not offered:
        raise AuditError("a Ray cluster with processors", f"{len(alive)} machines without any")
    each = min(cpus, *offered, cpus)
    fitting = sum(int(count // each) for count in offered)
    cards = int(sum(float(resources.get("GPU", 0)) for resources in alive))
    return Share(min(fitting, cards) if cards else fitting, each, 1 if cards else 0, len(offered))


def compute(pieces: Sequence[Piece], job: PieceJob, storage: Storage, progress: Progress) -> RoundLedger:
    """Compute every piece whose part is not in ``storage`` yet.

    Raises:
        AuditError: the input is at fault, or several rounds brought nothing new.
    """
    ledger, stalled, last = RoundLedger(), 0, "workers were lost"
    total = sum(len(piece.project.samples) for piece in pieces)
    missing = _missing(pieces, storage)
    ledger.found = len(pieces) - len(missing)
    while missing:
        before, left = len(missing), sum(len(piece.project.samples) for piece in missing)
        for result in _round(missing, job, ledger):
            last = result["error"] or last
            if result["fault"] == "input":
                raise AuditError(result["error"])
            left -= result["samples"]
            progress("computing maps", total - left, total)
        missing = _missing(pieces, storage)
        stalled = stalled + 1 if len(missing) == before else 0
        if stalled == STALLED:
            raise AuditError(f"{before} more parts", f"none in {STALLED} rounds; the last reason: {last}")
    return ledger


def _missing(pieces: Sequence[Piece], storage: Storage) -> list[Piece]:
    done = storage.finished()
    return [piece for piece in pieces if piece.key not in done]


def _round(pieces: Sequence[Piece], job: PieceJob, ledger: RoundLedger) -> Iterator[dict[str, Any]]:
    """Results of one pass, as they come; pieces of a lost machine are missing among them."""
    room = share(job.cpus)
    ledger.rounds += 1
    ledger.workers, ledger.nodes = max(ledger.workers, room.workers), max(ledger.nodes, room.nodes)
    _quiet()
    rows = ray.data.from_items([{"piece": piece} for piece in pieces], override_num_blocks=len(pieces))
    done = rows.map_batches(
        Worker,
        fn_constructor_args=(job,),
        batch_size=1,
        batch_format="numpy",
        compute=ActorPoolStrategy(size=min(room.workers, len(pieces)), max_tasks_in_flight_per_actor=2),
        num_cpus=room.cpus,
        num_gpus=room.gpus,
        max_restarts=0,  # a restarted worker would wait for its machine; the next round asks who is alive
    )
    try:
        yield from done.iter_rows()
    except ray.exceptions.RayError as error:  # e.g. no worker could start; the caller counts the rounds
        yield {"samples": 0, "fault": "worker", "error": str(error)}


def _quiet() -> None:
    context = DataContext.get_current()
    context.max_errored_blocks = -1  # a lost worker costs its pieces, not the round
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # a lost worker is no news for the user
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"ray\.|gradcam_core\.cluster")
