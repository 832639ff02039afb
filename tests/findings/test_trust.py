"""Trust checks on an explainer whose maps are right, wrong, or independent of its weights."""

import json

import numpy as np
import pytest

from gradcam_core.findings.trust import Randomisable, check_maps, deletion, run_trust
from gradcam_core.findings.trust.agreement import cosines
from gradcam_core.findings.trust.case import Case
from gradcam_core.findings.trust.randomisation import rank_correlations
from gradcam_core.findings.trust.receptive import effective_radius
from gradcam_core.maps.cams import CamInput
from gradcam_core.model.contract import Explanation, LayerInfo, ModelInfo

CELL = 8
LAYER = LayerInfo("blocks", 5, 6, 3, "Mean")


class Blocks:
    """Means of 8x8 blocks; class 1 is red, class 0 is blue; pooled and dense. ``fault`` spoils the maps."""

    engine = "numpy"

    def __init__(self, fault: str = "", head: str = "deep") -> None:
        self.fault, self.layers = fault, {"classic": LAYER}
        self.info = ModelInfo(
            *("fake", 40, 48, 3, 2, "softmax", head, (LAYER,), LAYER, None, "the only one", "")
        )

    def activations(self, inputs):
        grid = inputs.reshape(len(inputs), 5, CELL, 6, CELL, 3).mean((2, 4))
        return grid + inputs.mean((1, 2))[:, None, None] if self.fault == "wide" else grid

    def predict(self, inputs):
        means = self.activations(inputs).mean((1, 2))
        return (50 * means[:, [2, 0]]).astype(np.float32)

    def embed(self, inputs):
        return self.activations(inputs).mean((1, 2))

    def explain(self, inputs, targets=None, gradients=("classic",)):
        logits, grid = self.predict(inputs), self.activations(inputs).astype(np.float32)
        asked = logits.argmax(1) if targets is None else targets
        slopes = np.zeros_like(grid)
        slopes[np.arange(len(grid)), :, :, np.where(asked == 1, 0, 2)] = 1
        if self.fault == "upside down":
            grid = 2 - grid
        if self.fault == "uneven":
            slopes *= np.linspace(-1, 2.5, 30).reshape(1, 5, 6, 1)
        evidence = CamInput(grid, slopes.astype(np.float32), inputs, logits.max(1), None, None)
        return Explanation(logits, self.embed(inputs), asked, dict.fromkeys(("classic", "fine"), evidence))


class Learned(Blocks):
    def randomised(self, seed):
        return Untrained(seed) if self.fault != "same" else self


class Untrained(Blocks):
    def __init__(self, seed):
        super().__init__()
        self.rng = np.random.default_rng(seed)

    def activations(self, inputs):
        return self.rng.uniform(size=(len(inputs), 5, 6, 3))


@pytest.fixture(scope="module")
def inputs():
    rng = np.random.default_rng(0)
    pictures = rng.uniform(0, 0.2, (20, 40, 48, 3))
    for row in range(20):
        top, left = rng.integers(0, 24), rng.integers(0, 30)
        pictures[row, top : top + 14, left : left + 16, 0 if row % 2 else 2] = 1
    return pictures.astype(np.float32)


def checks(explainer, inputs):
    return {check.name: check for check in run_trust(explainer, inputs).checks}


def test_true_maps_pass(inputs):
    found = checks(Learned(), inputs)
    assert {name: check.verdict for name, check in found.items()} == {
        "randomisation": "green",
        "deletion": "green",
        "agreement": "green",
        "receptive-field": "green",
    }
    assert found["agreement"].value == pytest.approx(1.0)
    assert found["receptive-field"].value == 0.0


def test_maps_that_survive_random_weights_are_red(inputs):
    report = run_trust(Learned("same"), inputs)
    assert report.checks[0].value == pytest.approx(1.0)
    assert report.checks[0].verdict == "red"
    assert report.verdict == "red"
    assert not report.trusted


def test_maps_that_point_away_from_the_evidence_are_red(inputs):
    found = checks(Learned("upside down"), inputs)["deletion"]
    assert found.value < 0
    assert found.verdict == "red"


def test_methods_that_disagree_are_amber_and_pooled_heads_are_not_asked(inputs):
    assert checks(Learned("uneven"), inputs)["agreement"].verdict == "amber"
    assert "agreement" not in checks(Learned(head="pooled-dense"), inputs)


