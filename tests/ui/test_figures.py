"""Figures drawn from hand-made tables: what is shown, what is said, and that names stay text."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from gradcam_core.runs.summary import FocusGroup, MeanMap
from ui import figures
from ui.figures.style import HEAT, short


def points(n: int) -> pd.DataFrame:
    rows = np.arange(n)
    return pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in rows],
            "label": np.where(rows % 2, "dog", "<b>cat</b>"),
            "correct": np.where(rows % 5 == 0, False, True).astype(object),
            "value": rows % 21 / 10,
            "chance": 1.0,
            "floor": 0.0,
        }
    )


def group(label: str, n: int = 30, median: float = 0.5) -> FocusGroup:
    return FocusGroup(label, None, n, 2, median, 0.4, 0.6, 0.45, 0.55, 1.0, 0.0)


GROUPS = (group("dog", median=1.2), group("<b>cat</b>"))


def traces(figure: go.Figure, kind: type) -> list[go.Scatter]:
    return [trace for trace in figure.data if isinstance(trace, kind)]


def test_few_samples_are_marks_told_apart_by_shape_with_their_id() -> None:
    figure = figures.focus_strip(points(50), GROUPS, "normalised")
    right, wrong = figure.data[:2]
    assert (right.marker.symbol, wrong.marker.symbol) == ("circle", "triangle-up")
    assert (right.name, wrong.name) == ("correct (n 40)", "wrong (n 10)")
    assert wrong.customdata[0, 0] == "s0"
    assert (np.array(right.y) % 1 < 0.5).all(), "correct above the line of its class, wrong below"
    assert (np.array(wrong.y) % 1 > 0.5).all()


def test_the_highest_median_is_the_top_row_and_names_are_text() -> None:
    figure = figures.focus_strip(points(10), GROUPS, "normalised")
    assert list(figure.layout.yaxis.ticktext) == ["dog", "&lt;b&gt;cat&lt;/b&gt;"]
    assert list(figure.layout.yaxis.tickvals) == [1, 0]


def test_many_samples_are_bins_that_count_all_of_them() -> None:
    many = points(figures.MOST_POINTS + 1)
    figure = figures.focus_strip(many, GROUPS, "normalised")
    bars = traces(figure, go.Bar)
    assert sum(int(count) for bar in bars for count in bar.customdata[:, 0]) == len(many)
    assert not [trace for trace in figure.data if trace.name and trace.name.startswith("correct") and
                isinstance(trace, go.Scatter)]  # fmt: skip


def test_chance_and_floor_are_drawn_where_the_score_has_them() -> None:
    said = {note.text for note in figures.focus_strip(points(9), GROUPS, "normalised").layout.annotations}
    assert {"floor", "chance"} <= said
    bare = [FocusGroup("dog", None, 9, 0, 0.2, 0.1, 0.3, np.nan, np.nan, np.nan, np.nan)]
    said = {note.text for note in figures.focus_strip(points(9), bare, "far").layout.annotations}
    assert not {"floor", "chance"} & said
    assert "<b>0.20</b><br>n 9" in said, "no interval below 20 samples"


def test_a_value_below_the_ruler_stays_visible() -> None:
    low = points(5).assign(value=-0.4)
    assert figures.focus_strip(low, GROUPS, "normalised").layout.xaxis.range[0] < -0.4


@pytest.mark.parametrize("dark", [False, True])
def test_both_themes_have_readable_ink(dark: bool) -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    paper = luminance("#101216" if dark else "#fcfcfc")
    colours = figures.palette(dark)
    for colour, least in (
        (colours.ink, 7),
        (colours.muted, 4.5),
        (colours.wrong, 4.5),
        (colours.right, 2.8),
    ):
        low, high = sorted((paper, luminance(colour)))
        assert (high + 0.05) / (low + 0.05) >= least, colour


def test_heat_colours_avoid_the_hex_values_that_streamlit_replaces() -> None:
    assert HEAT[0] == "rgb(0,0,4)"
    assert all(colour.startswith("rgb(") for colour in HEAT)


def mean_map(label: str, values: list[list[float]], n: int = 7) -> MeanMap:
    return MeanMap(label, True, np.array(values), n, 1, n + 1)


def test_a_group_of_one_sets_no_scale() -> None:
    few, many = mean_map("few", [[0, 9.0]], 1), mean_map("many", [[0, 2.0]], 8)
    assert ">2.0<" in figures.mean_heat([few, many], (9, 9))
    assert ">9.0<" in figures.mean_heat([few], (9, 9)), "unless there is no other"


def test_mean_maps_say_n_and_share_one_scale() -> None:
    html = figures.mean_heat([mean_map("<i>x</i>", [[0, 2.5]]), mean_map("b", [[1, 1]])], (50, 100))
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert "<i>" not in html
    assert "n 7<br>1 without a map" in html
    assert ">2.5</span>" in html
    assert "hottest in row 1, column 2, 2.5 times uniform" in html
    assert "width:148px;height:74px" in html, "as wide as the network input"


def test_a_class_without_any_map_is_said() -> None:
    html = figures.mean_heat([mean_map("a", [[np.nan, np.nan]], 0), mean_map("b", [[2, 0]])], (9, 9))
    assert "no map" in html


def test_the_drawn_examples_lie_where_the_ruler_says() -> None:
    tight, half, uniform, away = figures.examples()
    assert tight.ruler == pytest.approx(0, abs=1e-6)
    assert uniform.ruler == pytest.approx(1)
    assert away.ruler == pytest.approx(2)
    assert 0.3 < half.ruler < 1, "half of the heat on a corner still beats a uniform map"
    assert len(figures.ruler().data) == 6


@pytest.mark.parametrize(
    ("label", "shown"),
    [("cat", "cat"), ("a<b", "a&lt;b"), ("x" * 15 + "y" * 15, "x" * 13 + "…" + "y" * 12)],
)
def test_long_names_are_cut_in_the_middle(label: str, shown: str) -> None:
    assert short(label) == shown
