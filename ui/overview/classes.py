"""Evidence by group (class, third of the targets): focus, mean heatmaps."""

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import FOCUS, MeanMap, class_column
from gradcam_core.tasks.wording import spoken
from ui import data, figures, prose, readings, state
from ui.figures import MOST_POINTS
from ui.overview import cached

MOST_MAPS = 6
NO_PROOF = " Better than chance clears nobody: a cue on the object, or close beside it, hardly counts."


def dark() -> bool:
    """True where the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def class_kind(run: Run) -> str:
    """What the rows stand for: the true class, or the predicted one where nothing is labelled."""
    groups = readings.of(run).groups
    return f"predicted {groups}" if class_column(data.table(run)) == "predicted" else groups


def focus(run: Run, map_set: MapSet) -> None:
    """Focus by class on its ruler, every sample a mark."""
    st.header(spoken(f"Attention outside the object, by {class_kind(run)}", run.task), anchor=False)
    score = _choose_score()
    path = run.key
    every = cached.groups(path, score, map_set)
    if not any(group.n for group in every):
        _no_focus(run, sum(group.undefined for group in every))
        return
    shown = cached.shown_labels(every)
    points = cached.points(path, score, map_set)
    event = st.plotly_chart(
        figures.focus_strip(points, shown, score, dark()),
        key=f"focus-{run.id}-{map_set}-{score}",
        on_select="rerun",
        selection_mode="points",
        theme=None,
        config=figures.SAVE,
        alt=f"{FOCUS[score].title} by class: "
        + "; ".join(f"{group.label} median {group.median:.2f}, n {group.n}" for group in shown if group.n),
    )
    _open_point(event)
    _below_focus(score, len(every), len(shown), sum(group.n for group in shown))
    _focus_numbers(path, score, map_set)


def _choose_score() -> str:
    asked = state.get("score", "normalised")
    score = asked if asked in FOCUS else "normalised"
    st.segmented_control(
        "Score",
        list(FOCUS),
        key=state.seeded("overview_score", score),
        format_func=lambda name: FOCUS[name].title,
        on_change=state.on_choice("overview_score", lambda name: state.put(score=name)),
        required=True,
        label_visibility="collapsed",
    )
    return score


def _no_focus(run: Run, undefined: int) -> None:
    sources = run.counts["regions"]
    if set(sources) <= {"none"}:
        st.info(
            "Not scorable: no sample has an object region. Masks or boxes in the project "
            "would make it so. The maps themselves can be looked at all the same."
        )
        return
    st.info(f"This score is undefined on all {undefined:,} samples. The reasons stand on each sample.")


def _open_point(event: object) -> None:
    chosen = getattr(event, "selection", {}).get("points", [])
    data = chosen[0].get("customdata") if chosen else None
    if data:
        state.open_sample(str(data[0] if isinstance(data, list) else data["0"]))


def _below_focus(score: str, classes: int, shown: int, values: int) -> None:
    help_ = f"{FOCUS[score].help}{NO_PROOF if score == 'normalised' else ''}"
    said = [f"{help_} The thick stroke is the median with its 95 % interval."]
    if shown < classes:
        said.append(
            f"The {shown} of {classes} classes with the highest medians; all are in the table below."
        )
    if values > MOST_POINTS:
        said.append(
            f"{values:,} samples are drawn as bars, because points would hide each other: bars above the "
            "line are correct ones, below it wrong ones; the highest of each row and kind is full height."
        )
    else:
        said.append("Press a mark to open its sample.")
    prose.note(" ".join(said))


def _focus_numbers(path: str, score: str, map_set: MapSet) -> None:
    with st.expander("The numbers, correct and wrong apart"):
        rows = [*cached.groups(path, score, map_set), *cached.split_groups(path, score, map_set)]
        kinds = {None: "all", True: "correct", False: "wrong"}
        st.dataframe(
            [
                {
                    "Class": group.label, "Samples": kinds[group.correct], "n": group.n,
                    "Undefined": group.undefined, "Median": group.median, "95 % low": group.low,
                    "95 % high": group.high, "Quartile 1": group.q1, "Quartile 3": group.q3,
                    "Chance": group.chance, "Floor": group.floor,
                }
                for group in sorted(rows, key=lambda group: (group.label, kinds[group.correct]))
            ],
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="%.2f")
                for name in (
                    "Median", "95 % low", "95 % high", "Quartile 1", "Quartile 3", "Chance", "Floor"
                )
            },
        )  # fmt: skip
        prose.note(
            "Intervals of the median by bootstrap, from 20 samples on; above 1,000 by order statistics."
        )


def _thinned(maps: tuple[MeanMap, ...]) -> str:
    """What is said where large groups are averaged over a part of their samples."""
    if all(item.n + item.excluded >= item.whole for item in maps):
        return ""
    return " Of large groups 2,000 samples, spread evenly over the audit, are averaged."


def mean_heat(run: Run, map_set: MapSet) -> None:
    """Mean maps on one colour scale."""
    st.header("Where the heat lies on average", anchor=False)
    every = [group.label for group in cached.groups(run.key, "normalised", map_set)]
    labels = every
    if len(every) > MOST_MAPS:
        labels = st.multiselect(
            "Classes", every, default=every[:MOST_MAPS], max_selections=2 * MOST_MAPS, key="overview_heat"
        )
    maps = cached.mean_maps(run.key, map_set, tuple(labels))
    if not any(item.n for item in maps):
        st.info("There is no usable map to average.")
        return
    size = run.input_spec.size
    st.html(figures.mean_heat(maps, size))
    rest = f" {len(labels)} of {len(every)} classes." if len(labels) < len(every) else ""
    prose.note(
        "Each sample counts the same: its map is divided by its own sum before averaging, on the map's "
        "own grid over the network input. One scale for all pictures, set by groups of five and more."
        f"{rest}{_thinned(maps)}"
    )
