"""One class per sound: the words of classes, and the spectrogram over seconds and hertz with its sound."""

import base64
import html
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import streamlit as st

from gradcam_core import images
from gradcam_core.base.errors import AuditError, RunError
from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Floats, MapSet
from gradcam_core.maps import overlay
from gradcam_core.runs.store import Run
from gradcam_core.tasks.audio.heard import Seconds, hot_span
from gradcam_core.tasks.audio.listening import part
from ui import figures, prose, state, thumbnails
from ui.figures.spectrogram import Span
from ui.readings import READINGS, Reading, Row, classification
from ui.values import text

LOUDEST = 8 << 20  # bytes of a sound that travels with the page


def features_of(run: Run) -> Features:
    """What the features of the run's sounds mean."""
    if run.features is None:
        raise RunError(f"features in the manifest of {run.id}", "none", "audit the project again")
    return run.features


def panel(run: Run, place: int, row: Row) -> None:
    """The sound to be played, and its features with the heat on axes in seconds and hertz."""
    st.header("Time and frequency", anchor=False)
    features, map_set = features_of(run), state.map_set(run)
    try:
        file = thumbnails.source_path(str(run.root), str(row["path"]))
        values, _ = images.read_features(file)
    except AuditError as error:
        st.info(f"The features cannot be shown: {prose.plain(error.found)}")
        return
    span = hot_span(np.asarray(run.maps(map_set)[place]), features)
    player(file.with_suffix(".wav"), span)
    outlines = run.outlines([str(row["sample_id"])]).get(str(row["sample_id"]), [])
    spans = spans_of(outlines)
    heat = heat_of(run, map_set, place, features)
    figure = figures.spectrogram(values, heat, features, spans, st.context.theme.type == "dark", span)
    alt = f"Features of {row['sample_id']} over time and frequency. {told(features, spans)}"
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, alt=alt)
    hot = " The bar at the bottom: the shortest time that holds half of the heat." if span else ""
    prose.note(f"{reading_of(run, map_set, features)} {told(features, spans)}{hot}")


def heat_of(run: Run, map_set: MapSet, place: int, features: Features) -> Floats | None:
    """(bands, frames) in 0..1, cells not smoothed; None where there is no map."""
    raw = np.asarray(run.maps(map_set)[place], dtype=np.float32)
    if not np.isfinite(raw).all() or not raw.max() > 0:
        return None
    size = features.bands, features.frames
    return overlay.normalise(
        images.map_to_picture(raw, images.geometry(size, size, "squash"), smooth=False)
    )


def spans_of(outlines: Sequence[Sequence[float]]) -> list[Span]:
    """(left, top, right, bottom) around each outline, as shares."""
    return [(min(one[::2]), min(one[1::2]), max(one[::2]), max(one[1::2])) for one in outlines]


def told(features: Features, spans: Sequence[Span]) -> str:
    """The spans in words."""
    start, end = features.span
    moments = [
        f"{start + a * (end - start):.2f} to {start + b * (end - start):.2f} s" for a, _, b, _ in spans
    ]
    return f"The marked span lasts from {', '.join(moments)} (dotted)." if moments else "No span is given."


def reading_of(run: Run, map_set: MapSet, features: Features) -> str:
    """How the figure is to be read."""
    grid = run.grid(map_set)
    words = "Grey: the features, light is much. Colour: the heat"
    if grid[0] == 1:
        words += ", of a network in time only: its map says when, not at which frequency"
    else:
        words += f", {grid[1]} steps in time and {grid[0]} in frequency"
    if not features.hertz:
        words += ". MFCC coefficients have no frequency in hertz"
    return f"{words}."


def player(file: Path, span: Seconds | None) -> None:
    """The whole sound, and the part where most of the heat lies.

    Both travel with the page, never under an address of their own; nothing plays by itself.
    """
    if not file.is_file():
        prose.note("No sound lies beside these features.")
        return
    if file.stat().st_size > LOUDEST:
        prose.note(f"The sound {file.name} is too large to be played here.")
        return
    whole, hot = st.columns(2)
    with whole:
        _play("The whole sound", file.read_bytes())
    if span is None:
        return
    with hot:
        try:
            _play(f"Half of the heat: {span[0]:.2f} to {span[1]:.2f} s", part(file, *span))
        except AuditError as error:
            prose.note(f"The hot part cannot be played: {error.found}")


def _play(title: str, sound: bytes) -> None:
    data = base64.b64encode(sound).decode()
    source = f"data:audio/wav;base64,{data}"
    st.html(
        f"<figure style='margin:0'><figcaption>{html.escape(title)}</figcaption>"
        f'<audio controls preload="metadata" style="width:100%" aria-label="{html.escape(title)}" '
        f'src="{source}"></audio></figure>'
    )


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """Those of a class, and what the features are."""
    window = [text(row.get(f"meta_window_{end}_ms")) for end in ("start", "end")]
    found = [*classification.facts(run, row), ("Features", features_of(run).words())]
    return found if None in window else [*found, ("Window", f"{window[0]} to {window[1]} ms")]


PLAIN: Reading = READINGS["classification"]
READINGS.add("audio", replace(PLAIN, facts=facts, panel=panel))
