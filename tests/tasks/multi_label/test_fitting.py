"""A project and its model checked against each other."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import Box, Project, Region, Sample
from gradcam_core.model.contract import LayerInfo, ModelInfo
from gradcam_core.tasks.multi_label.fitting import fitted

TOP = LayerInfo("top", 7, 7, 8, "Relu")
INFO = ModelInfo("keras 3", 32, 32, 3, 2, "sigmoid", "deep", (TOP,), TOP, None, "", "0" * 64)


def project(*labels: str | None, names: tuple[str, ...] = ("a", "b"), **more: object) -> Project:
    samples = tuple(Sample(str(n), f"{n}.png", label) for n, label in enumerate(labels))
    return replace(Project("p", Path(), names, samples, None, task="multi-label"), **more)  # type: ignore[arg-type]


def test_absent_stands_after_the_classes() -> None:
    assert fitted(project("a|b", ""), INFO).class_names == ("a", "b", "absent")


def test_what_does_not_fit_is_refused_with_what_to_do() -> None:
    with pytest.raises(ModelError, match="softmax"):
        fitted(project("a"), replace(INFO, activation="softmax"))
    with pytest.raises(ModelError, match="two or more outputs"):
        fitted(project("a"), replace(INFO, outputs=1))
    with pytest.raises(ModelError, match="2 classes"):
        fitted(project("a"), replace(INFO, outputs=3))
    with pytest.raises(ProjectError, match="another name"):
        fitted(project("a", names=("a", "absent")), INFO)


def test_a_word_for_nothing_is_no_class_where_the_model_has_one_output_less() -> None:
    found = fitted(project("a", "normal", "none", names=("a", "b", "none")), INFO)
    assert found.class_names == ("a", "b", "absent")
    assert found.samples[2].label == ""


def test_logits_without_several_labels_are_a_guess_with_its_switch() -> None:
    found = fitted(project("a", "b"), replace(INFO, activation="linear"))
    (fact,) = (one for one in found.facts if one.name == "outputs")
    assert fact.origin == "guessed" and "--task=classification" in fact.warning


def test_labels_of_annotated_shapes_stand_in_for_missing_ones() -> None:
    regions = {"0": Region("box", (Box(0, 0, 4, 4, "b"), Box(1, 1, 4, 4, "a"), Box(2, 2, 4, 4, "b")))}
    found = fitted(project(None, None, names=(), regions=regions), INFO)
    assert [one.label for one in found.samples] == ["a|b", ""]
    with pytest.raises(ProjectError, match="annotated shapes"):
        fitted(project(None, names=("a", "c"), regions=regions), INFO)
