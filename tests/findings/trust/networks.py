"""Networks of blocks whose maps are known, and the checks of them."""

import numpy as np

from gradcam_core.findings.trust import run_trust
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
        return Explanation(logits, grid.mean((1, 2)), asked, dict.fromkeys(("classic", "fine"), evidence))


class Learned(Blocks):
    def randomised(self, seed):
        return Untrained(seed) if self.fault != "same" else self


class Untrained(Blocks):
    def __init__(self, seed):
        super().__init__()
        self.rng = np.random.default_rng(seed)

    def activations(self, inputs):
        return self.rng.uniform(size=(len(inputs), 5, 6, 3))


def checks(explainer, inputs):
    return {check.name: check for check in run_trust(explainer, inputs).checks}
