"""What ``explain`` hands back, and how a notebook shows it."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.types import Floats, Picture
from gradcam_core.images import geometry, map_to_picture
from gradcam_core.maps.overlay import blend, normalise
from gradcam_core.model.contract import Targets
from gradcam_core.runs.report import inline

STRIP = 6  # pictures that are shown


@dataclass(frozen=True)
class Explained:
    """What a model said of N pictures and where its evidence lies.

    Attributes:
        maps: (N, h, w) float32, raw heat >= 0 on the layer's grid; only display normalises.
        logits: (N, K) float32, before the last activation; (N, 1) for a one-unit head.
        probabilities: (N, C) float32, per class; a one-unit sigmoid head has two classes. NaN where the
            output is one number (regression).
        predicted: (N,) index of the likeliest class.
        classes: (N,) index of the class that each map explains, or (N, K) weights of the outputs.
        layer: name of the layer that the maps are of.
        method: name of the CAM method.
        images: (N, H, W, C), as they were given.
    """

    maps: Floats
    logits: Floats
    probabilities: Floats
    predicted: NDArray[np.intp]
    classes: Targets
    layer: str
    method: str
    images: NDArray[Any] = field(repr=False)

    def overlay(self, number: int, alpha: float = 0.45) -> Picture:
        """(H, W, 3) RGB uint8, the picture ``number`` under its map; numbers that are not uint8 are spread
        from their smallest to their largest value, for the eye alone."""
        seen = _seen(self.images[number])
        where = geometry(seen.shape[:2], seen.shape[:2], "squash")
        return blend(seen, map_to_picture(normalise(self.maps[number]), where), alpha)

    def to_frame(self) -> pd.DataFrame:
        """One row per picture: predicted, probability of that class, explained class."""
        chosen = self.probabilities[np.arange(len(self.predicted)), self.predicted]
        explained = self.classes if self.classes.ndim == 1 else ["weights"] * len(self.classes)
        return pd.DataFrame({"predicted": self.predicted, "probability": chosen, "explained": explained})

    def _repr_html_(self) -> str:
        shown = range(min(STRIP, len(self.maps)))
        strip = "".join(
            inline.picture(_seen(self.images[row]), f"picture {row}")
            + inline.picture(self.overlay(row), f"overlay {row}")
            for row in shown
        )
        low, high = (f"{end:.4g}" for end in (np.min(self.images), np.max(self.images)))
        said = (
            f"{self.method} at {self.layer}: maps of {self.maps.shape[1]}×{self.maps.shape[2]} cells for "
            f"{len(self.maps):,} pictures with values from {low} to {high}, fed as they are. "
            "A map is a hint; only an edit shows what the model uses."
        )
        table = self.to_frame().head(STRIP).to_html(float_format="{:.3f}".format, na_rep="")
        return f"<p>{escape(said)}</p>{strip}{table}"


def _seen(picture: NDArray[Any]) -> Picture:
    """(H, W, 3) uint8 of one network input, for the eye."""
    values = picture if picture.ndim == 3 else picture.reshape(*picture.shape, 1)[..., :1]
    if values.dtype != np.uint8:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        values = np.nan_to_num((values - low) * (255 / (high - low) if high > low else 0))
    return np.broadcast_to(np.rint(values), (*values.shape[:2], 3)).astype(np.uint8)
