"""What ``import gradcam_core`` offers of findings: search a run, edit pictures, conclude."""

from collections.abc import Iterable
from dataclasses import fields
from html import escape
from pathlib import Path

import pandas as pd

from gradcam_core.base.errors import AuditError
from gradcam_core.base.progress import Progress, listening
from gradcam_core.findings.investigate import DEFAULT_BUDGET, investigate
from gradcam_core.runs.findings import LEVELS, Finding, Searched
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.report import inline
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import headline

SHOWN = ("level_name", "title", "label", "effect", "low", "high", "n", "statement")
NOT_IN_FRAME = (
    *("interval", "reliance_interval", "cells", "samples", "grid"),
    *("evidence", "examples", "details"),
)


class FindingList(list[Finding]):
    """The findings of one run, strongest first. Every flag is in it: level 0 says what could be missed.

    Attributes:
        run: the run that they were found in.
    """

    def __init__(self, found: Iterable[Finding], run: Run) -> None:
        super().__init__(found)
        self.run = run

    def to_frame(self) -> pd.DataFrame:
        """One row per finding: level, level_name, flag, title, label, statement, effect with its 95 %
        interval ``low`` to ``high``, n, q, reliance with ``reliance_low`` to ``reliance_high``, and the
        further plain fields of ``Finding``."""
        names = [entry.name for entry in fields(Finding) if entry.name not in NOT_IN_FRAME]
        rows = [{name: getattr(one, name) for name in names} for one in self]
        table = pd.DataFrame(rows, columns=names)
        table.insert(0, "title", [one.title for one in self])
        table.insert(1, "level_name", [LEVELS[one.level] for one in self])
        for end, side in enumerate(("low", "high")):
            table[side] = [one.interval[end] for one in self]
            table[f"reliance_{side}"] = [one.reliance_interval[end] for one in self]
        return table

    def _repr_html_(self) -> str:
        seen = [one for one in self if one.level]
        searched = Searched(tuple(self), {"edits": any(one.evidence for one in self)})
        said = headline(self.run.table, self.run.manifest, searched, self.run.map_sets[0]).said
        shown = self.to_frame()[list(SHOWN)].fillna({"label": ""})
        with pd.option_context("display.max_colwidth", None):  # whole sentences
            table = shown.to_html(index=False, float_format="{:.3g}".format, na_rep="")
        details = "".join(inline.finding(self.run, one) for one in seen)
        return f"<p>{escape(said)}</p>{table}{details}"


def find(
    run: Run | str | Path,
    edits: bool = True,
    *,
    budget: int = DEFAULT_BUDGET,
    seed: int = 0,
    progress: Progress | bool = False,
    trust_code: bool = False,
) -> FindingList:
    """Search a run for shortcuts, test them by edits, and write what comes out into the run folder.

    Args:
        run: from :func:`audit` or :func:`open_run`, or the run's folder.
        edits: edit pictures and ask the model again; without it nothing rises above level 2.
        budget: samples per edit, at least 1; default 200.
        seed: of every random choice.
        progress: True draws bars on standard error; a function is called with (stage, done, total).
        trust_code: open a model file that holds code.

    Returns:
        A list of ``Finding``, strongest first, with ``to_frame()``.

    Raises:
        AuditError: a budget below 1.
        RunError: not a run, or its pictures are gone.
        ModelError: with ``edits``: the model cannot be opened.
    """
    if budget < 1:
        raise AuditError(
            "a budget of at least one sample per edit", str(budget), "leave it out for the default"
        )
    opened = run if isinstance(run, Run) else open_redrawn(Path(run))
    with listening(progress) as report:
        found = investigate(opened.path, edits, budget, seed, progress=report, trust_code=trust_code)
    return FindingList(found, opened)
