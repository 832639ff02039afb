"""The Clusters page: groups, colours, bins above 20,000 points, what a selection means."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from tests.searched_run import RUN, searched, uses
from tests.ui.app_pages import opened, text_of
from ui import state
from ui.clusters import selected_ids
from ui.clusters.scatter import MOST, inks, scatter


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


@pytest.mark.slow
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
