"""What quantisation changes: the answers of the quantised network beside those of the model. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from gradcam_core.base.intervals import accuracy

ANSWER, APART, CORRECT = "quantised_answer", "quantised_apart", "quantised_correct"
OTHER = "another"
MOST = 12  # labels that are still listed


def quantised_sentences(table: pd.DataFrame, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """How many answers differ, how far, in which class; empty without such a network."""
    if not {ANSWER, APART, CORRECT} <= set(table) or not table[ANSWER].notna().any():
        return ()
    asked = table[table[ANSWER].notna()]
    moved = asked[ANSWER] == OTHER
    number = manifest.get("project", {}).get("task") == "regression"
    unit = "in the unit of the labels" if number else "of a probability"
    otherwise = " by more than the tolerance" if number else ""
    found = (
        f"The quantised network answers {int(moved.sum()):,} of {len(asked):,} samples "
        f"otherwise{otherwise}; largest difference {asked[APART].max():.2f} {unit}."
    )
    return (found, *_accuracies(asked), *_classes(asked, moved))


def _accuracies(asked: pd.DataFrame) -> tuple[str, ...]:
    one, other = accuracy(asked), accuracy(asked.assign(correct=asked[CORRECT]))
    if not one.n:
        return ()
    said = (f"{100 * of.value:.1f} % ({100 * of.low:.1f}–{100 * of.high:.1f})" for of in (one, other))
    return (f"Accuracy {next(said)}, quantised {next(said)}, n {one.n:,}.",)


def _classes(asked: pd.DataFrame, moved: pd.Series) -> tuple[str, ...]:
    """Where answers differ, by label; numbers and few classes only say what they are worth."""
    labels = asked["label"].astype(object)
    sizes, counts = (Counter(part.dropna().map(str)) for part in (labels, labels[moved]))
    if not 2 <= len(sizes) <= MOST or not counts:
        return ()
    parts = [f"{label} {count:,} of {sizes[label]:,}" for label, count in counts.most_common()]
    return (f"Answered otherwise by label: {', '.join(parts)}.",)
