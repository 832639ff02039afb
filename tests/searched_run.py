"""A synthetic run that has been searched: every file that ``findings`` leaves, without a model."""

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from gradcam_core.base.files import write_json, write_table
from gradcam_core.findings.groups.association import associate
from gradcam_core.runs import findings
from gradcam_core.runs.examples import FOLDER, INDEX
from gradcam_core.runs.findings import EditEvidence, Example, Finding
from tests.run_factory import Recipe, make_run

RUN = "tiny-20260102-030405-abc123"
IDS = tuple(f"sample-{row:05d}" for row in range(0, 40, 2))
SWAP = "background-swap"


def evidence(filler: str, edit_rate: float) -> EditEvidence:
    """An edit that moved ``edit_rate`` of 60 samples and its control 5 % of them."""
    interval = (edit_rate - 0.15, edit_rate + 0.05)
    return EditEvidence(
        SWAP, filler, "flip", 60, edit_rate, 0.05, edit_rate - 0.05, interval, 0.001, "confirm"
    )


def uses(**changes: object) -> Finding:
    """A background finding at level 3."""
    given = {
        "label": "dog",
        "statement": "The model relies on <b>the background</b> for dog.",
        "effect": 0.45,
        "interval": (0.31, 0.58),
        "n": 60,
        "q": 0.0004,
        "cells": ((0, 0), (0, 1)),
        "grid": (14, 14),
        "samples": IDS,
        "evidence": (evidence("swap", 0.5), evidence("tiles", 0.55)),
        "examples": (Example(IDS[0], SWAP, "swap", "dog", "cat"),),
        "smallest": 0.12,
        "details": {"edit": SWAP, "left_out_as_unusual": 3},
    }
    return Finding("background", 3, **{**given, **changes})  # type: ignore[arg-type]


QUIET = Finding(
    "border",
    0,
    statement="Nothing seen.",
    effect=0.01,
    n=60,
    smallest=0.17,
    evidence=(evidence("ring", 0.06),),
)
LOOK = Finding(
    "errors-elsewhere", 1, statement="Errors look elsewhere.", effect=0.4, n=30, measure="Cliff's delta"
)
TRUST = {
    "method": "grad-cam",
    "maps": "classic",
    "verdict": "red",
    "trusted": False,
    "checks": [
        {
            "name": "deletion", "title": "Hot places matter", "value": -0.1, "threshold": 0.0,
            "verdict": "red", "sentence": "Blurring <hot> places does nothing.",
        },
        {
            "name": "randomisation", "title": "Maps depend on what was learned", "value": None,
            "threshold": 0.5, "verdict": "amber", "sentence": "Not measured.",
        },
    ],
}  # fmt: skip


def searched(
    home: Path, found: tuple[Finding, ...], edits: bool = True, recipe: Recipe | None = None
) -> Path:
    """A run of 80 samples with all side files; returns its folder."""
    path = make_run(home, recipe or Recipe(n=80))
    findings.write_findings(path, list(found), edits=edits, budget=60, seed=0)
    write_json(path / findings.TRUST, TRUST)
    groups(path)
    pictures(path)
    return path


def groups(path: Path) -> None:
    """Clusters by halves of the run, two associations, one sample without a place."""
    table = pd.read_parquet(path / "samples.parquet")
    n = len(table)
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
    half = (np.arange(n) >= n // 2).astype(np.intp)
    made = pd.DataFrame(
        {
            "sample_id": table["sample_id"], "x": np.cos(angle), "y": np.sin(angle),
            "map_x": np.where(np.arange(n) == 3, np.nan, 2 * np.cos(angle)), "map_y": np.sin(angle),
            "map_cluster": half, "background_cluster": -1, "background_says": None,
        }
    )  # fmt: skip
    write_table(path / findings.CLUSTERS, made)
    contexts = {
        "map cluster": made["map_cluster"].map(lambda k: f"cluster {k + 1}"),
        "meta_scanner": table["meta_scanner"] if "meta_scanner" in table else made["map_cluster"].map(str),
    }
    write_table(path / findings.ASSOCIATIONS, associate(table, contexts))


def pictures(path: Path) -> None:
    """One example of the level 3 finding."""
    folder = path / FOLDER
    folder.mkdir()
    row = {
        "sample_id": IDS[0], "edit": SWAP, "filler": "swap", "finding": "background/dog/",
        "before": "dog", "after": "cat", "after_control": "dog",
        "share_before": 0.91, "share_after": 0.2, "share_control": 0.88,
    }  # fmt: skip
    for name, grey in (("original", 40), ("edited", 120), ("control", 200)):
        Image.new("RGB", (60, 40), (grey, grey, grey)).save(folder / f"{name}.png")
        row[name] = f"{name}.png"
    write_json(folder / INDEX, [row])
