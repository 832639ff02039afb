"""Example strips: the picture as the model saw it, its heat, edited, with the control edit. HTML text."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from gradcam_core import images
from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import MapSet
from gradcam_core.runs.examples import FOLDER, ExamplePictures, key
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.example_said import answer, legend
from ui.findings import load, words
from ui.findings.example_heat import heated, truth

__all__ = ["answer", "figure", "legend", "of"]


def of(run: Run, entry: Finding | None) -> list[ExamplePictures]:
    """The kept examples of a finding."""
    if entry is None:
        return []
    return [one for one in load.examples(run) if one.finding == key(entry)]


def figure(run: Run, shown: Sequence[ExamplePictures], map_set: MapSet, control: bool = True) -> str:
    """One row per example: picture, its heat, edited, control, each with what the model says of it.

    Without ``control`` the strip is short, for places where the sentence beside it tells the control.
    """
    rows = "".join(_row(run, one, map_set, control) for one in shown)
    return f'<div class="fpairs{"" if control else " short"}">{rows}</div>' if rows else ""


def _row(run: Run, one: ExamplePictures, map_set: MapSet, control: bool) -> str:
    said = f"{one.sample_id} · {words.edit_words(one.edit)} ({one.filler})"
    before = answer(one.before, one.share_before, one.before, one.number)
    after = answer(one.after, one.share_after, one.before, one.number)
    kept = answer(one.after_control, one.share_control, one.before, one.number)
    about = truth(run, one.sample_id) or "original"
    edited = words.said(run, words.edit_words(one.edit))
    changed = one.before is None or one.after != one.before  # an example is one whose edit moved the answer
    figures = [
        _picture(run.path, about, one.original, before, False, one.sample_id),
        _box(heated(str(run.path), one.original, one.sample_id, map_set), "its heat", "", one.sample_id),
        _picture(run.path, edited, one.edited, after, changed, one.sample_id),
    ]
    if control:
        moved = one.after_control != one.before
        figures.append(_picture(run.path, "control edit", one.control, kept, moved, one.sample_id))
    note = f"<p>{html.escape(said)}</p>" if control else ""
    return f'<div class="fpair"><div class="row n{len(figures)}">{"".join(figures)}</div>{note}</div>'


def _picture(run_path: Path, kind: str, name: str, said: str, moved: bool, sample: str) -> str:
    url = _jpeg(str(run_path / FOLDER), name)
    return _box(url, kind, f"{'▲ ' if moved else ''}{said}", sample)


def _box(url: str, kind: str, said: str, sample: str) -> str:
    alt = html.escape(f"{sample}, {kind}{f': {said}' if said else ''}", quote=True)
    box = f'<img src="{url}" alt="{alt}">' if url else '<div class="fnone">picture gone</div>'
    return (
        f"<figure>{box}<figcaption><span>{html.escape(kind)}</span><strong>{html.escape(said)}</strong>"
        "</figcaption></figure>"
    )


@st.cache_data(max_entries=256, show_spinner=False)
def _jpeg(folder: str, name: str) -> str:
    try:
        data = images.encode_jpeg(images.read_rgb(inside(Path(folder), name)), 92)
        return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
    except (AuditError, OSError):
        return ""
