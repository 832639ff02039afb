"""What the tests of single edits measure."""

import numpy as np
import pandas as pd

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.scenes import Scenes
from tests.edits.made import (
    BOX,
    N,
    by_corner,
    by_object,
    draw,
    scenes_for,
    scenes_of,
    with_marker,
)

RED = np.arange(N) % 2 == 1


def difference(table: pd.DataFrame, column: str = "flipped") -> pd.Series:
    """Edit minus control per filler."""
    rates = table.pivot_table(index="filler", columns="arm", values=column, aggfunc="mean")
    return rates["edit"] - rates["control"]


def marked() -> tuple[Scenes, Suspicion]:
    ids = scenes_for(by_object).ids
    shows = tuple(ids[row] for row in np.flatnonzero(RED))
    pictures = with_marker(draw()[0], RED)
    suspicion = Suspicion("fixed-marker/red/1", "fixed-marker", "red", shows, dict.fromkeys(shows, BOX))
    return scenes_of(pictures, by_corner), suspicion
