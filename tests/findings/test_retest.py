"""Both models are asked about the same edits: a cue that only one run suspected is tested on both."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.errors import RunError
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Floats
from gradcam_core.findings import retest as module
from gradcam_core.findings.retest import retest
from gradcam_core.runs.compare import compare
from gradcam_core.runs.store import open_run
from gradcam_core.runs.suspicions import write_suspicions
from tests.run_factory import Recipe, make_run

SPOT = "fixed-marker/dog/data"


class Edge:
    """Says "dog" where the rows that it looks at are bright."""

    engine = "stand-in"

    def __init__(self, rows: slice) -> None:
        self.rows = rows

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        bright = inputs[:, self.rows].mean(axis=(1, 2, 3)) - 0.3
        logits = np.stack([-10 * bright, 10 * bright], axis=1).astype(np.float32)
        return logits, np.zeros((len(inputs), 8), np.float32)


def made(home: Path, name: str, **recipe: object) -> Path:
    given = {"n": 48, "pictures": 48, "name": name, "input": (32, 48, 3), "every_wrong": 0, **recipe}
    return make_run(home, Recipe(**given))  # type: ignore[arg-type]


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    paths = made(tmp_path, "before"), made(tmp_path, "after", every_unreadable=12)
    ids = tuple(f"sample-{row:05d}" for row in range(1, 48, 2))
    spot = Suspicion(SPOT, "fixed-marker", "dog", ids, dict.fromkeys(ids, (0.0, 0.0, 0.2, 0.2)))
    write_suspicions(paths[1], [spot])
    return paths


def test_both_tables_are_of_the_same_edits_and_hold_every_suspicion(runs: tuple[Path, Path]) -> None:
    models = Edge(slice(0, 8)), Edge(slice(24, 32))
    found = retest(*runs, budget=40, explainers=models)  # type: ignore[arg-type]
    keys = ["sample_id", "edit", "suspicion", "filler", "arm", "donor_id", "target", "half", "unit"]
    pd.testing.assert_frame_equal(found.before[keys], found.after[keys])
    assert (found.before["margin_after"] != found.after["margin_after"]).any()
    assert SPOT in set(found.before["suspicion"]) and len(found.before["suspicion"].unique()) > 1
    unread = set(open_run(runs[1]).table.query("status == 'unreadable'")["sample_id"])
    assert unread and not unread & set(found.before["sample_id"])
    compared = compare(*runs)
    assert compared.retested and not compared.untested and len(compared.cues) > 1


def test_only_samples_that_both_call_the_same_are_edited(
    runs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = made(tmp_path, "contrary", every_wrong=2)
    with monkeypatch.context() as patch:
        patch.setattr(module, "open_model", lambda run, trust: Edge(slice(0, 8)))
        found = retest(runs[0], other, budget=40)
    agree = set(open_run(other).table.query("correct")["sample_id"].astype(str))
    assert set(found.before["sample_id"]) <= agree and len(agree) == 24


def test_networks_that_see_pictures_in_another_way_are_refused(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(RunError, match="height 32 and 64"):
        retest(runs[0], made(tmp_path, "larger", input=(64, 48, 3)), explainers=())
    with pytest.raises(RunError, match="resize squash and fit-short"):
        retest(runs[0], made(tmp_path, "cropped", resize="fit-short"), explainers=())
