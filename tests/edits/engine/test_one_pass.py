"""Logits and embeddings of one batch cost one pass."""

import numpy as np
import pytest

from gradcam_core.edits.engine.one_pass import OnePass


class Counting:
    passes = 0

    def answers(self, inputs):
        self.passes += 1
        mean = inputs.mean((1, 2))
        return mean[:, :2], mean


def test_embedding_of_the_pictures_predicted_last_is_free():
    model, pictures = Counting(), np.full((2, 4, 5, 3), 51, dtype=np.uint8)
    both = OnePass(model, lambda seen: seen.astype(np.float32) / 255)
    assert both.predict(pictures) == pytest.approx(np.full((2, 2), 0.2))
    assert both.embed(pictures).shape == (2, 3)
    assert model.passes == 1
    other = np.zeros((1, 4, 5, 3), dtype=np.uint8)
    assert both.embed(other).tolist() == [[0, 0, 0]]
    assert model.passes == 2
    both.embed(pictures)
    assert model.passes == 3
