"""One file per way of making maps: ``make(job)`` loads and returns what is timed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Timed = Callable[[NDArray[np.float32]], Any]


@dataclass(frozen=True)
class Job:
    """``model``: its file; ``choice``: what the way leaves open; ``batch``: pictures per pass."""

    model: Path
    choice: str
    batch: int
