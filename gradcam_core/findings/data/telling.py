"""What was found in a data set, as JSON and as sentences."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcam_core.findings.data import DataLook
from gradcam_core.findings.data.duplicates import Copy
from gradcam_core.findings.data.reading import Data
from gradcam_core.findings.statistics import SMALLEST_SIDE
from gradcam_core.images import encode_png

MOST_PAIRS, MOST_PICTURES, MOST_SIZES = 200, 6, 12
MAY = "A model may use what is named here; only an audit of a model shows whether it does."
ALONE = "Copies that were turned, mirrored or cropped are not found."
Document = dict[str, Any]


def document(name: str, look: DataLook) -> Document:
    """JSON-able: counts, copies, probes, columns, and ``said``, all of it in sentences."""
    table, counts = look.data.table, look.counts
    return {
        "name": name,
        "samples": len(table),
        "splits": {str(key): int(count) for key, count in table["split"].value_counts().items()},
        "unlabelled": int(table["label"].isna().sum()),
        "unreadable": table[~look.data.read][["path", "reason"]].to_dict("records"),
        "classes": _records(counts.classes.to_dict("records")),
        "sizes": [[*size, count] for size, count in list(counts.sizes.items())[:MOST_SIZES]],
        "distinct_sizes": len(counts.sizes),
        "blank": [str(table["path"].iloc[row]) for row in counts.blank],
        "copies": _tally(look.copies),
        "pairs": [_pair(look.data, copy, place) for place, copy in enumerate(look.copies[:MOST_PAIRS])],
        "probes": [
            {
                **{"name": one.name, "accuracy": one.accuracy, "low": one.interval[0]},
                **{"high": one.interval[1], "majority": one.majority, "q": one.q, "n": one.n},
                **{"clear": one.clear and one.more, "short": one.short, "said": one.said},
            }
            for one in look.readable
        ],
        "columns": _records(look.metadata.found.to_dict("records")),
        "columns_compared": list(look.metadata.compared),
        "columns_left_out": look.metadata.left_out,
        "intensity": look.data.intensity,
        "said": said(look),
    }


def said(look: DataLook) -> list[str]:
    """Sentences with their numbers, what matters most first."""
    return [*_copies(look.copies), *_probes(look), *_columns(look), *_files(look)]


def _tally(copies: Sequence[Copy]) -> dict[str, int]:
    return {
        "all": len(copies),
        "identical": sum(one.identical for one in copies),
        "across_classes": sum(one.classes for one in copies),
        "across_splits": sum(one.splits for one in copies),
    }


def _copies(copies: Sequence[Copy]) -> list[str]:
    tally = _tally(copies)
    if not copies:
        return ["no picture is a copy of another"]
    verb = "picture is a copy" if tally["all"] == 1 else "pictures are copies"
    out = [f"{tally['all']:,} {verb} of another, {tally['identical']:,} byte by byte"]
    if count := tally["across_splits"]:
        said = "a model trained on one has seen them, so a test on the other proves less"
        out.insert(0, f"{_pictures(count)} in two splits, such as training and test: {said}")
    if count := tally["across_classes"]:
        said = "where a picture has one class, one of its labels is wrong"
        out.insert(0, f"{_pictures(count)} in two classes: {said}")
    return out


def _pictures(count: int) -> str:
    return "1 picture stands" if count == 1 else f"{count:,} pictures stand"


def _probes(look: DataLook) -> list[str]:
    if look.readable:
        ordered = sorted(look.readable, key=lambda one: (not (one.clear and one.more), -one.accuracy))
        return [one.said for one in ordered]
    labelled = look.data.table[look.data.read]["label"].value_counts()
    counts = ", ".join(f"{name} {count}" for name, count in labelled.head(8).items()) or "no labels"
    return [
        f"too few to tell whether the label can be read from border, background or look: two classes of "
        f"{SMALLEST_SIDE} readable pictures are needed, found {counts}"
    ]


def _columns(look: DataLook) -> list[str]:
    found = look.metadata
    if found.said:
        return found.said
    compared = ", ".join(found.compared)
    return [f"no column goes with the label; compared: {compared}"] if compared else []


def _files(look: DataLook) -> list[str]:
    out, data, counts = [], look.data, look.counts
    if bad := int((~data.read).sum()):
        out.append(f"{bad:,} of {len(data.table):,} files cannot be read")
    if counts.blank:
        out.append(f"{len(counts.blank):,} pictures are black, white or of one colour")
    if data.intensity:
        out.append(f"deep pictures were read as {data.intensity}; another rule with --intensity")
    return out


def _pair(data: Data, copy: Copy, place: int) -> Document:
    rows = copy.first, copy.second
    one, other = ({key: data.table[key].iloc[row] for key in ("path", "label", "split")} for row in rows)
    pictures = [_png(data, row) for row in rows] if place < MOST_PICTURES else []
    return {
        **{"first": one, "second": other, "identical": copy.identical, "classes": copy.classes},
        **{"splits": copy.splits, "difference": round(copy.difference, 2), "pictures": pictures},
    }


def _png(data: Data, row: int) -> str:
    return base64.b64encode(encode_png(data.pictures[row])).decode()


def _records(rows: Sequence[Mapping[Any, Any]]) -> list[Document]:
    """Rows of a table with plain values, None for what is not known."""
    return [{str(key): _value(value) for key, value in row.items()} for row in rows]


def _value(value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(plain, float) and not np.isfinite(plain) else plain
