"""Range, channel order and resizing of the input: given, read, decided by the labels, or not known."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.setup import Setup, set_up
from gradcam_core.base.types import Fact
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks.options import AuditOptions
from tests.auditing.fed_networks import GREYS, SIZE, above, project

OPTIONS = AuditOptions(engine="tensorflow", maps="classic")


def opened(root: Path, **said: Any) -> Setup:
    return set_up(open_project(str(root), Overrides(**said)), OPTIONS)


def fact(setup: Setup, name: str) -> Fact:
    return next(one for one in setup.project.facts if one.name == name)


def alarms(setup: Setup) -> str:
    return " ".join(one.warning for one in setup.project.facts if one.alarm)


def rescaling(scale: float) -> Any:
    import keras

    return keras.layers.Rescaling(scale)


@pytest.mark.parametrize("labelled", [True, False])
def test_the_range_that_the_network_writes_down_is_used(labelled: bool, tmp_path: Path) -> None:
    setup = opened(project(tmp_path, above(0.47, first=rescaling(1 / 255)), labelled=labelled))
    assert setup.spec.scaling == setup.project.scaling == "0..255"
    assert fact(setup, "scaling").origin == "read"
    assert not alarms(setup)


def test_what_the_network_writes_down_contradicts_what_was_given(tmp_path: Path) -> None:
    root = project(tmp_path, above(0.47, first=rescaling(1 / 255)), labelled=False)
    setup = opened(root, scaling="0..1")
    assert setup.spec.scaling == "0..1", "what is given is used"
    assert "turns 0..255 into 0..1 itself" in alarms(setup) and "--scaling=0..255" in alarms(setup)
    assert not alarms(opened(root, scaling="0..255"))


def test_the_labels_decide_a_range_that_nobody_wrote_down(tmp_path: Path) -> None:
    setup = opened(project(tmp_path, above(120)))
    assert setup.spec.scaling == "0..255"
    said = fact(setup, "scaling")
    assert said.origin == "decided by the labels"
    assert said.why == "100 % of 40 labelled pictures right, 50 % with 0..1"
    assert not alarms(setup)


def test_a_guess_that_fits_the_labels_is_decided_by_them(tmp_path: Path) -> None:
    said = fact(opened(project(tmp_path, above(0.47))), "scaling")
    assert (said.value, said.origin) == ("0..1", "decided by the labels")


@pytest.mark.parametrize(
    "classes",
    [{"a red": (150, 60, 60), "green": (60, 150, 60)}, {"a red": (150, 60, 60), "blue": (60, 60, 150)}],
    ids=["half right in RGB", "another class order would explain it as well"],
)
def test_the_labels_decide_the_channel_order(classes: Any, tmp_path: Path) -> None:
    """In BGR red is the last channel."""
    setup = opened(project(tmp_path, above(0.47, channel=2), classes))
    assert (setup.spec.scaling, setup.spec.channel_order) == ("0..1", "bgr")
    assert fact(setup, "channel_order").origin == "decided by the labels"
    assert not alarms(setup)


def test_range_and_channel_order_together(tmp_path: Path) -> None:
    classes = {"a red": (150, 60, 60), "green": (60, 150, 60)}
    setup = opened(project(tmp_path, above(110, channel=2), classes))
    assert (setup.spec.scaling, setup.spec.channel_order) == ("0..255", "bgr")


def test_the_labels_contradict_what_was_given_and_the_advice_works(tmp_path: Path) -> None:
    root = project(tmp_path, above(120))
    said = alarms(opened(root, scaling="-1..1"))
    assert "scaling 0..255 fits the labels clearly better: 100 % of 40 right against 50 %" in said
    assert "--scaling=0..255" in said
    followed = opened(root, scaling="0..255")
    assert not alarms(followed) and fact(followed, "scaling").origin == "given"


def test_channel_order_that_was_given_is_contradicted_and_the_advice_works(tmp_path: Path) -> None:
    classes = {"a red": (150, 60, 60), "green": (60, 150, 60)}
    root = project(tmp_path, above(0.47, channel=2), classes)
    assert "to use it: --channel-order=bgr" in alarms(opened(root, channel_order="rgb", scaling="0..1"))
    assert not alarms(opened(root, channel_order="bgr", scaling="0..1"))


def test_a_wrong_class_order_speaks_for_no_other_range_and_the_advice_works(tmp_path: Path) -> None:
    root = project(tmp_path, above(0.47), {"a dark": GREYS["dark"], "bright": GREYS["bright"]})
    setup = opened(root)
    assert fact(setup, "scaling").value == "0..1"
    assert "the class order bright, a dark fits the labels clearly better: 100% of 40" in alarms(setup)
    assert not alarms(opened(root, class_order=("bright", "a dark")))


def test_nothing_decides_without_labels(tmp_path: Path) -> None:
    setup = opened(project(tmp_path, above(0.47), labelled=False))
    said = fact(setup, "scaling")
    assert (said.value, said.origin, said.alarm) == ("0..1", "not known", True)
    assert said.warning.startswith("input range not known") and "--scaling" in said.warning
    assert not alarms(opened(tmp_path, scaling="0..1")), "the advice works"


def test_nothing_decides_where_labels_are_noise(tmp_path: Path) -> None:
    noise = {"one": (130, 130, 130), "two": (130, 130, 130)}
    setup = opened(project(tmp_path, above(0.51), noise, n=60))
    assert fact(setup, "scaling").origin == "not known"
    assert "the labels do not decide" in alarms(setup)
    assert "dealt out at random" in alarms(setup) or "for all of 60" in alarms(setup)


def test_the_labels_decide_how_pictures_are_resized(tmp_path: Path) -> None:
    """Bright in the middle, which a cut around it shows alone; stretched, all look the same."""
    project(tmp_path, above(0.62), n=0)
    for index in range(40):
        middle, sides = ((200, 60), (60, 200))[index % 2]
        picture = np.full((12, 48, 3), sides, np.uint8)
        picture[:, 16:32] = middle
        path = tmp_path / "test" / ("bright", "dark")[index % 2] / f"{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(path)
    setup = opened(tmp_path, scaling="0..1")
    assert (setup.spec.resize, fact(setup, "resize").origin) == ("fit-short", "decided by the labels")


def normalised() -> Any:
    """Two classes, with a normalisation in front that has seen dark and bright pictures in 0..255."""
    import keras

    entry = keras.Input((*SIZE, 3))
    x = keras.layers.Conv2D(3, 1, activation="relu", name="top")(entry)
    x = keras.layers.BatchNormalization(name="norm")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(entry, keras.layers.Dense(2, activation="softmax")(x))
    model.get_layer("top").set_weights([np.eye(3).reshape(1, 1, 3, 3), np.zeros(3)])
    model.get_layer("norm").set_weights([np.ones(3), np.zeros(3), np.full(3, 120.0), np.full(3, 23.0**2)])
    model.layers[-1].set_weights([np.array([[5.0, 0]] * 3), np.zeros(2)])
    return model


def test_what_the_network_kept_of_its_training_tells_the_range_without_labels(tmp_path: Path) -> None:
    setup = opened(project(tmp_path, normalised(), labelled=False))
    said = fact(setup, "scaling")
    assert (said.value, said.origin) == ("0..255", "read")
    assert "16 pictures agree with what the network kept of its training" in said.why
    assert not alarms(setup)


def test_grey_networks_are_not_tried_with_means_of_colours(tmp_path: Path) -> None:
    import keras

    entry = keras.Input((*SIZE, 1))
    x = keras.layers.Conv2D(2, 1, activation="relu")(entry)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(entry, keras.layers.Dense(2, activation="softmax")(x))
    model.layers[-1].set_weights([np.array([[10.0, 0]] * 2), np.array([-18.5, 0.0])])
    model.layers[1].set_weights([np.full((1, 1, 1, 2), 1 / 130.0), np.zeros(2)])
    setup = opened(project(tmp_path, model))
    assert setup.spec.scaling == "0..255"


@pytest.mark.parametrize("limit", [1.0, 255.0])
def test_targets_that_are_numbers_decide_as_well(limit: float, tmp_path: Path) -> None:
    """The output is the brightness in 0..1, of a network trained on 0..1 or on 0..255."""
    import keras

    entry = keras.Input((*SIZE, 3))
    x = keras.layers.Conv2D(3, 1, activation="relu", name="top")(entry)
    model = keras.Model(entry, keras.layers.Dense(1)(keras.layers.GlobalAveragePooling2D()(x)))
    model.get_layer("top").set_weights([np.eye(3).reshape(1, 1, 3, 3), np.zeros(3)])
    model.layers[-1].set_weights([np.full((3, 1), 1 / limit / 3), np.zeros(1)])
    levels = {f"{value / 255:.3f}": (value,) * 3 for value in (40, 80, 120, 160, 200, 240)}
    setup = opened(project(tmp_path, model, levels, n=48), task="regression", tolerance=0.1)
    said = fact(setup, "scaling")
    assert (said.value, said.origin) == ("0..1" if limit == 1 else "0..255", "decided by the labels")
    assert not alarms(setup)
