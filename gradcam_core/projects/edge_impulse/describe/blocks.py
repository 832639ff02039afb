"""An impulse's blocks, and the one learn block that is meant: by type, never by position."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gradcam_core.base.errors import ProjectError, SourceError
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required, text, whole

KERAS = "keras"  # every learn block with a Keras network has a type that begins so


@dataclass(frozen=True)
class LearnBlock:
    """one learn block: its id, type, title and the DSP blocks that feed it."""

    id: int
    type: str
    title: str
    dsp: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.id} “{self.title}” ({self.type})"


@dataclass(frozen=True)
class Candidate:
    """A learn block with what the API says of its model."""

    block: LearnBlock
    metadata: Document

    @property
    def trained(self) -> bool:
        return self.metadata.get("hasTrainedModel") is not False


def learn_blocks(impulse: Document) -> list[LearnBlock]:
    """Every learn block of the impulse, in its order."""
    where = "a learn block of the impulse"
    return [
        LearnBlock(
            required(one, "id", int, where),
            required(one, "type", str, where),
            text(one, "title") or text(one, "name") or "untitled",
            tuple(number for number in one.get("dsp") or () if isinstance(number, int)),
        )
        for one in objects(impulse, "learnBlocks")
    ]


def choose_block(
    blocks: Sequence[LearnBlock], wanted: int | None, metadata: Callable[[LearnBlock], Document]
) -> Candidate:
    """The learn block to explain, with its metadata.

    Args:
        blocks: of the impulse.
        wanted: id given by the user.
        metadata: asks for a block's metadata.

    Raises:
        ProjectError: none fits, or several do; lists them.
        SourceError: none has a trained model.
    """
    usable = [one for one in blocks if one.type.startswith(KERAS)]
    if wanted is not None:
        usable = [one for one in blocks if one.id == wanted]
    if not usable:
        raise ProjectError(
            "a learn block with a Keras network"
            if wanted is None
            else f"a learn block with the id {wanted}",
            f"the blocks {_listed(blocks)}" if blocks else "no learn block in the impulse",
            "choose one with --block ID, or another impulse with --impulse ID" + _about_anomalies(blocks),
        )
    candidates = [Candidate(one, metadata(one)) for one in usable]
    trained = [one for one in candidates if one.trained]
    if not trained:
        raise SourceError(
            "a trained model",
            f"none yet in block {_listed(usable)}{_reasons(candidates)}",
            "train the block in Studio, or choose another with --block ID",
        )
    if len(trained) > 1:
        raise ProjectError(
            "one learn block",
            f"several: {_listed([one.block for one in trained])}",
            "choose one with --block ID",
        )
    return trained[0]


def _about_anomalies(blocks: Sequence[LearnBlock]) -> str:
    """What a project with nothing but such a block can do."""
    if not any(one.type.startswith("anomaly") for one in blocks):
        return ""
    return "; Edge Impulse exports no model of anomaly blocks, neither their mixture nor their clusters"


def _listed(blocks: Sequence[LearnBlock]) -> str:
    return ", ".join(str(one) for one in blocks)


def read_listed(text: str) -> dict[int, str]:
    """Block ids with their words, out of an error that lists blocks; the way back of :func:`_listed`."""
    found = re.finditer(r"(?P<id>\d+) “.*?” \([a-z][\w-]*\)(?=, \d+ “|;|$)", text)
    return {int(one["id"]): one[0] for one in found}


def _reasons(candidates: Sequence[Candidate]) -> str:
    said = {str(one.metadata["error"]) for one in candidates if one.metadata.get("error")}
    return f" ({'; '.join(sorted(said))})" if said else ""


def input_block(impulse: Document) -> Document:
    """The impulse's first input block, or nothing."""
    return next(iter(objects(impulse, "inputBlocks")), {})


def dsp_block(impulse: Document, block: LearnBlock) -> Document:
    """The DSP block that feeds the learn block; nothing where that is unknown."""
    found = [one for one in objects(impulse, "dspBlocks") if whole(one, "id") in block.dsp]
    return found[0] if len(found) == 1 else {}
