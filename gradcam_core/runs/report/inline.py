"""Pieces of HTML for a notebook: the samples to look at first, and findings with their edits.

Every text of the project is escaped; pictures are inside the text, so that nothing has to be served.
"""

from collections.abc import Iterator
from html import escape
from math import isfinite

import numpy as np
import pandas as pd

from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import MapSet, Picture, column, map_set_of
from gradcam_core.images import data_url, encode_jpeg, read_rgb, thumbnail
from gradcam_core.runs.examples import FOLDER, ExamplePictures, key, read_examples
from gradcam_core.runs.findings import LEVELS, Finding
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.queries import Filters, select
from gradcam_core.runs.report.answers import caption
from gradcam_core.runs.report.overlays import Look, overlay
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.finding_words import reliance_words

CONFIDENCE = "confidence"
LONGEST = 320  # pixels of the longer side
LOOK = Look(0.7, "image", fade=True)
_CARD = "display:inline-block;vertical-align:top;width:21rem;margin:0 1rem 1rem 0"
_RULER = "focus ruler <b>{:.2f}</b> (0 tight, 1 uniform, 2 all background)"


def gallery(run: Run, count: int = 12) -> str:
    """The first ``count`` samples in the run's own order, picture and overlay, with honest captions.

    Where that order is the confidence, wrong answers come first, the most confident of them at the top.
    """
    sort = run.sort_by
    table, map_set = run.table, shown_maps(run)
    rows = [int(row) for row in select(table, Filters(), sort, descending=True)]
    scored = [row for row in rows if isfinite(table[sort].iloc[row])]
    order = "highest first"
    if sort == CONFIDENCE:
        wrong = table["correct"].eq(False).fillna(False).to_numpy(dtype=bool)
        scored.sort(key=lambda row: not wrong[row])
        order = "wrong ones first, then highest first"
    cards = "".join(_card(run, row, map_set) for row in scored[:count])
    without = f"; {len(rows) - len(scored):,} have none" if len(rows) > len(scored) else ""
    first = f"{min(count, len(scored))} of {len(scored):,} samples"
    return (
        f"<p>The first {first} with a value of {escape(_title(run, sort))}, {order}{without}. Colours are "
        f"scaled for each map by itself. A map is a hint; only an edit shows what the model uses.</p>"
        f"{cards}"
    )


def _title(run: Run, column: str) -> str:
    return str(run.scores.get(column, {}).get("title", column.replace("_", " "))).lower()


def shown_maps(run: Run) -> MapSet:
    """The map set that the run is sorted by."""
    wanted = map_set_of(run.sort_by)
    return wanted if wanted in run.map_sets else run.map_sets[0]


def _card(run: Run, row: int, map_set: MapSet) -> str:
    one = run.table.iloc[row]
    try:
        seen = overlay(run, row, np.asarray(run.maps(map_set)[row]), LOOK)
        plain = read_rgb(picture_file(run, str(one["path"])), pixels=run.input_spec.pixels)
        pictures = picture(plain, "picture") + picture(seen, "overlay")
    except SampleError as error:
        pictures = f"<p>{escape(str(error))}</p>"
    said = "; ".join(_caption(one, map_set, run))
    return f'<div style="{_CARD}">{pictures}<br><small>{said}</small></div>'


def _caption(one: pd.Series, map_set: MapSet, run: Run) -> Iterator[str]:
    """What happened, then every number beside the one it has to be read with."""
    yield f"<b>{escape(str(one['sample_id']))}</b>: {escape(caption(one, run))}"
    names = ("normalized_background_focus", "background_focus", "chance_focus", "floor_focus")
    ruler, share, chance, floor = (one[column(map_set, score)] for score in names)
    yield _RULER.format(ruler) if isfinite(ruler) else "not on the focus ruler"
    if isfinite(share):
        yield (
            f"{share:.2f} of the heat outside the object (by chance {chance:.2f}, at best {floor:.2f} here)"
        )
    if one["reason"]:
        yield escape(str(one["reason"]))


def picture(pixels: Picture, said: str) -> str:
    """An ``img`` with the picture in it."""
    source = data_url(encode_jpeg(thumbnail(pixels, LONGEST), 85))
    return (
        f'<img style="max-width:10rem;margin-right:.3rem" src="{source}" alt="{escape(said, quote=True)}">'
    )


def finding(run: Run, entry: Finding) -> str:
    """Level, statement, every edit with its control, and the pictures that were kept of it."""
    about = f" ({escape(entry.label)})" if entry.label else ""
    flags = [word for word in ("exploratory", "estimated") if getattr(entry, word)]
    said = f"level {entry.level}, {LEVELS[entry.level]}{''.join(f', {word}' for word in flags)}"
    pictures = "".join(_pair(run, one) for one in read_examples(run.path) if one.finding == key(entry))
    statement = f"{entry.statement} {reliance_words(entry)}".strip()
    return (
        f"<h4>{escape(entry.title)}{about}: {said}</h4><p>{escape(statement)}</p>"
        f"{_evidence(entry)}{pictures}"
    )


def _evidence(entry: Finding) -> str:
    if not entry.evidence:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.edit)}</td><td>{escape(one.filler)}</td><td>{one.edit_rate:.0%}</td>"
        f"<td>{one.control_rate:.0%}</td><td>{100 * one.difference:+.0f} points "
        f"({100 * one.interval[0]:.0f} to {100 * one.interval[1]:.0f})</td><td>{one.n:,}</td></tr>"
        for one in entry.evidence
    )
    head = "".join(
        f"<th>{name}</th>" for name in ("edit", "filler", "edit", "control", "difference, 95 %", "n")
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _pair(run: Run, one: ExamplePictures) -> str:
    shown = (
        (one.original, "original", one.before),
        (one.edited, "edited", one.after),
        (one.control, "control", one.after_control),
    )
    parts = [
        f"<td>{picture(read_rgb(inside(run.path / FOLDER, name)), what)}<br>"
        f"<small>{what}: {escape(str(said))}</small></td>"
        for name, what, said in shown
    ]
    return f"<table><tr>{''.join(parts)}</tr></table><small>{escape(one.sample_id)}</small>"
