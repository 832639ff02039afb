"""The Clusters page: groups, colours, bins above 20,000 points, what a selection means."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.summary.groups import groups, groups_sentence
from tests.searched_run import RUN, searched, uses
from tests.ui.app_pages import opened, text_of
from ui import state
from ui.clusters import selected_ids
from ui.clusters.scatter import MOST, inks, scatter


def table(n: int = 60) -> pd.DataFrame:
    """Rows 0..29 wrong every third, 30..59 right; the last row has no label and no score."""
    correct = pd.array([row % 3 != 0 if row < 30 else True for row in range(n)], dtype="boolean")
    correct[n - 1] = pd.NA
    score = np.where(np.arange(n) < 30, 0.5, 1.5)
    score[n - 1] = np.nan
    label = ["cat" if row < 40 else "dog" for row in range(n - 1)] + [None]
    return pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(n)],
            "label": label, "predicted": "cat", "correct": correct, "focus": score,
        }
    )  # fmt: skip


def test_groups_count_what_is_in_them() -> None:
    numbers = np.repeat([0, 1], 30)
    numbers[0] = -1
    first, second = groups(table(), numbers, "focus")
    assert (first.name, first.n, first.most, first.purity) == ("cluster 1", 29, "cat", 1.0)
    assert (first.errors, first.judged) == (9, 29)
    assert (second.n, second.most, second.judged, second.errors) == (30, "dog", 29, 0)
    assert second.purity == pytest.approx(19 / 30)
    assert (first.focus, second.focus) == (0.5, 1.5)
    sentence = groups_sentence((first, second), "heatmap")
    assert sentence == (
        "59 samples fall into 2 groups by heatmap. Cluster 1 is wrong most often: "
        "9 of 29 (31 %), the others 0 %."
    )


def test_a_difference_that_may_be_chance_is_not_claimed() -> None:
    few = table().assign(correct=pd.array([row not in (3, 40) for row in range(60)], dtype="boolean"))
    sentence = groups_sentence(groups(few, np.repeat([0, 1], [25, 35]), "focus"), "heatmap")
    assert sentence.endswith(
        "None is clearly wrong more often than the others; at most 1 of 25 (4 %), cluster 1."
    )


def test_groups_without_labels_scores_or_members() -> None:
    bare = table().assign(label=None, correct=pd.array([pd.NA] * 60, dtype="boolean")).drop(columns="focus")
    (only,) = groups(bare, np.zeros(60, np.intp), "focus")
    assert np.isnan(only.focus)
    assert np.isnan(only.error_rate)
    assert only.most == "cat", "the predicted class stands in where nothing is labelled"
    assert "No group is wrong more often" in groups_sentence((only,), "heatmap")
    assert "too few" in groups_sentence((), "heatmap")


def test_the_page_shows_groups_and_keeps_its_choices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(tmp_path, (uses(),))
    test = opened("6_Clusters.py", tmp_path, monkeypatch)
    assert "80 samples fall into 2 groups by heatmap." in text_of(test)
    assert "1 sample without a map or embedding is left out" in text_of(test)
    shown = test.dataframe[0].value
    assert shown["Group"].tolist() == ["cluster 1", "cluster 2"]
    assert shown["n"].tolist() == [40, 40]
    assert not {"open_selected", "open_group"} & {button.key for button in test.button}
    test.selectbox(key="clusters_colour").select("correct").run()
    assert test.query_params["colour"] == "correct"
    assert test.query_params["run"] == RUN
    again = opened(
        "6_Clusters.py", tmp_path, monkeypatch, place="picture", colour="nonsense", group="nonsense"
    )
    assert "left out" not in text_of(again)


def points(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(n)],
            "x": rng.normal(size=n), "y": rng.normal(size=n),
            "colour": np.where(np.arange(n) % 3, "cat", "dog"),
            "correct": np.arange(n) % 2 == 0, "hover": "",
        }
    )  # fmt: skip


def test_shape_tells_right_from_wrong_and_every_point_has_its_id() -> None:
    drawn = scatter(points(30), ["cat", "dog"])
    assert {trace.marker.symbol for trace in drawn.figure.data} == {"circle", "triangle-up"}
    ids = [row[0] for trace in drawn.figure.data for row in trace.customdata]
    assert sorted(ids) == sorted(points(30)["sample_id"])
    assert [trace.showlegend for trace in drawn.figure.data] == [True, False, True, False]


def test_many_points_become_bins_that_hold_all_of_them() -> None:
    many = points(MOST + 100)
    drawn = scatter(many, ["cat", "dog"])
    held = [name for ids in drawn.bins.values() for name in ids]
    assert sorted(held) == sorted(many["sample_id"])
    assert sum(len(trace.x) for trace in drawn.figure.data) == len(drawn.bins) < 5000
    first = drawn.figure.data[0].customdata[0][0]
    event = SimpleNamespace(selection={"points": [{"customdata": [first, "n 1"]}]})
    assert selected_ids(event, drawn.bins) == drawn.bins[first]


def test_more_values_than_colours_share_the_last() -> None:
    names = [f"kind {place}" for place in range(20)]
    many = points(200).assign(colour=[names[row % 20] for row in range(200)])
    figure = scatter(many, names).figure
    shown = [trace.name for trace in figure.data if trace.showlegend]
    assert len(shown) == 8
    assert shown[-1].startswith("13 others (130)")
    assert len(set(inks(names, dark=False).values())) == 8


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            {"points": [{"customdata": ["a", ""]}, {"customdata": {"0": "b"}}, {"customdata": ["a"]}]},
            ("a", "b"),
        ),
        ({"points": [{}]}, ()),
        ({}, ()),
    ],
)
def test_what_was_selected(selection: dict, expected: tuple[str, ...]) -> None:
    assert selected_ids(SimpleNamespace(selection=selection), {}) == expected


def test_thousands_of_ids_do_not_stand_in_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    from gradcam_core.runs.queries import Filters

    values = state.filter_query(Filters(ids=tuple(f"sample-{n}" for n in range(5000))))
    assert set(values) == {"view"}
    assert len(values["view"][0]) == 16
