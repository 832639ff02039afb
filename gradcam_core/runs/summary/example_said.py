"""What the model says of each picture of an example, in a few words. Pure."""

import math

from gradcam_core.base.text import rounded
from gradcam_core.runs.examples import ExamplePictures

SCORE = "anomaly score"
NUMBERS = {
    "probability": "The number is its probability; ▲ marks a prediction that changed.",
    "output": "The number is its output; ▲ marks one that moved by more than the tolerance.",
    SCORE: "The number is its anomaly score; ▲ marks one that crossed the threshold.",
}


def legend(one: ExamplePictures) -> str:
    """What the number below each picture of an example is."""
    return NUMBERS["output" if one.before is None else one.number]


def answer(said: str | None, share: float, was: str | None, number: str = "probability") -> str:
    """'dog (cat 0.12)': the prediction, and what is left of the class before the edit; 'output 3.4'.

    ``number`` is that of :class:`ExamplePictures`.
    """
    if said is None:
        return f"output {share:.3g}" if math.isfinite(share) else "output unknown"
    if not math.isfinite(share):
        return said
    if number == SCORE:
        return f"{said}, score {rounded(share)}"
    return f"{said} {share:.2f}" if said == was else f"{said} ({was} {share:.2f})"
