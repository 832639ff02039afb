"""What was understood of a project and its model together, and what would fit the labels better.

Nothing is changed behind the user's back: a better fit becomes a warning on the fact.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.stats import binomtest

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import Fact, Floats, InputSpec, Picture, Project, Scaling
from gradcam_core.images import to_input
from gradcam_core.model.contract import Activation, ModelInfo, predicted_class

GAIN = 0.10  # share of labelled pictures that an alternative must win
ALPHA = 0.001  # of the exact McNemar test; six alternatives are tried
GOOD = 0.97  # above it no alternative can be clearly better
COLOUR_SCALINGS = ("torch", "bgr-subtract-imagenet-mean")  # have a mean for each of three channels
CLASS_LIMIT = 50  # above it a class order cannot be judged from a few dozen pictures


def input_spec(project: Project, info: ModelInfo) -> InputSpec:
    """Size and channels from the model, the rest from the project.

    Raises:
        ModelError: the model is none of pictures.
        ProjectError: the project asks for other channels than the model takes.
    """
    if len(info.shape) in (1, 2):
        flat = "a flat input: " if len(info.shape) == 1 else ""
        raise ModelError(
            "a model of pictures, input (batch, height, width, 1 or 3 channels)",
            f"{flat}an input of shape {info.shape}",
            "choose an image model; for features of sounds see docs/audio.md",
        )
    if project.channels not in (None, info.channels):
        raise ProjectError(
            f"a model with {project.channels} input channels, as the project says",
            f"a model with {info.channels}",
            "leave --channels out or choose the model that belongs to the project",
        )
    return InputSpec(
        info.height, info.width, info.channels, project.resize, project.resize_method, project.scaling
    )


def named_classes(project: Project, info: ModelInfo) -> Project:
    """The project with "class 0", "class 1", … where no label says what the outputs are called."""
    if project.class_names:
        return project
    names = tuple(f"class {index}" for index in range(max(2, info.outputs)))
    why = "no labels were found; give the names with --labels FILE"
    return replace(
        project,
        class_names=names,
        facts=(*project.facts, Fact("classes", ", ".join(names), "guessed", why)),
    )


def fitted_classes(project: Project, info: ModelInfo) -> Project:
    """The project with names for its classes, one per output of the model; else ``ModelError``."""
    named = named_classes(project, info)
    check_classes(named, info)
    return named


def check_classes(project: Project, info: ModelInfo) -> None:
    """Raise ``ModelError`` unless the model gives one answer per picture with one output per class."""
    if info.features and info.classes != len(project.class_names):
        raise ModelError(
            "a network with a classification head",
            f"features only: the network ends after {info.layers[-1].name}, and no dense layer makes "
            "classes of its activations",
            "save the whole classifier, with its pooling and its dense layer",
        )
    if info.output_grid is not None:
        raise ModelError(
            "a model that gives one answer per picture",
            f"an answer for each of {_grid(info.output_grid)} cells",
            "audit it as object detection: --task object-detection",
        )
    if info.classes != len(project.class_names):
        raise ModelError(
            f"a model for {len(project.class_names)} classes ({', '.join(project.class_names[:8])})",
            _outputs(info.classes if info.outputs > 1 else 1),
            _way_out(project, info),
        )


def _way_out(project: Project, info: ModelInfo) -> str:
    if info.outputs == 1 and info.activation == "linear" and all(map(_is_number, project.class_names)):
        return "the labels are numbers, as the output is: audit it as a regression with --task regression"
    return "give the full class order, one name per line, with --labels FILE"


def _is_number(text: str) -> bool:
    try:
        return np.isfinite(float(text)).item()
    except ValueError:
        return False


def network_words(info: ModelInfo) -> str:
    """Format, outputs, activation and head."""
    return f"{info.format}, {_answer(info)}, {info.activation}, head {info.head}"


def with_model_facts(project: Project, info: ModelInfo) -> Project:
    """The project with what the model adds to "what I understood"."""
    facts = [
        Fact("input size", f"{info.height}×{info.width}×{info.channels}", "read", "from the model"),
        Fact("network", network_words(info), "read"),
        Fact("classic layer", f"{info.classic.name} {_grid(info.classic.grid)}", "guessed", info.why),
    ]
    if info.fine is not None:
        why = "the deepest layer whose grid is at least twice as fine"
        facts.append(Fact("fine layer", f"{info.fine.name} {_grid(info.fine.grid)}", "guessed", why))
    facts += [Fact("note", note, "read", "from the model") for note in info.notes]
    return replace(project, facts=(*project.facts, *facts))


def _answer(info: ModelInfo) -> str:
    if info.output_grid is None:
        return _outputs(info.outputs)
    return f"{_grid(info.output_grid)} cells of {_outputs(info.classes)}"


def _outputs(count: int) -> str:
    return "1 output" if count == 1 else f"{count} outputs"


def _grid(grid: tuple[int, int]) -> str:
    return f"{grid[0]}×{grid[1]}"


def better_fit(
    pictures: Picture,
    labels: NDArray[np.intp],
    spec: InputSpec,
    class_names: Sequence[str],
    predict: Callable[[Floats], NDArray[np.intp]],
) -> tuple[Fact, ...]:
    """Warnings where another scaling or class order would clearly fit the labels better.

    Args:
        pictures: (N, H, W, 3) uint8 at the network's size, labelled ones only.
        labels: (N,) class index.
        spec: the input spec in use.
        class_names: in the order in use.
        predict: network input (N, H, W, C) -> class index (N,).

    Clearly: at least 10 points more, exact McNemar p < 0.001.
    """
    now = predict(to_input(pictures, spec))
    if len(labels) == 0 or np.mean(now == labels) >= GOOD:
        return ()
    facts = []
    order = _better_order(now, labels, len(class_names))
    if order is not None:
        now = order[now]
        facts.append(_order_fact(order, np.mean(now == labels), len(labels), class_names))
    for scaling in get_args(Scaling):
        if scaling == spec.scaling or (scaling in COLOUR_SCALINGS and spec.channels == 1):
            continue
        other = predict(to_input(pictures, replace(spec, scaling=scaling)))
        if _clearly_better(other == labels, now == labels):
            facts.append(_scaling_fact(spec.scaling, scaling, now, other, labels))
    return tuple(facts)


def _clearly_better(other: NDArray[np.bool_], now: NDArray[np.bool_]) -> bool:
    won, lost = int((other & ~now).sum()), int((now & ~other).sum())
    if (won - lost) / len(now) < GAIN:
        return False
    return bool(binomtest(won, won + lost, alternative="greater").pvalue < ALPHA)


def _scaling_fact(
    used: str, better: str, now: NDArray[np.intp], other: NDArray[np.intp], labels: NDArray[np.intp]
) -> Fact:
    warning = (
        f"scaling {better} fits the labels clearly better: {np.mean(other == labels):.0%} right "
        f"against {np.mean(now == labels):.0%} of {len(labels)}; to use it: --scaling={better}"
    )
    return Fact("scaling", used, "guessed", "compared on labelled pictures", warning)


def _better_order(now: NDArray[np.intp], labels: NDArray[np.intp], count: int) -> NDArray[np.intp] | None:
    """(count,) label index per output where permuting the classes fits clearly better, else None."""
    if count > CLASS_LIMIT:
        return None
    table = np.zeros((count, count), int)
    np.add.at(table, (now, labels), 1)
    order: NDArray[np.intp] = linear_sum_assignment(-table)[1]
    return order if _clearly_better(order[now] == labels, now == labels) else None


def _order_fact(order: NDArray[np.intp], share: float, count: int, class_names: Sequence[str]) -> Fact:
    names = ", ".join(class_names[index] for index in order)
    warning = (
        f"the class order {names} fits the labels clearly better: {share:.0%} of {count} right; "
        "to use it, give a file of these names, one per line, with --labels FILE"
    )
    return Fact("class order", ", ".join(class_names), "guessed", "compared on labelled pictures", warning)


def class_predictor(
    predict: Callable[[Floats], Floats], activation: Activation
) -> Callable[[Floats], NDArray[np.intp]]:
    """Network input -> class index, out of a function that gives logits."""
    return lambda inputs: predicted_class(predict(inputs), activation)
