"""What was understood of a project and its model together: sizes, channels, classes, layers."""

from dataclasses import replace

import numpy as np

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.picture_rules import DATASET, FULL
from gradcam_core.base.types import Fact, InputSpec, Project
from gradcam_core.images.scaling import IS_BGR
from gradcam_core.model.contract import ModelInfo


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
        height=info.height,
        width=info.width,
        channels=info.channels,
        resize=project.resize,
        resize_method=project.resize_method,
        scaling=project.scaling,
        channel_order="bgr" if project.scaling == IS_BGR else project.channel_order,
        orientation=project.orientation or "upright",
        intensity=FULL if project.intensity in (None, DATASET) else str(project.intensity),
        background=project.background,
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
    order = "give the full class order, one name per line, with --labels FILE"
    if info.outputs > 1 and info.activation == "sigmoid" and project.task == "classification":
        return f"{order}; where pictures have several labels, or none: --task=multi-label"
    return order


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
