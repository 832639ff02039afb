"""A run's table, small enough to work out by hand."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def table_of(
    labels: Sequence[str | None],
    predicted: Sequence[str | None],
    focus: Sequence[float],
    source: str = "mask",
) -> pd.DataFrame:
    pairs = list(zip(labels, predicted, strict=True))
    correct = [None if None in (a, b) else a == b for a, b in pairs]
    rows = len(pairs)
    values = np.asarray(focus, dtype=float)
    return pd.DataFrame(
        {
            "sample_id": [f"s{i:05d}" for i in range(rows)],
            "path": [f"{i}.png" for i in range(rows)],
            "label": pd.Series(labels, dtype=object),
            "predicted": pd.Series(predicted, dtype=object),
            "correct": pd.Series(correct, dtype=object),
            "status": ["ok" if p else "unreadable" for p in predicted],
            "reason": ["" if p else "not a picture" for p in predicted],
            "region_source": [source] * rows,
            "normalized_background_focus": values,
            "background_focus": values / 2,
            "chance_focus": np.linspace(0.5, 0.9, rows),
            "floor_focus": [0.2] * rows,
            "far_background_focus": values / 4,
            "fine_status": ["ok" if p else "unreadable" for p in predicted],
            "fine_normalized_background_focus": values + 1,
        }
    )
