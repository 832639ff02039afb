"""Paired samples -> what one filler of an edit did: rates, their difference, its interval, its p."""

import numpy as np
import pandas as pd

from gradcam_core.findings import statistics
from gradcam_core.runs.findings import EditEvidence
from gradcam_core.runs.pairing import outcome_name, pair, shifts


def evidence_of(rows: pd.DataFrame, half: str) -> EditEvidence | None:
    """What one filler of one edit did on the samples that have both arms; None where none has.

    Args:
        rows: of the edit table, one edit and one filler.
        half: which samples these are, for the record.
    """
    pairs = pair(rows)
    if pairs.empty:
        return None
    first, second = pairs["edit"].to_numpy(dtype=bool), pairs["control"].to_numpy(dtype=bool)
    units = pairs["unit"].nunique()
    difference = first.astype(float) - second.astype(float)
    alone = units == len(pairs)
    shift, control_shift = shifts(rows)
    return EditEvidence(
        edit=str(rows["edit"].iloc[0]),
        filler=str(rows["filler"].iloc[0]),
        outcome=outcome_name(rows),
        n=len(pairs),
        edit_rate=float(first.mean()),
        control_rate=float(second.mean()),
        difference=float(difference.mean()),
        interval=statistics.paired_interval(first, second)
        if alone
        else statistics.resampled_interval(difference, pairs["unit"], seed=0),
        p=sign_test(pairs),
        half=half,
        units=units,
        shift=shift,
        control_shift=control_shift,
    )


def sign_test(pairs: pd.DataFrame) -> float:
    """One-sided p over units (samples, or patients) that the edit moves no more than its control.

    1 where its rate is no higher: an effect with the other sign never gets a small p, not even where
    units and samples disagree.
    """
    balance = pairs["edit"].astype(int) - pairs["control"].astype(int)
    if balance.sum() <= 0:
        return 1.0
    total = np.bincount(pd.factorize(pairs["unit"])[0], weights=balance.to_numpy())
    return statistics.mcnemar(total > 0, total < 0)
