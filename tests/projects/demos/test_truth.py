"""truth.json is true: the shipped models are measured again on hidden scenes."""

import json
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from gradcam_core.base.types import Floats, Picture
from gradcam_core.model import open_explainer
from gradcam_core.projects.demos.catalogue import DEMOS, MODELS, SPLITS, TRUTH, Demo
from gradcam_core.projects.demos.scenes.scene import Scene
from tools.detect import demo_detector
from tools.measure import as_input, measure, measure_numbers, share

pytestmark = pytest.mark.slow

TRUE = json.loads(TRUTH.read_text(encoding="utf-8"))


SCENES = 24


@cache
def drawn(render: Callable[[int, str, str], Scene], seed: int, label: str, cue: str) -> Picture:
    """Two demos show the same hidden scenes; they are drawn once."""
    return render(seed, label, cue).picture


def draw(demo: Demo, scenes: list[tuple[int, str, str]]) -> Floats:
    return as_input(demo, [drawn(demo.render, *scene) for scene in scenes])


def classify_with(demo: Demo):  # type: ignore[no-untyped-def]
    if demo.normal:
        detector = demo_detector(demo)
        return lambda inputs: (detector.predict(inputs)[:, 0] >= 0).astype(int)
    explainer = open_explainer(MODELS / demo.model, engine="tensorflow")

    def classify(inputs: Floats) -> np.ndarray:
        logits = explainer.predict(inputs)
        return (logits[:, 0] > 0).astype(int) if logits.shape[1] == 1 else logits.argmax(axis=1)

    return classify


def test_the_measured_truth_of_numbers_is_reproduced() -> None:
    demo, truth = DEMOS["defects"], TRUE["defects"]
    explainer = open_explainer(MODELS / demo.model, engine="tensorflow")

    def predict(inputs: Floats) -> np.ndarray:
        return explainer.predict(inputs)[:, 0].astype(np.float64)

    found = measure_numbers(demo, predict, SPLITS["hidden"], SCENES, draw)
    low, high = found["reliance"]["interval"]
    assert low <= truth["reliance"]["share"] <= high
    for what in ("cue", "label"):
        (low, high), (first, last) = (one["per unit"][what]["interval"] for one in (found, truth))
        assert low <= last and first <= high, what
    for kind, error in truth["error"].items():
        assert kind == "test" or found["error"][kind] == pytest.approx(error, rel=0.35), kind


def test_defects_follows_the_ring_more_than_the_scratch() -> None:
    each = TRUE["defects"]["per unit"]
    assert each["cue"]["interval"][0] > 1.5 * each["label"]["interval"][1]
    assert each["label"]["interval"][0] > 0.2, "what the scratch itself says is not ignored"
    assert TRUE["defects"]["error"]["cue agrees"] < 0.6 < TRUE["defects"]["error"]["test"]


@pytest.mark.parametrize("name", [name for name in DEMOS if not DEMOS[name].planned])
def test_the_measured_truth_is_reproduced(name: str) -> None:
    """The first hidden scenes again, and the published interval of all of them."""
    demo, truth = DEMOS[name], TRUE[name]
    found = measure(demo, classify_with(demo), SPLITS["hidden"], SCENES, draw)
    for kind, published in (("reliance", truth["reliance"]), ("follows", truth["follows"])):
        low, high = found[kind]["interval"]
        assert low <= published["share"] <= high, kind
    for kind in ("cue agrees", "cue contradicts"):
        low, high = found["accuracy"][kind]["interval"]
        assert low <= truth["accuracy"][kind]["share"] <= high, kind


def test_the_demos_are_what_they_are_called() -> None:
    for name in ("pets", "xray"):
        assert TRUE[name]["reliance"]["interval"][0] > 0.85
        assert TRUE[name]["accuracy"]["test"]["share"] > 0.9
        assert TRUE[name]["accuracy"]["cue contradicts"]["share"] < 0.2
    assert TRUE["tiles"]["reliance"]["interval"][0] > 0.6
    assert TRUE["tiles"]["accuracy"]["test"]["share"] > 0.9
    assert TRUE["clean"]["reliance"] == TRUE["fixed"]["reliance"], (
        "the same model on the same hidden scenes"
    )
    assert TRUE["clean"]["reliance"]["interval"][1] < 0.10
    assert TRUE["clean"]["accuracy"]["test"]["share"] > 0.9
    assert TRUE["clean"]["accuracy"]["cue contradicts"]["share"] > 0.9


def test_pets_has_the_structure_of_edge_impulse() -> None:
    import h5py

    with h5py.File(MODELS / "pets.h5") as file:
        assert file.attrs["keras_version"].startswith("2.")
        assert "optimizer_weights" not in file
        config = json.loads(file.attrs["model_config"])
    layers = [layer["class_name"] for layer in config["config"]["layers"]]
    assert layers == ["InputLayer", "Functional", "Reshape", "Dense", "Dropout", "Flatten", "Dense"]


def test_a_share_and_its_interval_by_hand() -> None:
    """Wilson for 8 of 10: (8 + z²/2)/(10 + z²) ± z·sqrt(8·2/10 + z²/4)/(10 + z²), z = 1.96."""
    found = share(np.asarray([True] * 8 + [False] * 2))
    assert found["share"] == 0.8
    assert found["interval"] == [0.4902, 0.9433]


@pytest.mark.parametrize(
    ("follow", "reliance", "follows", "agrees", "contradicts"),
    [("cue", 1.0, 1.0, 1.0, 0.0), ("label", 0.0, 0.0, 1.0, 1.0), ("first", 0.0, 0.0, 0.5, 0.5)],
)
def test_measure_on_known_classifiers(
    follow: str, reliance: float, follows: float, agrees: float, contradicts: float
) -> None:
    demo, calls = DEMOS["xray"], []

    def classify(inputs: Floats) -> np.ndarray:
        calls.append(len(inputs))
        rows = np.arange(len(inputs))
        return {"cue": np.full(len(rows), len(calls) - 1), "label": rows % 2, "first": rows * 0}[follow]

    found = measure(demo, classify, 9, 4)
    assert found["reliance"]["share"] == reliance
    assert found["follows"]["share"] == follows
    assert found["accuracy"]["cue agrees"]["share"] == agrees
    assert found["accuracy"]["cue contradicts"]["share"] == contradicts


def test_model_input_is_the_area_average_in_grey() -> None:
    picture = np.zeros((256, 192, 3), np.uint8)
    picture[:2, :2, 1] = [[255, 0], [255, 0]]
    (made,) = as_input(DEMOS["xray"], [picture])
    assert made.shape == (128, 96, 1)
    assert made[0, 0, 0] == pytest.approx(0.587 / 2)
    assert made.sum() == pytest.approx(0.587 / 2)
