"""What quantisation changes, counted by hand."""

import pandas as pd

from gradcam_core.runs.summary.quantised import quantised_sentences

MANIFEST = {"project": {"task": "classification"}}


def table() -> pd.DataFrame:
    """Four answers and one picture that could not be read; quantisation breaks one of the two dogs."""
    return pd.DataFrame(
        {
            "label": ["cat", "cat", "dog", "dog", "dog"],
            "predicted": pd.Series(["cat", "dog", "dog", "dog", None], dtype=object),
            "correct": [True, False, True, True, None],
            "quantised_correct": [True, False, True, False, None],
            "quantised_apart": [0.01, 0.02, 0.0, 0.25, float("nan")],
            "quantised_answer": ["same", "same", "same", "another", None],
        }
    )


def test_how_many_how_far_both_accuracies_and_in_which_class() -> None:
    first, second, third = quantised_sentences(table(), MANIFEST)
    assert "1 of 4 samples otherwise" in first and "largest difference 0.25 of a probability" in first
    assert second.startswith("Accuracy 75.0 % (") and "quantised 50.0 % (" in second and "n 4" in second
    assert third == "Answered otherwise by label: dog 1 of 2."


def test_nothing_is_said_without_a_quantised_network() -> None:
    assert quantised_sentences(table().drop(columns="quantised_answer"), MANIFEST) == ()
    assert quantised_sentences(table().assign(quantised_answer=None), MANIFEST) == ()


def test_numbers_are_said_in_their_unit() -> None:
    (first, *_) = quantised_sentences(table(), {"project": {"task": "regression"}})
    assert "by more than the tolerance" in first and "0.25 in the unit of the labels" in first
