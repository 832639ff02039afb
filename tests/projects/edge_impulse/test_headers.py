"""What the C headers beside a network say."""

from pathlib import Path

import pytest

from gradcam_core.projects.edge_impulse.headers import answers_of, read_headers
from gradcam_core.projects.overrides import Overrides

METADATA = """
#define EI_CLASSIFIER_RESIZE_FIT_SHORTEST 1
#define EI_CLASSIFIER_RESIZE_SQUASH 3
#define EI_CLASSIFIER_RESIZE_MODE                EI_CLASSIFIER_RESIZE_FIT_SHORTEST
#define EI_CLASSIFIER_THRESHOLD                  0.8
"""
VARIABLES = """
const char* ei_classifier_inferencing_categories_1_2[] = { "small.dog", "cat" };
.image_scaling = EI_CLASSIFIER_IMAGE_SCALING_0_255,
.type = EI_CLASSIFIER_MODE_CLASSIFICATION
"""


def written(folder: Path, metadata: str, variables: str) -> Path:
    (folder / "model-parameters").mkdir()
    (folder / "model-parameters" / "model_metadata.h").write_text(metadata)
    (folder / "model-parameters" / "model_variables.h").write_text(variables)
    return folder


def test_classes_scaling_resize_and_threshold_are_answers(tmp_path: Path) -> None:
    assert answers_of(written(tmp_path, METADATA, VARIABLES)) == Overrides(
        class_order=("small.dog", "cat"), scaling="0..255", resize="fit-short", threshold=0.8
    )


def test_numbers_have_no_classes_and_no_confidence(tmp_path: Path) -> None:
    found = answers_of(written(tmp_path, METADATA, VARIABLES.replace("CLASSIFICATION", "REGRESSION")))
    assert found.class_order is None and found.threshold is None and found.scaling == "0..255"


def test_two_impulses_that_differ_are_not_guessed_between(tmp_path: Path) -> None:
    twice = METADATA + "#define EI_CLASSIFIER_RESIZE_MODE EI_CLASSIFIER_RESIZE_SQUASH\n"
    found = answers_of(written(tmp_path, twice, VARIABLES + "EI_CLASSIFIER_IMAGE_SCALING_TORCH"))
    assert found.resize is None and found.scaling is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EI_CLASSIFIER_IMAGE_SCALING_MIN1_1", {"imageInputScaling": "-1..1"}),
        ("EI_CLASSIFIER_IMAGE_SCALING_TORCH EI_CLASSIFIER_IMAGE_SCALING_NONE", {}),
        ('ei_classifier_inferencing_categories_1[] = { "a\\"b", "c" }', {"classNames": ['a"b', "c"]}),
        ("EI_CLASSIFIER_MODE_OBJECT_DETECTION", {"mode": "object-detection"}),
        ("", {}),
    ],
)
def test_headers(tmp_path: Path, text: str, expected: dict) -> None:
    (tmp_path / "model-parameters").mkdir()
    (tmp_path / "model-parameters" / "model_variables.h").write_text(text)
    assert read_headers(tmp_path) == expected
