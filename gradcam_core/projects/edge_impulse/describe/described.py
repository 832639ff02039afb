"""What Edge Impulse says about a model's input and output, in this program's words, with its origin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import ChannelOrder, Fact, Resize, ResizeMethod, Scaling
from gradcam_core.projects.edge_impulse.api.fields import Document, text, whole
from gradcam_core.projects.edge_impulse.describe import tasks
from gradcam_core.projects.edge_impulse.describe.blocks import Candidate, dsp_block, input_block
from gradcam_core.projects.edge_impulse.describe.spectrogram import (
    SoundBlock,
    normalisation,
    spectrogram_block,
)
from gradcam_core.projects.edge_impulse.describe.tasks import check_task, task_of
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks import TASKS

ROUTE = "from Edge Impulse"
_MODES: Mapping[str, Resize] = {
    "squash": "squash",
    "fit-short": "fit-short",
    "fit-shortest": "fit-short",
    "fit-long": "fit-long",
    "fit-longest": "fit-long",
}
_METHODS: Mapping[str, ResizeMethod] = {"lanczos3": "lanczos3", "nearest": "nearest"}
TWO = {"classNames": [tasks.NORMAL, tasks.ANOMALY]}  # of a detector, whatever its metadata say
_CHANNELS = {"rgb": 3, "grayscale": 1, "greyscale": 1}


@dataclass(frozen=True)
class DescribedBlock:
    """A project, its chosen learn block, and how a picture becomes that block's input.

    ``thresholds`` maps Edge Impulse's keys to numbers; ``trained`` is when the model was made; ``sound`` is
    the block whose features a network for sounds takes as they are; ``meanings`` maps labels to classes
    where these are not the same.
    """

    project_id: int
    name: str
    impulse_id: int | None
    block: Candidate
    task: str
    class_names: tuple[str, ...]
    scaling: Scaling
    resize: Resize
    resize_method: ResizeMethod
    channels: int | None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    trained: str | None = None
    facts: tuple[Fact, ...] = ()
    sound: SoundBlock | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    channel_order: ChannelOrder = "rgb"


@dataclass(frozen=True)
class Identity:
    """Which project and impulse: ids, name, facts about how they were found, what labels mean to a
    detector of anomalies."""

    project_id: int
    name: str
    impulse_id: int | None
    facts: tuple[Fact, ...] = ()
    anomalies: Mapping[str, str] = field(default_factory=lambda: tasks.DEFAULT)


def describe(
    identity: Identity, impulse: Document, chosen: Candidate, dsp: Document, answers: Overrides
) -> DescribedBlock:
    """Put together what the documents say; ``answers`` of the user win.

    Args:
        identity: of the project.
        impulse: as the API or the deployment metadata gives it; empty where the key may not read it.
        chosen: the learn block with its metadata.
        dsp: configuration or metadata of the block's DSP block, in any of their shapes.
        answers: of the user.

    Raises:
        ProjectError: a task that is not audited, or an unknown scaling or resize mode.
    """
    task = task_of(impulse, chosen)
    check_task(task, chosen)
    sound = spectrogram_block(impulse, chosen.block.dsp) if task == "audio" else None
    made = _Making(answers, [*identity.facts, *normalisation(dsp)], sound is not None)
    block = input_block(impulse)
    numbers = thresholds(chosen.metadata.get("thresholds"))
    made.facts.append(Fact("task", task, "read", f"mode of learn block {chosen.block}, {ROUTE}"))
    detects = task == tasks.TASK
    if detects:
        made.facts.append(tasks.labels_fact(identity.anomalies))
    return DescribedBlock(
        identity.project_id,
        answers.name or identity.name,
        identity.impulse_id,
        chosen,
        task,
        () if TASKS[task].numbers else made.class_names(TWO if detects else chosen.metadata),
        cast(Scaling, made.known("scaling", chosen.metadata.get("imageInputScaling"), _scalings(), "0..1")),
        cast(Resize, made.known("resize", block.get("resizeMode"), _MODES, "squash")),
        cast(ResizeMethod, made.known("resize_method", block.get("resizeMethod"), _METHODS, "lanczos3")),
        None if sound else made.channels({**dsp_block(impulse, chosen.block), **dsp}),
        {**numbers, **answers.thresholds},
        text(chosen.metadata, "created"),
        (*made.facts, *_threshold_facts(numbers)),
        sound,
        meanings=identity.anomalies if detects else {},
        channel_order=made.channel_order(),
    )


def _scalings() -> Mapping[str, str]:
    return {name: name for name in get_args(Scaling)}


@dataclass
class _Making:
    """The user's answers and the facts gathered on the way; features are fed ``as_they_are``."""

    answers: Overrides
    facts: list[Fact]
    as_they_are: bool = False

    def fact(self, name: str, value: str, given: bool, why: str = ROUTE) -> None:
        """Note what the user gave or Edge Impulse said."""
        self.facts.append(Fact(name, value, "given" if given else "read", "" if given else why))

    def known(self, name: str, value: object, choices: Mapping[str, str], default: str) -> str:
        """The user's answer, else the value in our words, else the default with a warning."""
        given, option = getattr(self.answers, name), f"--{name.replace('_', '-')}"
        if self.as_they_are:
            self.fact(name, "none", False, "features are fed to the network as they are")
            return default
        if given is not None:
            self.fact(name, str(given), True)
            return str(given)
        if value is None or value == "":
            warning = f"{name} is not known; check it, or give {option}"
            self.facts.append(Fact(name, default, "guessed", "Edge Impulse's own default", warning))
            return default
        if str(value) not in choices:
            raise ProjectError(
                f"a {name.replace('_', ' ')} out of {', '.join(choices)}",
                repr(value),
                f"say which one comes closest with {option}",
            )
        self.fact(name, choices[str(value)], False)
        return choices[str(value)]

    def class_names(self, metadata: Document) -> tuple[str, ...]:
        """``classNames``: the order of the outputs; the dataset's own label list is another one."""
        given = self.answers.class_order
        names = given or tuple(str(name) for name in metadata.get("classNames") or ())
        if not names:
            raise ProjectError("class names of the learn block", "none", "train it again")
        self.fact("class order", ", ".join(names), bool(given), f"classNames, {ROUTE}")
        return names

    def channel_order(self) -> ChannelOrder:
        """Edge Impulse feeds RGB; the user may know better of a model of their own."""
        given = self.answers.channel_order
        if given is not None:
            self.fact("channel_order", given, True)
        return given or "rgb"

    def channels(self, dsp: Document) -> int | None:
        """3 or 1 where a DSP document says so; None leaves it to the model."""
        if self.answers.channels is not None:
            self.fact("channels", str(self.answers.channels), True)
            return self.answers.channels
        found = {_CHANNELS.get(word.lower()) for word in _channel_words(dsp)} - {None}
        if len(found) != 1:
            return None
        (count,) = found
        self.fact("channels", str(count), False, f"image block, {ROUTE}")
        return count


def _channel_words(value: Any) -> Iterator[str]:
    """Every text under a key ``channels``, and of every item whose ``param`` is that."""
    if isinstance(value, list):
        for one in value:
            yield from _channel_words(one)
    elif isinstance(value, dict):
        if value.get("param") == "channels" and isinstance(value.get("value"), str):
            yield value["value"]
        for key, one in value.items():
            if key == "channels" and isinstance(one, str):
                yield one
            else:
                yield from _channel_words(one)


def thresholds(value: object) -> dict[str, float]:
    """Thresholds by key, out of the API's list of objects or the deployment metadata's plain object."""
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        listed = value if isinstance(value, list) else []
        pairs = [(one.get("key"), one.get("value")) for one in listed if isinstance(one, dict)]
    found: dict[str, float] = {}
    for key, number in pairs:
        try:
            found[str(key)] = float(number)
        except (TypeError, ValueError):
            continue
    return found


def _threshold_facts(numbers: Mapping[str, float]) -> list[Fact]:
    return [Fact(f"threshold {key}", f"{value:g}", "read", ROUTE) for key, value in numbers.items()]


def impulse_identifier(impulse: Document) -> int | None:
    """The impulse's own id, where it has one."""
    return whole(impulse, "id")
