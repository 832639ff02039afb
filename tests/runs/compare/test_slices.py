"""Samples whose cue contradicts their label."""

import pandas as pd

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.runs.compare.slices import by_background, by_suspicions

TABLE = pd.DataFrame({"sample_id": ["a", "b", "c", "d"], "label": ["cat", "dog", "cat", None]})


def test_the_background_contradicts_where_it_says_another_class() -> None:
    says = pd.DataFrame({"sample_id": ["a", "b", "c", "d"], "background_says": ["dog", "dog", None, "cat"]})
    (rows,) = by_background(TABLE, says).values()
    assert rows.tolist() == [True, False, False, False]
    assert by_background(TABLE, says.assign(background_says=None)) == {}
    assert by_background(TABLE, None) == {} == by_background(TABLE, says[["sample_id"]])


def test_a_mark_contradicts_where_class_and_mark_do_not_go_together() -> None:
    mark = Suspicion("fixed-marker/dog/data", "fixed-marker", "dog", ("a", "d"))
    (rows,) = by_suspicions(TABLE, [mark], {mark.id}).values()
    assert rows.tolist() == [True, True, False, False]
    assert by_suspicions(TABLE, [mark], set()) == {}
