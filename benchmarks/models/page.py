"""The rows as a page of Markdown."""

from collections import Counter
from typing import Any

from benchmarks.models.measure import CLASSES, PICTURES, SIZE
from benchmarks.models.networks import HEADLESS

ENOUGH = 0.9999
GENERATIONS = {"keras": "Keras 3", "tf_keras": "Keras 2"}

Found = dict[str, dict[str, Any]]


def is_right(row: str, one: dict[str, Any]) -> bool:
    """It loads and its map is that of the tape; or, without a head, it is refused for that reason."""
    if HEADLESS in row:
        return not one["loads"] and "classification head" in one["reason"]
    return bool(one["loads"]) and one["cosine"] >= ENOUGH


def table(found: Found) -> str:
    """The rows as Markdown."""
    lines = [
        "| network | format | loads | layer | grid | head | engine | cosine | pictures/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row, one) for row, one in sorted(found.items()))]) + "\n"


def _line(row: str, one: dict[str, Any]) -> str:
    library, name, form = row.split()
    title = f"| {name} ({GENERATIONS[library]}) | {form}"
    tick = "✔" if is_right(row, one) else "✘"
    if not one["loads"]:
        how = "✔ refused" if is_right(row, one) else "✘"
        return f"{title} | {how}: {one['reason'].replace('|', '/')} | | | | | | |"
    return (
        f"{title} | ✔ | `{one['layer']}` | {one['grid']} | {one['head']} | {one['engine']} | "
        f"{tick} {one['cosine']:.6f} | {one['speed']} |"
    )


def page(found: Found, known: int) -> str:
    """The whole document; ``known`` networks are in both libraries together."""
    good = sum(is_right(row, one) for row, one in found.items())
    whole = {tuple(row.split()[:2]) for row in found if HEADLESS not in row}
    forms = Counter(row.split()[2] for row in found)
    per_form = ", ".join(f"{form} {count}" for form, count in sorted(forms.items()))
    return (
        "# Networks of Keras\n\n"
        f"{len(found)} rows of {len(whole)} of the {known} networks in `keras.applications` and\n"
        f"`tf_keras.applications` ({per_form}). {good} rows are right: they load without `--trust-code`\n"
        "and have a Grad-CAM equal to that of a GradientTape over the same Keras model (cosine at least\n"
        f"{ENOUGH}, the smallest of {PICTURES} pictures), or, without a classification head, are refused\n"
        "with that reason. The tape's layer is the one that computes the same numbers, since formats name\n"
        f"layers in ways of their own. Random weights, {CLASSES} classes, inputs of {SIZE}×{SIZE}, one\n"
        "process per row, 2 CPU cores shared with other work: the speeds are orders of magnitude.\n"
        "Rows that are missing have not been run. Made by `python -m benchmarks.models --write\n"
        "docs/models.md`; rows of ONNX need `pip install tf2onnx`.\n\n" + table(found)
    )
