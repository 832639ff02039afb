"""Answers counted as Edge Impulse Studio counts them, and laid beside what Studio itself answered.

Studio gives no class to an answer that is less confident than the block's threshold. Such an answer is
never right, whatever class it would have named; our accuracy compares the likeliest class. Precision,
recall and F1 are the usual ones with the uncertain answers as a class of their own, averaged over
the classes by how many samples each has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gradcam_core.base.intervals import accuracy

UNCERTAIN = "uncertain"
ID, PREDICTION, CORRECT, VARIANT = (
    f"meta_edge_impulse_{name}" for name in ("id", "prediction", "correct", "variant")
)
LISTED = 8  # samples that differ and are named


@dataclass(frozen=True)
class StudioCount:
    """Shares 0..1 of ``n`` labelled and answered samples; NaN where there are none.

    ``classes`` has one row per class: label, precision, recall, f1, n. ``plain`` is the accuracy of the
    likeliest class, which does not know uncertain answers.
    """

    n: int
    correct: int
    uncertain: int
    plain: float
    precision: float
    recall: float
    f1: float
    classes: pd.DataFrame

    @property
    def accuracy(self) -> float:
        """Right and certain answers among all."""
        return self.correct / self.n if self.n else float("nan")


@dataclass(frozen=True)
class Comparison:
    """Our answers beside Studio's on the ``n`` samples that both answered.

    ``apart`` has one row per sample whose answer differs: sample_id, label, ours, studio.
    """

    n: int
    ours: float
    theirs: float
    right: int
    variant: str
    apart: pd.DataFrame


def by_studio(table: pd.DataFrame, manifest: Mapping[str, Any]) -> StudioCount | None:
    """The answers of a run of classes counted as Studio counts; None where nothing differs from our count.

    That is: another task, or a run that is not from Edge Impulse and has no uncertain answer.
    """
    if _task(manifest) != "classification" or not (ID in table or _unsure(table).any()):
        return None
    known = table[table["label"].notna() & table["predicted"].notna()]
    truth, said = known["label"].astype(str), _said(known)
    classes = _per_class(truth, said)
    share = classes["n"] / max(len(known), 1)
    return StudioCount(
        n=len(known),
        correct=int((said == truth).sum()),
        uncertain=int(_unsure(known).sum()),
        plain=accuracy(table).value,
        precision=float((share * classes["precision"]).sum()),
        recall=float((share * classes["recall"]).sum()),
        f1=float((share * classes["f1"]).sum()),
        classes=classes,
    )


def _per_class(truth: pd.Series, said: pd.Series) -> pd.DataFrame:
    """label, precision, recall, f1, n of each class that is somebody's label; 0 where nothing was said."""
    names = sorted(truth.unique())
    support = truth.value_counts().reindex(names, fill_value=0)
    named = said.value_counts().reindex(names, fill_value=0)
    right = truth[truth == said].value_counts().reindex(names, fill_value=0)
    numbers = {
        "precision": right / named.clip(lower=1),
        "recall": right / support.clip(lower=1),
        "f1": 2 * right / (named + support).clip(lower=1),
        "n": support,
    }
    return pd.DataFrame(numbers).rename_axis("label").reset_index()


def compare(table: pd.DataFrame, manifest: Mapping[str, Any]) -> Comparison | None:
    """Our answers beside those of Studio's *Model testing*; None where there are no such answers."""
    if _task(manifest) != "classification" or PREDICTION not in table:
        return None
    both = table[table["predicted"].notna() & table["label"].notna() & table[PREDICTION].notna()]
    if both.empty:
        return None
    ours, theirs = _said(both), both[PREDICTION].map(_text)
    said = pd.DataFrame(
        {"sample_id": both["sample_id"], "label": both["label"], "ours": ours, "studio": theirs}
    )
    right = ours == both["label"].astype(str)
    return Comparison(
        n=len(both),
        ours=float(right.mean()),
        theirs=float((both[CORRECT] == "yes").mean()),
        right=int((right & (both[CORRECT] == "yes")).sum()),
        variant=_text(both[VARIANT].iloc[0]),
        apart=said[ours != theirs].reset_index(drop=True),
    )


def studio_sentences(table: pd.DataFrame, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """What pages and reports say of Studio's count and of Studio's own answers; empty where nothing is."""
    count, beside = by_studio(table, manifest), compare(table, manifest)
    found = [_counted(count)] if count is not None and count.n else []
    return (*found, _compared(beside)) if beside is not None else tuple(found)


def _counted(count: StudioCount) -> str:
    return (
        f"Accuracy as Edge Impulse counts it (uncertain answers are wrong): {_percent(count.accuracy)} "
        f"({count.correct:,} of {count.n:,}, {count.uncertain:,} uncertain), weighted F1 {count.f1:.2f}; "
        f"accuracy of the likeliest class: {_percent(count.plain)}."
    )


def _compared(one: Comparison) -> str:
    start = f"Studio says {_percent(one.theirs)}, we compute {_percent(one.ours)}"
    if one.apart.empty:
        return f"{start}: the same {one.n:,} answers."
    named = ", ".join(
        f"{row.sample_id} (Studio {row.studio}, here {row.ours})"
        for row in one.apart.head(LISTED).itertuples()
    )
    more = f" and {len(one.apart) - LISTED:,} more" if len(one.apart) > LISTED else ""
    return f"{start}: {len(one.apart):,} of {one.n:,} answers differ: {named}{more}. {_why(one.variant)}"


def _why(variant: str) -> str:
    if variant == "int8":
        return "Studio answered with the int8 network, this audit with the float32 one."
    return (
        "Both are the float32 network: a rounding of pixels in resizing, other options of this audit, or a "
        "Model testing older than the trained network."
    )


def _said(table: pd.DataFrame) -> pd.Series:
    """What Studio would call each answer."""
    return table["predicted"].astype(str).where(~_unsure(table), UNCERTAIN)


def _unsure(table: pd.DataFrame) -> pd.Series:
    """Older runs have no outcome."""
    if "outcome" not in table:
        return pd.Series(False, index=table.index)
    return table["outcome"] == UNCERTAIN


def _text(value: object) -> str:
    """A class name that a table has read as a number is the name again."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _task(manifest: Mapping[str, Any]) -> str:
    return str(manifest.get("project", {}).get("task", "classification"))
