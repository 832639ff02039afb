"""A network as a detector of anomalies."""

import numpy as np

from gradcam_core.maps.cams import CAMS, CamInput
from gradcam_core.model.contract import Explanation, LayerInfo, ModelInfo
from gradcam_core.tasks.visual_anomaly.explainer import MixtureDetector, OwnDetector, place
from tests.tasks.visual_anomaly.made import hand_made

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