@pytest.mark.parametrize(
    ("gains", "verdict"),
    [
        ([0.3] * 12 + [0.2], "green"),
        ([0.4, -0.4] * 8, "amber"),  # could be useful, could be none
        ([-0.3] * 12 + [-0.2], "red"),
        ([0.01, -0.02, -0.01] * 10, "red"),  # surely hardly any use
    ],
)
def test_deletion_is_red_only_where_the_maps_are_shown_to_be_useless(gains, verdict, inputs, monkeypatch):
    left = iter([*gains, *gains])
    monkeypatch.setattr(deletion, "gain", lambda case, row: next(left))
    case = Case(Learned(), np.concatenate([inputs, inputs])[: len(gains)], "grad-cam", "classic", 0)
    assert deletion.check(case).verdict == verdict


def test_both_map_sets_are_checked_and_only_what_is_the_same_is_not_asked(inputs):
    model = Learned(head="pooled-dense")
    model.layers = {"classic": LAYER, "fine": LAYER}
    fine, classic = check_maps(model, inputs, {"fine": "layer-cam", "classic": "grad-cam"})
    assert (fine.map_set, classic.map_set) == ("fine", "classic")
    assert "agreement" in [check.name for check in fine.checks]
    assert "agreement" not in [check.name for check in classic.checks]
    assert classic.as_json()["head"] == "pooled-dense"
    assert fine.untrained.shape == classic.untrained.shape
    (other,) = check_maps(model, inputs, {"classic": "layer-cam"})
    assert "agreement" in [check.name for check in other.checks]


def test_agreement_counts_pictures_on_which_the_focus_differs(inputs):
    cover = np.zeros((20, 10, 12), dtype=np.float32)
    cover[:, 2:8, 2:8] = 1
    cover[0] = np.nan
    said = {}
    for fault in ("", "uneven"):
        (report,) = check_maps(Learned(fault), inputs, {"classic": "grad-cam"}, cover=cover)
        said[fault] = next(check.sentence for check in report.checks if check.name == "agreement")
    assert said[""].endswith("Their focus differs by more than 0.2 on 0 of 19 pictures.")
    changed = int(said["uneven"].rsplit(" on ", 1)[1].split(" of ")[0])
    assert 0 < changed <= 19


def test_cells_that_hear_the_whole_picture_are_amber(inputs):
    case = Case(Learned("wide"), inputs, "grad-cam", "classic", 0)
    assert effective_radius(case) > 1
    assert checks(Learned("wide"), inputs)["receptive-field"].value > 0.1


def test_weights_that_cannot_be_replaced_are_said_to_be_unmeasured(inputs):
    plain = Blocks()
    assert not isinstance(plain, Randomisable)
    report = run_trust(plain, inputs)
    assert report.checks[0].value is None
    assert report.checks[0].verdict == "amber"
    assert report.trusted
    assert report.untrained is None


def test_report_is_plain_json_and_the_untrained_maps_come_along(inputs):
    report = run_trust(Learned(), inputs)
    assert report.untrained.shape == (20, 5, 6)
    said = json.loads(json.dumps(report.as_json(), allow_nan=False))
    assert [check["name"] for check in said["checks"]] == [check.name for check in report.checks]
    assert said["verdict"] == "green"
    assert said == run_trust(Learned(), inputs).as_json()


def test_black_pictures_and_single_ones_are_unmeasured_not_wrong(inputs):
    black = checks(Learned(), np.zeros_like(inputs))
    assert black["deletion"].value is None
    assert black["agreement"].value is None
    assert black["receptive-field"].value is None
    assert checks(Learned(), inputs[:1])["deletion"].value is None


def test_correlations_by_hand():
    rising = np.float32([[[1, 2], [3, 4]]])
    assert rank_correlations(rising, rising**2).tolist() == pytest.approx([1.0])
    assert rank_correlations(rising, -rising).tolist() == pytest.approx([-1.0])
    assert np.isnan(rank_correlations(rising, np.ones_like(rising))).all()
    assert cosines(rising, 3 * rising).tolist() == pytest.approx([1.0])
    assert np.isnan(cosines(rising, np.zeros_like(rising))).all()
