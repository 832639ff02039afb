"""Edit tables and hints made by hand."""

import pandas as pd

from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import Finding


def edit_rows(
    edit: str, rates: tuple[float, float], n: int = 120, filler: str = "a", suspicion: str = ""
) -> pd.DataFrame:
    """``n`` samples, both arms; the first ``rate * n`` samples flip, alternating between the halves."""
    rows = []
    for arm, rate in zip(("edit", "control"), rates, strict=True):
        for index in range(n):
            flipped = index < round(rate * n)
            before, after = ("cat", "dog") if index % 3 else ("dog", "cat")
            rows.append(
                {
                    "sample_id": f"s{index}",
                    "label": before,
                    "edit": edit,
                    "suspicion": suspicion,
                    "filler": filler,
                    "arm": arm,
                    "half": "confirm" if index % 2 else "discover",
                    "donor_id": None,
                    "donor_label": after,
                    "target": after,
                    "predicted_before": before,
                    "predicted_after": after if flipped else before,
                    "margin_before": 1.0 + index / n,
                    "margin_after": -1.0 if flipped else 1.0 + index / n,
                    "target_before": -1.0,
                    "target_after": 1.0 if flipped else -1.0,
                    "flipped": flipped,
                    "unusual": False,
                }
            )
    return pd.DataFrame(rows)


NO_EDITS = edit_rows("background-swap", (0, 0)).iloc[:0]


def swap(first: float, second: float, n: int = 120) -> pd.DataFrame:
    """A background swap with two fillers; the control flips 2 %."""
    return pd.concat(
        [
            edit_rows("background-swap", (first, 0.02), n, "swap"),
            edit_rows("background-swap", (second, 0.02), n, "tiles"),
        ]
    )


def of(findings: list[Finding], flag: str) -> Finding:
    return next(entry for entry in findings if entry.flag == flag)


def hint(kind: str, flag: str = "background", p: float = 1e-6, **changes: object) -> Hint:
    values = {"strong": True, "statement": "Hint.", "effect": 0.5, "measure": "delta", "n": 60}
    return Hint(flag, kind, p=p, **{**values, **changes})  # type: ignore[arg-type]
