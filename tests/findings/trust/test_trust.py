"""Maps that are right pass all checks, and every kind of wrong one fails its own."""

import json

import numpy as np
import pytest

from gradcam_core.findings.trust import check_maps, run_trust
from tests.findings.trust.networks import LAYER, Learned, checks


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


def test_maps_that_point_away_from_the_evidence_are_red(inputs):
    found = checks(Learned("upside down"), inputs)["deletion"]
    assert found.value < 0
    assert found.verdict == "red"


def test_methods_that_disagree_are_amber_and_pooled_heads_are_not_asked(inputs):
    assert checks(Learned("uneven"), inputs)["agreement"].verdict == "amber"
    assert "agreement" not in checks(Learned(head="pooled-dense"), inputs)


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
