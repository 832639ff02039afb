"""Rows of a run that are each about one class of a picture: thresholds, and what a row is read for."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit

from gradcam_core.base.types import Floats

ABSENT = "absent"  # last of the class names of a run: what a row says where its class is not there
THRESHOLD, OWN = "threshold", "threshold of "
USUAL = 0.5


def threshold_name(class_name: str) -> str:
    """What the threshold of one class is called among those of a project."""
    return f"{OWN}{class_name}"


def thresholds(given: Mapping[str, float], class_names: Sequence[str]) -> Floats:
    """(K,) float32 in 0..1, the probability from which a class counts as said: its own, else that of all,
    else 0.5."""
    usual = given.get(THRESHOLD, USUAL)
    found = [given.get(threshold_name(name), usual) for name in class_names if name != ABSENT]
    return np.asarray(found, dtype=np.float32)


def limits(given: Mapping[str, float], class_names: Sequence[str]) -> Floats:
    """(K,) float32, the same as logits."""
    return np.asarray(logit(thresholds(given, class_names)), dtype=np.float32)


def asked(table: pd.DataFrame, class_names: Sequence[str]) -> NDArray[np.intp]:
    """(N,) index of the class that each row is about."""
    return np.array([class_names.index(str(name)) for name in table["own_class"]], dtype=np.intp)


def one_hot(explained: Sequence[str], class_names: Sequence[str]) -> Floats:
    """(N, K) float32 weights of the outputs: 1 at the explained class of each row."""
    names = [name for name in class_names if name != ABSENT]
    return np.eye(len(names), dtype=np.float32)[[names.index(str(one)) for one in explained]]
