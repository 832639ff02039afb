"""The classes of one sample as bars: shares where the output has them, and who holds which role."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.logits import probabilities
from gradcam_core.runs.store import Run
from ui.readings import Bars, Row

SHOWN_CLASSES = 12


def class_shares(run: Run, place: int) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Class names, probabilities (K,) and logits (K,) of one sample; NaN where it was not predicted.

    A one-unit sigmoid head has two classes; its logit is that of the second and, turned round, of the
    first. Other sigmoid heads give each class its own probability; a linear head has none.
    """
    logits = np.asarray(run.array("logits.npy")[place], dtype=np.float64)
    shares = probabilities(logits[None], run.activation)[0]
    if len(logits) == 1 and run.activation == "sigmoid":
        logits = np.concatenate([-logits, logits])
    unnamed = [
        f"class {number}" for number in range(len(run.class_names), len(logits))
    ]  # a damaged manifest
    return [*run.class_names, *unnamed], shares, logits


def classes(run: Run, place: int, row: Row) -> Bars:
    """The strongest classes as bars, and those that matter here even where they are weak."""
    names, shares, logits = class_shares(run, place)
    if np.isnan(logits).all():
        return []
    roles = {"true": row["label"], "predicted": row["predicted"], "explained": row["explained"]}
    order = np.argsort(-logits)
    kept = [k for rank, k in enumerate(order) if rank < SHOWN_CLASSES or names[k] in roles.values()]
    return [_bar(names[k], shares[k], logits[k], roles) for k in kept]


def _bar(name: str, share: float, logit: float, roles: dict[str, Any]) -> dict[str, Any]:
    held = [role for role, held_by in roles.items() if held_by == name]
    known = bool(np.isfinite(share))
    return {
        "name": name,
        "share": float(share) if known else 0.0,
        "shown": f"{share:.3f}" if known else f"{logit:.2f}",
        "role": ", ".join(held),
        "help": f"{name}: logit {logit:.2f}",
    }
