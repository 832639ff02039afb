"""Project and model together: sizes, channels, classes."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.model.contract import LayerInfo, ModelInfo
from gradcam_core.tasks.model_check import check_classes, input_spec, named_classes

LAYER = LayerInfo("top", 3, 4, 8, "Relu")
INFO = ModelInfo("keras 3", 24, 32, 3, 2, "softmax", "pooled-dense", (LAYER,), LAYER, None, "last", "0")
PROJECT = Project("p", Path("."), ("cat", "dog"), (), None)


def test_size_and_channels_come_from_the_model() -> None:
    spec = input_spec(replace(PROJECT, scaling="-1..1", resize="fit-long"), INFO)
    assert spec == InputSpec(24, 32, 3, "fit-long", "area", "-1..1")
    assert input_spec(replace(PROJECT, channel_order="bgr"), INFO).channel_order == "bgr"
    assert input_spec(replace(PROJECT, scaling="bgr-subtract-imagenet-mean"), INFO).channel_order == "bgr"


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
