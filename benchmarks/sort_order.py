"""Which score should the gallery sort by? `python -m benchmarks.sort_order RUN... [--write FILE]`.

For every sample of a demo's run the same scene is drawn again with only the cue flipped. How far the
margin of the prediction falls is that sample's own reliance. A good sort key ranks samples by it:
Spearman's rank correlation, and the share of the 20 first samples that lie in the upper half.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from gradcam_core.base.logits import as_classes, margins
from gradcam_core.findings.investigate import open_model
from gradcam_core.projects.demos.catalogue import DEMOS, Demo
from gradcam_core.runs.store import Run, open_run
from tools.measure import draw_inputs

KEYS = (
    "normalized_background_focus",
    "background_focus",
    "far_background_focus",
    "border_focus",
    "concentration",
)
FIRST = 20
SEPARATES = "Share of pairs in which the sample of `{name}` (reliant) scores above the sample of `clean`:"
HEADER = "| demo | sort by | n | rank correlation | p | of the first 20 in the upper half |"
MARK = re.compile(r"(<!-- sort -->\n).*?(<!-- /sort -->)", re.DOTALL)


def falls(demo: Demo, run: Run) -> NDArray[np.float64]:
    """(N,) how far the margin of the predicted class falls when only the cue is flipped."""
    truth = json.loads((run.root / "truth.json").read_text(encoding="utf-8"))
    plan = [truth["scenes"][path] for path in run.table["path"]]
    model = open_model(run)
    by_cue = []
    for flip in (False, True):
        scenes = [
            (one["seed"], one["label"], other(demo, one["cue"]) if flip else one["cue"]) for one in plan
        ]
        logits = [
            model.predict(draw_inputs(demo, scenes[at : at + 50])) for at in range(0, len(scenes), 50)
        ]
        by_cue.append(as_classes(np.concatenate(logits), model.info.activation))
    predicted = by_cue[0].argmax(axis=1)
    return margins(by_cue[0], predicted) - margins(by_cue[1], predicted)


def separation(reliant: pd.DataFrame, clean: pd.DataFrame) -> list[str]:
    """Rows of a table: how often a sample of a reliant model scores above one of a model without cue."""
    rows = []
    for key in [*KEYS, *(f"fine_{key}" for key in KEYS)]:
        ours, theirs = reliant[key].dropna(), clean[key].dropna()
        truth = np.r_[np.ones(len(ours)), np.zeros(len(theirs))]
        rows.append(
            f"| {key} | {len(ours)} / {len(theirs)} | {roc_auc_score(truth, np.r_[ours, theirs]):.2f} |"
        )
    return rows


def other(demo: Demo, cue: str) -> str:
    """The cue that goes with the other class."""
    return demo.cues[1 - demo.cues.index(cue)]


def ranked(table: pd.DataFrame, fall: NDArray[np.float64]) -> pd.DataFrame:
    """One row per sort key: Spearman with its p, share of the first 20 in the upper half, n."""
    rows = []
    for key in [*KEYS, *(f"fine_{key}" for key in KEYS)]:
        values = table[key].to_numpy(float) if key in table else np.full(len(table), np.nan)
        usable = np.isfinite(values)
        if usable.sum() < FIRST:
            continue
        rank = spearmanr(values[usable], fall[usable])
        first = np.argsort(-values[usable], kind="stable")[:FIRST]
        hits = np.mean(fall[usable][first] > np.median(fall[usable]))
        rows.append({"key": key, "n": usable.sum(), "rho": rank.statistic, "p": rank.pvalue, "hits": hits})
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    lines = [HEADER, "|---|---|---|---|---|---|"]
    tables = {}
    for path in args.runs:
        run = open_run(path)
        name = run.name
        tables[name] = run.table
        fall = falls(DEMOS[name], run)
        for row in ranked(run.table, fall).itertuples():
            lines.append(
                f"| {name} | {row.key} | {row.n} | {row.rho:+.2f} | {row.p:.1g} | {row.hits:.2f} |"
            )
    for name in sorted(set(tables) & {"pets", "xray"}) if "clean" in tables else ():
        lines += ["", SEPARATES.format(name=name), "", "| sort by | n | AUC |", "|---|---|---|"]
        lines += separation(tables[name], tables["clean"])
    print("\n".join(lines))
    if args.write:
        text = args.write.read_text(encoding="utf-8")
        args.write.write_text(
            MARK.sub(lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
