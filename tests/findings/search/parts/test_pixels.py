"""The pixels inside objects: which, how hot, and what they look like."""

import numpy as np

from gradcam_core.findings.search.parts.pixels import objects_of
from tests.findings.findings_made import HEIGHT, WIDTH, N, material
from tests.findings.search.parts.collars import banded


def test_every_pixel_of_every_object_and_no_other() -> None:
    objects = objects_of(banded())
    assert objects is not None and objects.known.all()
    assert objects.inside.shape == (N, HEIGHT, WIDTH)
    assert len(objects.row) == len(objects.look) == len(objects.hot) == objects.inside.sum()
    everything = np.ones(len(objects.row), dtype=bool)
    np.testing.assert_array_equal(objects.mask(everything), objects.inside)
    np.testing.assert_allclose(objects.shares(everything), 1.0)
    assert 0.4 < objects.hot.mean() < 1.0


def test_what_lies_around_an_object_does_not_change_its_look() -> None:
    made = banded()
    first = objects_of(made)
    assert first is not None
    inside = first.inside
    made.pictures[~inside] = 255
    second = objects_of(made)
    assert second is not None
    np.testing.assert_allclose(first.look, second.look, atol=0.05)


def test_without_objects_there_is_nothing_to_look_at() -> None:
    assert objects_of(material(regions=False)) is None
