"""Project and model together: channels, classes, and what would fit the labels better."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.model.contract import LayerInfo, ModelInfo
from gradcam_core.tasks.model_check import better_fit, check_classes, input_spec, named_classes

LAYER = LayerInfo("top", 3, 4, 8, "Relu")
INFO = ModelInfo("keras 3", 24, 32, 3, 2, "softmax", "pooled-dense", (LAYER,), LAYER, None, "last", "0")
PROJECT = Project("p", Path("."), ("cat", "dog"), (), None)
SPEC = InputSpec(4, 6, 3)


def test_size_and_channels_come_from_the_model() -> None:
    spec = input_spec(replace(PROJECT, scaling="-1..1", resize="fit-long"), INFO)
    assert spec == InputSpec(24, 32, 3, "fit-long", "area", "-1..1")


@pytest.mark.parametrize(
    ("outputs", "activation", "error"),
    [
        (2, "softmax", None),
        (2, "linear", None),
        (1, "sigmoid", None),
        (3, "softmax", "2 classes .cat, dog.*3 outputs.*--labels"),
        (1, "softmax", "found 1 output;"),
    ],
)
def test_outputs_and_classes(outputs: int, activation: str, error: str | None) -> None:
    info = replace(INFO, outputs=outputs, activation=activation)
    if error is None:
        check_classes(PROJECT, info)
    else:
        with pytest.raises(ModelError, match=error):
            check_classes(PROJECT, info)


@pytest.mark.parametrize(
    ("names", "way"), [(("0.5", "2", "-3"), "--task regression"), (("0.5", "2", "rust"), "--labels FILE")]
)
def test_labels_that_are_numbers_and_one_number_as_the_answer(names: tuple[str, ...], way: str) -> None:
    with pytest.raises(ModelError) as raised:
        check_classes(replace(PROJECT, class_names=names), replace(INFO, outputs=1, activation="linear"))
    assert way in raised.value.todo


def test_classes_without_names_are_numbered() -> None:
    nameless = replace(PROJECT, class_names=())
    assert named_classes(nameless, INFO).class_names == ("class 0", "class 1")
    assert (
        named_classes(nameless, replace(INFO, outputs=1, activation="sigmoid")).class_names[1] == "class 1"
    )
    assert named_classes(PROJECT, INFO) is PROJECT


def test_other_channels_than_the_models_are_refused() -> None:
    with pytest.raises(ProjectError, match=r"1 input channels.*model with 3"):
        input_spec(replace(PROJECT, channels=1), INFO)


def bright_and_dark() -> tuple[np.ndarray, np.ndarray]:
    """40 pictures: class 1 above mid-grey."""
    labels = np.arange(40) % 2
    pictures = np.where(labels == 1, 200, 60).astype(np.uint8)[:, None, None, None]
    return np.broadcast_to(pictures, (40, 4, 6, 3)).copy(), labels


def threshold(at: float):
    return lambda inputs: (inputs.mean(axis=(1, 2, 3)) > at).astype(np.intp)


def test_a_better_scaling_is_said() -> None:
    pictures, labels = bright_and_dark()
    facts = better_fit(pictures, labels, SPEC, ("dark", "bright"), threshold(0.95))
    named = {word for fact in facts for word in fact.warning.split() if word.startswith("--scaling=")}
    assert "--scaling=torch" in named
    assert "100% right against 50% of 40" in " ".join(fact.warning for fact in facts)


def test_a_better_class_order_is_said() -> None:
    pictures, labels = bright_and_dark()
    facts = better_fit(pictures, 1 - labels, SPEC, ("dark", "bright"), threshold(0.5))
    assert [fact.name for fact in facts] == ["class order"]
    assert "bright, dark fits the labels clearly better: 100% of 40 right" in facts[0].warning


@pytest.mark.parametrize("noise", [0, 12])
def test_nothing_is_said_when_nothing_is_clearly_better(noise: int) -> None:
    pictures, labels = bright_and_dark()
    labels[:noise] = 1 - labels[:noise]
    assert better_fit(pictures, labels, SPEC, ("dark", "bright"), threshold(0.5)) == ()


def test_no_labels_no_opinion() -> None:
    empty = np.zeros((0, 4, 6, 3), np.uint8)
    assert better_fit(empty, np.zeros(0, np.intp), SPEC, ("a", "b"), threshold(0.5)) == ()


def test_a_grey_input_is_not_tried_with_scalings_for_colours() -> None:
    pictures, labels = bright_and_dark()
    facts = better_fit(pictures, labels, replace(SPEC, channels=1), ("dark", "bright"), threshold(1.5))
    assert facts
    assert not any("torch" in fact.warning or "bgr" in fact.warning for fact in facts)
