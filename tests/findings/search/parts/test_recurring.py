"""Parts of the object that recur in one class."""

import numpy as np
import pytest

from gradcam_core.findings.search import WORTH, parts
from gradcam_core.findings.search.parts.recurring import LARGEST, LEAST, presence
from tests.findings.findings_made import HEIGHT, material
from tests.findings.search.parts.collars import BAND, banded


def test_a_band_on_one_class_is_found_and_placed() -> None:
    made = banded()
    lead = next(one for one in parts.search(made, 0) if one.hint.label == "cat")
    hint, suspicion = lead.hint, lead.suspicion
    assert (hint.flag, hint.kind, hint.strong, hint.uses_region) == ("part", "heat", True, True)
    assert hint.effect > 0.9 and hint.p < 1e-6 and "100 % of the pictures of cat" in hint.statement
    assert suspicion is not None and suspicion.source == "part"
    assert set(suspicion.controls) == set(suspicion.boxes) and len(suspicion.boxes) > 40
    for row, name in enumerate(made.ids):
        if name in suspicion.boxes:
            top, _, bottom, _ = (round(end * HEIGHT) for end in suspicion.boxes[name])
            rows = np.flatnonzero((made.pictures[row] == BAND).all(axis=2).any(axis=1))
            assert top < rows.max() and bottom > rows.min(), "the box lies on the band"


def test_one_class_has_one_lead_and_the_same_one_again() -> None:
    first, second = (list(parts.search(banded(0.8), 3)) for _ in range(2))
    labels = [one.hint.label for one in first]
    assert len(labels) == len(set(labels)) and "cat" in labels
    assert [one.hint for one in first] == [one.hint for one in second]


def test_objects_without_a_common_part_have_no_lead() -> None:
    assert not list(parts.search(banded(0.0), 0))


@pytest.mark.parametrize("seed", range(4))
def test_noise_has_no_part_that_is_worth_an_edit(seed: int) -> None:
    """What the discovery half suggests by chance, the other half does not show."""
    leads = list(parts.search(material(seed=seed), seed))
    assert all(one.suspicion is not None and one.suspicion.strength < WORTH for one in leads)
    assert not any(one.hint.strong for one in leads)


def test_runs_without_regions_have_none() -> None:
    assert not list(parts.search(material(regions=False), 0))


def test_what_covers_most_of_the_object_is_no_part_of_it() -> None:
    own, rest = np.arange(40) < 20, np.arange(40) >= 20
    whole = np.where(own, LARGEST + 0.2, 0.0)
    assert presence(whole, own, rest) == (LEAST, 0.0)
    least, gain = presence(whole / 4, own, rest)
    assert gain == 1.0 and LEAST <= least <= whole.max() / 4
