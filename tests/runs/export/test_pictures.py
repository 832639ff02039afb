"""Overlays by outcome and the table that names them."""

import io
import zipfile
from pathlib import Path

import pandas as pd

from gradcam_core.runs.export import export
from gradcam_core.runs.report import answers
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


def test_every_overlay_is_named_by_its_row(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=16, every_unreadable=5, every_unlabelled=6)))
    (Path(str(run.root)) / "pictures" / "001.png").unlink()
    where = "q=sample-0000"
    with zipfile.ZipFile(export(run, tmp_path / "x.zip", where=where)) as packed:
        names = packed.namelist()
        table = pd.read_csv(io.BytesIO(packed.read("samples.csv")), keep_default_na=False)
        starts = {name: packed.read(name)[:3] for name in names if name.endswith(".jpg")}
    assert len(table) == 10
    shown = dict(zip(table["sample_id"], table["overlay"], strict=True))
    gone = {"sample-00001", *run.table["sample_id"][run.table["status"] == "unreadable"]} & set(shown)
    assert {one for one, overlay in shown.items() if not overlay} == gone and len(gone) == 3
    assert set(starts) == set(shown.values()) - {""} and set(starts.values()) == {b"\xff\xd8\xff"}
    outcomes = dict(zip(run.table["sample_id"], answers.outcomes(run), strict=True))
    assert set(outcomes.values()) == {"correct", "incorrect", "unlabelled", "unreadable"}
    assert all(overlay.split("/")[0] == outcomes[one] for one, overlay in shown.items() if overlay)
