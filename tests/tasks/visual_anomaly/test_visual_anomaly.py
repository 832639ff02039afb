"""Visual anomaly: scores of a mixture worked by hand, who is normal, thresholds, columns."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError, ProjectError
from gradcam_core.base.types import Fact, Project, Sample
from gradcam_core.maps.cams import CAMS, CamInput
from gradcam_core.model.contract import Explanation, LayerInfo, ModelInfo
from gradcam_core.tasks import TASKS, Answers
from gradcam_core.tasks.visual_anomaly.explainer import MixtureDetector, OwnDetector, place
from gradcam_core.tasks.visual_anomaly.learning import USED, Learned, with_threshold
from gradcam_core.tasks.visual_anomaly.mixture import Mixtures, restored
from gradcam_core.tasks.visual_anomaly.mixture_fit import fit
from gradcam_core.tasks.visual_anomaly.normal import normal_pictures, two_classes

TASK = TASKS["visual-anomaly"]
NONE = np.zeros(0)


def hand_made(folds: int = 1) -> Mixtures:
    """One Gaussian in one dimension, mean 2 and deviation 0.5; a second mixture is shifted by 10."""
    count = np.arange(folds)
    return Mixtures(
        centre=np.zeros((folds, 1)),
        scale=np.ones((folds, 1)),
        projection=np.eye(1),
        weights=np.ones((folds, 1)),
        means=(2.0 + 10 * count)[:, None, None],
        roots=np.full((folds, 1, 1, 1), 2.0),
        middle=np.full(folds, 0.5 * np.log(2 * np.pi) - np.log(2)),
        spread=np.full(folds, 4.0),
        floor=0.5,
    )


def test_a_cells_score_is_its_standardised_surprise() -> None:
    """-log N(x | 2, 0.5²) = ½ ((x - 2) / 0.5)² + ½ log 2π - log 2; middle takes the constants away."""
    features = np.array([[[[2.0], [3.0], [5.0]]]], np.float32)
    found = hand_made().scores(features, np.zeros(1, np.intp))
    np.testing.assert_allclose(found, [[[0, 0.5, 4.5]]], atol=1e-6)


def test_each_half_is_scored_by_its_own_mixture() -> None:
    features = np.full((2, 1, 1, 1), 2.0, np.float32)
    found = hand_made(2).scores(features, np.array([0, 1]))
    np.testing.assert_allclose(found.ravel(), [0, 0.5 * 20**2 / 4], atol=1e-5)


def test_two_components_weigh_in() -> None:
    two = {**hand_made().arrays(), "weights": np.array([[0.25, 0.75]])}
    two |= {"means": np.array([[[2.0], [2.0]]]), "roots": np.full((1, 2, 1, 1), 2.0)}
    features = np.array([[[[3.0]]]], np.float32)
    np.testing.assert_allclose(restored(two).scores(features, np.zeros(1, np.intp)), 0.5, atol=1e-6)


def normal_features(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3, 4, 2)).astype(np.float32)


@pytest.mark.parametrize("crossed", [False, True])
def test_held_out_normal_cells_have_mean_0_and_deviation_1(crossed: bool) -> None:
    fold = np.arange(40) % 2
    mixtures, held = fit(normal_features(40), fold, crossed)
    assert len(mixtures.weights) == 1 + crossed
    np.testing.assert_allclose([held.mean(), held.std()], [0, 1], atol=1e-5)
    assert np.mean(held > mixtures.floor) == pytest.approx(0.2, abs=0.01)
    if crossed:  # what a half gets later on is what it got when it was held out
        np.testing.assert_array_equal(mixtures.scores(normal_features(40), fold), held)


def test_a_strange_cell_stands_out_and_fitting_again_gives_the_same() -> None:
    fold = np.arange(40) % 2
    strange = normal_features(1, seed=9)
    strange[0, 1, 2] = (8, -8)
    found = fit(normal_features(40), fold, False)[0].scores(strange, np.zeros(1, np.intp))
    assert np.unravel_index(found[0].argmax(), (3, 4)) == (1, 2)
    assert found[0, 1, 2] > 10
    again = fit(normal_features(40), fold, False)[0].scores(strange, np.zeros(1, np.intp))
    np.testing.assert_array_equal(found, again)


def test_a_mixture_survives_plain_arrays() -> None:
    features = normal_features(5)
    mixtures = fit(normal_features(40), np.arange(40) % 2, True)[0]
    fold = np.array([0, 1, 1, 0, 1])
    np.testing.assert_array_equal(
        restored(mixtures.arrays()).scores(features, fold), mixtures.scores(features, fold)
    )


LAYER = LayerInfo("cells", 1, 3, 1, "Relu")


def info(outputs: int = 4, grid: tuple[int, int] | None = None) -> ModelInfo:
    return ModelInfo(
        "keras 3", 1, 3, 1, outputs, "linear", "deep", (LAYER,), LAYER, None, "", "0" * 64, output_grid=grid
    )


class Passing:
    """A network that hands its input on as features, and as its answer."""

    engine, notes, agreement = "fake", (), 1.0

    def __init__(self, about: ModelInfo) -> None:
        self.info, self.layers = about, {"classic": LAYER}

    def embed(self, inputs):  # type: ignore[no-untyped-def]
        return inputs.reshape(len(inputs), -1)

    def explain(self, inputs, targets=None, gradients=()):  # type: ignore[no-untyped-def]
        flat = inputs.reshape(len(inputs), -1)[:, : self.info.outputs]
        nothing = CamInput(inputs, inputs, inputs, flat[:, 0], None, None)  # type: ignore[arg-type]
        return Explanation(flat, flat, np.zeros(len(inputs), np.intp), {"classic": nothing})


PICTURE = np.array([[[[2.0], [3.0], [5.0]]]], np.float32)


def test_the_highest_cell_counts_and_the_map_begins_at_the_floor() -> None:
    detector = MixtureDetector(Passing(info()), {"classic": hand_made()}, 0.5, 3.0)  # type: ignore[arg-type]
    found = detector.explain(PICTURE)
    np.testing.assert_allclose(found.logits, [[4.5 - 3.0]], atol=1e-6)
    maps = CAMS["anomaly-map"].compute(found.evidence["classic"])
    np.testing.assert_allclose(maps, [[[0, 0, 4.0]]], atol=1e-6)
    assert detector.info.classes == 2


def test_a_grid_of_scores_is_taken_as_it_is() -> None:
    detector = OwnDetector(Passing(info(3, (1, 3))), 4.0)  # type: ignore[arg-type]
    found = detector.explain(PICTURE)
    np.testing.assert_allclose(found.logits, [[1.0]])
    np.testing.assert_allclose(CAMS["anomaly-map"].compute(found.evidence["classic"]), PICTURE[..., 0])
    assert detector.layers["classic"].grid == (1, 3)


def test_a_pictures_half_depends_on_its_content_alone() -> None:
    pictures = np.random.default_rng(0).random((6, 4, 5, 3)).astype(np.float32)
    together = place(pictures)
    np.testing.assert_array_equal(together, [place(one[None])[0] for one in pictures])
    assert len(set(together)) == 6
    assert ((together >= 0) & (together < 1)).all()


def project(names: tuple[str, ...], labels: list[str | None], root: Path = Path(".")) -> Project:
    samples = tuple(Sample(str(row), f"testing/{row}.png", label) for row, label in enumerate(labels))
    return Project("p", root, names, samples, None, task="visual-anomaly")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("broken", "good", "stained"), ("good", "anomaly")),
        (("anomaly", "No Anomaly"), ("No Anomaly", "anomaly")),
        (("first", "second"), ("first", "second")),
        (("OK",), ("OK", "anomaly")),
        ((), ("normal", "anomaly")),
    ],
)
def test_which_label_is_normal(names: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert two_classes(project(names, [])).class_names == expected


@pytest.mark.parametrize(("origin", "warned"), [("guessed", True), ("given", False), ("read", False)])
def test_the_first_of_two_unknown_words_is_warned_of(origin: Any, warned: bool) -> None:
    order = Fact("class order", "broken, whole", origin, "a test")
    found = two_classes(replace(project(("broken", "whole"), ["broken"]), facts=(order,)))
    (fact,) = (one for one in found.facts if one.name == "normal class")
    assert ("is not known" in fact.warning) is warned
    (fact,) = (one for one in two_classes(project(("bad", "good"), [])).facts if one.name == "normal class")
    assert not fact.warning


def test_a_training_folder_says_what_no_test_label_does(tmp_path: Path) -> None:
    (tmp_path / "train" / "good").mkdir(parents=True)
    found = two_classes(project(("bent", "torn", "wet"), ["torn", None], tmp_path))
    assert found.class_names == ("good", "anomaly")
    assert [one.label for one in found.samples] == ["anomaly", None]


def test_kinds_of_anomaly_become_one_class_and_stay_known() -> None:
    found = two_classes(project(("broken", "good", "stained"), ["stained", "good", None]))
    assert [one.label for one in found.samples] == ["anomaly", "good", None]
    assert dict(found.samples[0].metadata) == {"kind": "stained"}


def test_without_a_normal_label_nothing_is_guessed() -> None:
    with pytest.raises(ProjectError, match="one label that means normal"):
        two_classes(project(("broken", "bent", "stained"), []))


def test_training_pictures_come_first_and_test_samples_are_crossed(tmp_path: Path) -> None:
    mine = project(("good", "anomaly"), ["good", "anomaly"], tmp_path)
    found = normal_pictures(mine)
    assert found.crossed
    assert [path.name for path in found.paths] == ["0.png"]
    for name in ("train/good/a.png", "train/bent/b.png", "train/good/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = normal_pictures(mine)
    assert not found.crossed
    assert [path.name for path in found.paths] == ["a.png"]


def used(known: dict[str, float], own: bool, held_out: np.ndarray = NONE) -> tuple[float, str]:
    mine = Project("p", Path("."), ("good", "anomaly"), (), None, thresholds=known)
    found = with_threshold(mine, Learned({}, held_out, ()), own)
    return found.thresholds[USED], " ".join(f"{one.origin} {one.warning}" for one in found.facts)


def test_thresholds_given_read_and_guessed() -> None:
    scores = np.arange(101.0)
    assert used({"threshold": 7.0, "min_anomaly_score": 3.0}, True)[0] == 7
    assert used({"min_anomaly_score": 3.0}, True) == (3, "read ")
    assert used({}, False, scores) == (99, "guessed ")
    value, said = used({"min_anomaly_score": 3.0}, False, scores)
    assert value == 99
    assert "not exported" in said and "--threshold 3" in said
    with pytest.raises(ProjectError, match="--threshold"):
        used({}, True)


def test_columns_by_hand() -> None:
    mine = Project("p", Path("."), ("good", "bad"), (), None, thresholds={USED: 3.0})
    labels = ("good", "bad", "good", None, "bad")
    samples = [Sample(str(row), "x", label) for row, label in enumerate(labels)]
    logits = np.array([[-1], [0], [2], [5], [np.nan]], np.float32)
    out = TASK.columns(Answers(mine, samples, logits, "sigmoid", np.ones(5, np.intp)))
    assert out["predicted"] == ["good", "bad", "bad", "bad", None]
    assert out["explained"] == ["bad", "bad", "bad", "bad", None]
    assert out["correct"] == [True, True, False, None, None]
    assert out["outcome"] == ["correct", "correct", "incorrect", "unlabelled", "unreadable"]
    np.testing.assert_array_equal(out["anomaly_score"], [2, 3, 5, 8, np.nan])
    assert np.isnan(out["confidence"]).all()


def test_only_the_anomaly_can_be_explained() -> None:
    mine = project(("good", "bad"), [])
    assert TASK.targets(mine, mine.samples, "bad") is None
    with pytest.raises(AuditError, match="predicted, true, bad"):
        TASK.targets(mine, mine.samples, "good")
