"""Classes whose maps lie elsewhere than those of the others."""

import numpy as np
import pytest

from gradcam_core.findings.search import heat
from gradcam_core.findings.search.heat import hint
from tests.findings.conclude.edit_tables import NO_EDITS
from tests.findings.conclude.made import conclude
from tests.findings.findings_made import N, material


def test_far_heat_of_one_class_is_a_hint_within_object_sizes() -> None:
    whole = material()
    whole.table.loc[whole.table["label"] == "cat", "far_background_focus"] += 0.5
    found = {hint.label: hint for hint in heat.hints(whole, seed=0) if hint.flag == "background"}
    assert found["cat"].strong
    assert not found["dog"].strong
    assert set(found["cat"].samples) <= set(whole.ids)


def test_object_size_alone_is_no_hint() -> None:
    """Cats are small and so score high; within sizes there is no difference."""
    whole = material()
    small = (whole.table["label"] == "cat").to_numpy()
    whole.table["object_area"] = np.where(small, 0.05, 0.5) + np.linspace(0, 0.01, N)
    whole.table["far_background_focus"] = np.where(small, 0.6, 0.1) + whole.table["border_focus"] / 2
    found = [hint for hint in heat.hints(whole, seed=0) if hint.flag == "background"]
    assert not any(hint.strong for hint in found)


def test_empty_maps_are_counted() -> None:
    whole = material()
    whole.table.loc[:11, "status"] = "empty map"
    hint = next(hint for hint in heat.hints(whole, seed=0) if hint.flag == "empty-maps")
    assert hint.strong
    assert hint.effect == pytest.approx(0.1)
    assert len(hint.samples) == 12


def test_failed_trust_is_said_once() -> None:
    trust = {"trusted": False, "checks": [{"verdict": "red", "sentence": "Maps stay the same."}]}
    found = conclude([hint(trust, 100)], NO_EDITS, trusted=False)
    spoken = next(entry for entry in found if entry.flag == "untrustworthy-maps")
    assert spoken.level == 1
    assert "Maps stay the same." in spoken.statement
    assert not hint(None, 100).strong
