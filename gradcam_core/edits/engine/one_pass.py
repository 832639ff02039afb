"""Logits and embeddings of the same pictures in one pass through the network instead of two."""

from collections.abc import Callable

from gradcam_core.base.types import Floats, Picture
from gradcam_core.model.contract import Explainer


class OnePass:
    """``predict`` and ``embed`` for :func:`run_checks`, which asks for both of the same batch."""

    def __init__(self, explainer: Explainer, to_inputs: Callable[[Picture], Floats]) -> None:
        self._explainer, self._to_inputs = explainer, to_inputs
        self._last: tuple[Picture, Floats] | None = None

    def predict(self, pictures: Picture) -> Floats:
        """(M, K) float32 logits of pictures (M, H, W, 3) uint8 at network size."""
        logits, embeddings = self._explainer.answers(self._to_inputs(pictures))
        self._last = (pictures, embeddings)
        return logits

    def embed(self, pictures: Picture) -> Floats:
        """(M, D) float32 embeddings; those of the pictures predicted last cost nothing."""
        if self._last is None or self._last[0] is not pictures:
            self.predict(pictures)
        assert self._last is not None
        return self._last[1]
