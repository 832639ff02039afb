"""An audit that goes on where an earlier one was stopped: parts that were kept, the others computed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from gradcam_core.auditing.batch import BatchResult, batch_results, join
from gradcam_core.auditing.parts.pieces import Piece, cut, joined, piece_size
from gradcam_core.auditing.parts.shelf import Shelf
from gradcam_core.auditing.setup import Setup

PIECE = 128  # samples; what a stopped audit loses at most, beside the batches that were under way


@dataclass(frozen=True)
class Portion:
    """Some results in the project's order; ``kept``: the engine, where an earlier audit made them."""

    result: BatchResult
    kept: str = ""


class Resuming:
    """The results of all samples in the project's order, kept or computed.

    Args:
        setup: project, options, model.
        metadata: from ``batch.metadata_names``.
        shelf: where parts are kept; None: nothing is.

    Attributes:
        found: samples that an earlier audit left.
    """

    def __init__(self, setup: Setup, metadata: Sequence[str], shelf: Shelf | None) -> None:
        self._setup, self._metadata, self._shelf = setup, metadata, shelf
        size = piece_size(setup.options.batch_size, max(PIECE, setup.options.batch_size))
        self._pieces = cut(setup, size) if shelf is not None else []
        self._kept = shelf.finished() & {one.key for one in self._pieces} if shelf is not None else set()
        self.found = sum(len(one.project.samples) for one in self._pieces if one.key in self._kept)

    @property
    def keeping(self) -> bool:
        """Whether a start after this one could go on from here."""
        return self._shelf is not None and self._shelf.open

    def portions(self) -> Iterator[Portion]:
        """Every result once."""
        if self._shelf is None:
            yield from map(Portion, self._computed([]))
            return
        missing = [one for one in self._pieces if one.key not in self._kept]
        fresh = self._computed(missing)
        for piece in self._pieces:
            if piece.key not in self._kept:
                yield from self._fresh(self._shelf, fresh, piece, last=piece is missing[-1])
            elif (found := self._shelf.read(piece.key)) is not None:
                yield Portion(found[0], str(found[1].get("engine", "")))
            else:  # damaged: as if it had not been there
                yield from self._fresh(self._shelf, self._computed([piece]), piece, last=False)

    def _computed(self, pieces: Sequence[Piece]) -> Iterator[BatchResult]:
        project = joined(self._setup.project, pieces) if pieces else self._setup.project
        return batch_results(self._setup, project, self._metadata)

    def _fresh(
        self, shelf: Shelf, results: Iterator[BatchResult], piece: Piece, last: bool
    ) -> Iterator[Portion]:
        """One piece computed; kept, unless the run is written next anyhow."""
        batches = ceil(len(piece.project.samples) / self._setup.options.batch_size)
        own = []
        for result in islice(results, batches):
            own.append(result)
            yield Portion(result)
        if not last:
            shelf.write(piece.key, join(own), self._setup.explainer.engine)
