"""Streams of random numbers, one for each part of a scene."""

from gradcam_core.projects.demos.scenes.scene import streams


def test_streams_are_independent_and_repeatable() -> None:
    first, second = streams(3, 2)
    again = streams(3, 5)[0]
    value = first.random()
    assert value == again.random()
    assert value != second.random()
