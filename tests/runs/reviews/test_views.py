"""Named views, and the pictures shared among readers."""

from collections import Counter
from typing import Any

import pandas as pd
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.filters import from_query
from gradcam_core.runs.queries import matching
from gradcam_core.runs.reviews.views import View, assigned, views_of

TABLE = pd.DataFrame(
    {
        "sample_id": [f"s{row}" for row in range(600)],
        "path": [f"shelf/{row // 2:04}.png" for row in range(600)],
        "label": ["cat"] * 300 + ["dog"] * 300,
    }
)


def rows(view: View) -> list[str]:
    filters, notes = from_query(view.query, TABLE)
    assert notes == ()
    return [str(name) for name in TABLE["sample_id"][matching(TABLE, filters)]]


@pytest.mark.parametrize(("readers", "each"), [(1, 1), (3, 1), (4, 2), (5, 3), (3, 3)])
def test_readers_hold_every_picture_as_often_as_asked(readers: int, each: int) -> None:
    views = assigned([f"Reader {number}" for number in range(readers)], each)
    held = Counter(name for view in views for name in rows(view))
    assert set(held.values()) == {each} and len(held) == len(TABLE)
    sizes = [len(rows(view)) for view in views]
    assert max(sizes) < 1.4 * min(sizes)


def test_rows_of_one_picture_go_to_one_reader_whatever_else_is_in_the_run() -> None:
    first = assigned(["Ana", "Ben"])[0]
    mine = set(rows(first))
    pictures = TABLE.set_index("sample_id")["path"]
    assert all(pictures[name] not in set(pictures.drop(list(mine))) for name in mine)
    alone = TABLE.iloc[100:200].reset_index(drop=True)
    kept = alone["sample_id"][matching(alone, from_query(first.query, alone)[0])]
    assert set(kept) == mine & set(alone["sample_id"])


def test_a_reading_can_be_of_some_samples_only() -> None:
    views = assigned(["Ana", "Ben"], base={"label": ["dog"]})
    assert sorted(name for view in views for name in rows(view)) == sorted(TABLE["sample_id"][300:])


@pytest.mark.parametrize(
    ("readers", "each"), [([], 1), (["Ana", " Ana"], 1), (["Ana", "Ben"], 3), (["Ana"], 0), ([" "], 1)]
)
def test_impossible_readings_are_refused(readers: list[str], each: int) -> None:
    with pytest.raises(AuditError):
        assigned(readers, each)


def test_views_come_back_out_of_settings_and_removed_or_damaged_ones_do_not() -> None:
    kept = View("Wrong dogs", {"label": ("dog",), "outcome": ("wrong",)}, "for Monday")
    gone = View("Old")
    settings: dict[str, Any] = {kept.setting: kept.stored(), gone.setting: None, "blind": True}
    settings |= {"view 1": {"name": "x"}, "view 2": 3, "view 3": {"name": " ", "query": {}}}
    assert views_of(settings) == [kept]
    assert kept.setting != gone.setting and len(kept.setting) <= 40


@pytest.mark.parametrize(
    "fields", [{"name": " "}, {"name": "x" * 81}, {"name": "x", "description": "x" * 401}]
)
def test_names_and_descriptions_have_bounds(fields: dict[str, str]) -> None:
    with pytest.raises(AuditError):
        View(**fields)  # type: ignore[arg-type]


def test_a_rule_that_is_a_long_list_is_refused() -> None:
    with pytest.raises(AuditError, match="rule"):
        View("many", {"ids": ["sample" * 10] * 200})
