"""A project in pieces."""

import pytest

from gradcam_core.auditing.parts.pieces import piece_size


@pytest.mark.parametrize(("batch", "most", "expected"), [(32, 1024, 1024), (48, 100, 96), (64, 2, 64)])
def test_pieces_hold_whole_batches(batch: int, most: int, expected: int) -> None:
    assert piece_size(batch, most) == expected
