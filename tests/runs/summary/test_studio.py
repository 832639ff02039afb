"""Studio's count and Studio's own answers, worked out by hand."""

import math

import pandas as pd
import pytest
from sklearn.metrics import precision_recall_fscore_support

from gradcam_core.runs.summary.studio import by_studio, compare, studio_sentences

MANIFEST = {"project": {"task": "classification"}}


def table(studio: list[str | None] | None = None, variant: str = "float32") -> pd.DataFrame:
    """Five labelled answers of which one is wrong and one right but uncertain, one without a label."""
    labels = ["cat", "cat", "cat", "dog", "dog", None]
    predicted = ["cat", "cat", "dog", "dog", "dog", "cat"]
    outcome = ["correct", "uncertain", "incorrect", "correct", "correct", "unlabelled"]
    frame = pd.DataFrame(
        {
            "sample_id": list("abcdef"),
            "label": pd.Series(labels, dtype=object),
            "predicted": pd.Series(predicted, dtype=object),
            "outcome": outcome,
            "correct": [True, True, False, True, True, None],
        }
    )
    if studio is not None:
        frame["meta_edge_impulse_prediction"] = pd.Series(studio, dtype=object)
        right = [
            None if s is None else "yes" if s == t else "no" for s, t in zip(studio, labels, strict=True)
        ]
        frame["meta_edge_impulse_correct"] = pd.Series(right, dtype=object)
        frame["meta_edge_impulse_variant"] = variant
    return frame


def test_an_uncertain_answer_is_never_right_whatever_it_names() -> None:
    count = by_studio(table(), MANIFEST)
    assert count is not None
    assert (count.n, count.correct, count.uncertain) == (5, 3, 1)
    assert count.accuracy == pytest.approx(0.6) and count.plain == pytest.approx(0.8)


def test_precision_recall_and_f1_per_class_and_weighted() -> None:
    count = by_studio(table(), MANIFEST)
    assert count is not None
    rows = count.classes.set_index("label")
    assert rows.loc["cat", ["precision", "recall", "f1"]].tolist() == pytest.approx([1, 1 / 3, 0.5])
    assert rows.loc["dog", ["precision", "recall", "f1"]].tolist() == pytest.approx([2 / 3, 1, 0.8])
    assert rows["n"].tolist() == [3, 2]
    assert count.f1 == pytest.approx((3 * 0.5 + 2 * 0.8) / 5)


def test_the_averages_are_those_of_scikit_learn() -> None:
    frame = table().dropna(subset=["label"])
    said = frame["predicted"].where(frame["outcome"] != "uncertain", "uncertain")
    found = precision_recall_fscore_support(
        frame["label"], said, labels=["cat", "dog"], average="weighted", zero_division=0
    )
    count = by_studio(table(), MANIFEST)
    assert count is not None
    assert (count.precision, count.recall, count.f1) == pytest.approx(found[:3])


def test_runs_without_a_threshold_and_of_other_tasks_are_not_counted_twice() -> None:
    plain = table().assign(outcome=["correct", "correct", "incorrect", "correct", "correct", "unlabelled"])
    assert by_studio(plain, MANIFEST) is None and studio_sentences(plain, MANIFEST) == ()
    assert by_studio(table(), {"project": {"task": "regression"}}) is None
    assert by_studio(plain.assign(meta_edge_impulse_id="1"), MANIFEST) is not None


def test_nothing_labelled_is_no_accuracy() -> None:
    none = table().assign(label=None)
    count = by_studio(none, MANIFEST)
    assert count is not None and count.n == 0 and math.isnan(count.accuracy)
    assert studio_sentences(none, MANIFEST) == ()


def test_the_same_answers_are_said_to_be_the_same() -> None:
    said = ["cat", "uncertain", "dog", "dog", "dog", None]
    _, beside = studio_sentences(table(said), MANIFEST)
    assert beside == "Studio says 60.0 %, we compute 60.0 %: the same 5 answers."


def test_answers_that_differ_are_named_with_a_reason() -> None:
    said = ["cat", "cat", "dog", "dog", "uncertain", None]
    found = compare(table(said), MANIFEST)
    assert found is not None and (found.n, found.ours, found.theirs) == (5, 0.6, 0.6)
    assert found.apart["sample_id"].tolist() == ["b", "e"]
    _, beside = studio_sentences(table(said, "int8"), MANIFEST)
    assert "2 of 5 answers differ: b (Studio cat, here uncertain), e (Studio uncertain, here dog)" in beside
    assert beside.endswith("Studio answered with the int8 network, this audit with the float32 one.")
    assert "rounding of pixels" in studio_sentences(table(said), MANIFEST)[1]


def test_class_names_that_a_table_read_as_numbers_are_names() -> None:
    frame = table(["cat", "uncertain", "dog", "dog", "dog", None]).replace({"cat": "0", "dog": "1"})
    frame["meta_edge_impulse_prediction"] = [0.0, "uncertain", 1.0, 1.0, 1.0, None]
    found = compare(frame, MANIFEST)
    assert found is not None and found.apart.empty
