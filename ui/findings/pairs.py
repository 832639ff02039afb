"""Example pairs: the picture as the model saw it, edited, and with the control edit. HTML text."""

import base64
import html
import math
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from gradcam_core import images
from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.runs.examples import FOLDER, ExamplePictures
from ui.findings import words
from ui.values import rounded

SCORE = "anomaly score"
NUMBERS = {
    "probability": "The number is its probability; ▲ marks a prediction that changed.",
    "output": "The number is its output; ▲ marks one that moved by more than the tolerance.",
    SCORE: "The number is its anomaly score; ▲ marks one that crossed the threshold.",
}


def legend(one: ExamplePictures) -> str:
    """What the number below each picture of an example is."""
    return NUMBERS["output" if one.before is None else one.number]


def figure(run_path: Path, shown: Sequence[ExamplePictures]) -> str:
    """One row per example: original, edited, control, each with what the model says of it."""
    return f'<div class="fpairs">{"".join(_row(run_path, one) for one in shown)}</div>'


def _row(run_path: Path, one: ExamplePictures) -> str:
    said = f"{one.sample_id} · {words.edit_words(one.edit)} ({one.filler})"
    pictures = (
        ("original", one.original, answer(one.before, one.share_before, one.before, one.number), False),
        (
            "edited",
            one.edited,
            answer(one.after, one.share_after, one.before, one.number),
            one.before is None or one.after != one.before,  # an example is one whose edit moved the answer
        ),
        (
            "control edit",
            one.control,
            answer(one.after_control, one.share_control, one.before, one.number),
            one.after_control != one.before,
        ),
    )
    shown = "".join(_picture(run_path, *part, one.sample_id) for part in pictures)
    return f'<div class="fpair"><div class="row">{shown}</div><p>{html.escape(said)}</p></div>'


def answer(said: str | None, share: float, was: str | None, number: str = "probability") -> str:
    """'dog (cat 0.12)': the prediction, and what is left of the class before the edit; 'output 3.4'.

    ``number`` is that of :class:`ExamplePictures`.
    """
    if said is None:
        return f"output {share:.3g}" if math.isfinite(share) else "output unknown"
    if not math.isfinite(share):
        return said
    if number == SCORE:
        return f"{said}, score {rounded(share)}"
    return f"{said} {share:.2f}" if said == was else f"{said} ({was} {share:.2f})"


def _picture(run_path: Path, kind: str, name: str, said: str, moved: bool, sample: str) -> str:
    url = _jpeg(str(run_path / FOLDER), name)
    alt = html.escape(f"{sample}, {kind}: {said}", quote=True)
    box = f'<img src="{url}" alt="{alt}">' if url else '<div class="fnone">picture gone</div>'
    mark = "▲ " if moved else ""
    return (
        f"<figure>{box}<figcaption><span>{kind}</span><strong>{mark}{html.escape(said)}</strong>"
        "</figcaption></figure>"
    )


@st.cache_data(max_entries=256, show_spinner=False)
def _jpeg(folder: str, name: str) -> str:
    try:
        data = images.encode_jpeg(images.read_rgb(inside(Path(folder), name)), 92)
        return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
    except (AuditError, OSError):
        return ""
