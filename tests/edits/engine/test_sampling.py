"""Which samples an edit is tried on."""

from dataclasses import replace

import numpy as np

from gradcam_core.base.hashing import half_of
from gradcam_core.edits.engine.sampling import stratified
from tests.edits.made import N, by_object, scenes_for


def test_sampling_is_even_over_labels_and_takes_the_confirmation_half_first():
    scenes = scenes_for(by_object)
    labels = np.where(np.arange(N) < 48, 0, 1)
    skewed = replace(scenes, labels=labels, logits=np.eye(2, dtype=np.float32)[labels])
    rows = stratified(skewed, np.arange(N), 12, "key", 0)
    assert np.bincount(labels[rows]).tolist() == [6, 6]
    halves = [half_of(scenes.ids[row]) for row in rows if labels[row] == 0]
    assert halves == ["confirm"] * 6
    assert len(stratified(skewed, np.arange(N), 1000, "key", 0)) == N
