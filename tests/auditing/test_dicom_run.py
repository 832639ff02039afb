"""A folder of DICOM files through an audit: maps for all, and no patient in anything that is written."""

from pathlib import Path

import numpy as np
import pytest

import gradcam_core as gc
from tests.images.test_dicom import write

WORDS = ("Quarzhagen", "ZZ9981234", "19510203")


def test_no_patient_is_in_run_exports_or_report(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))
    rng = np.random.default_rng(0)
    for label in ("dark", "light"):
        for number in range(2):
            (tmp_path / "films" / label).mkdir(parents=True, exist_ok=True)
            who = dict(zip(("PatientName", "PatientID", "PatientBirthDate"), WORDS, strict=True))
            values = rng.integers(0, 4096, (24, 20)).astype(np.uint16)
            kind = ("MONOCHROME1", "MONOCHROME2")[number]
            write(
                tmp_path / "films" / label / f"{number}.dcm",
                values,
                kind,
                WindowCenter=2000,
                WindowWidth=3000,
                **who,
            )
    run = gc.audit(
        gc.open_project(tmp_path / "films", model=tiny_model, intensity="window"), engine="tensorflow"
    )
    assert (run.table["status"] == "ok").sum() == 4
    gc.export(run, tmp_path / "home" / "x.csv")
    gc.report(run, tmp_path / "home" / "x.html", with_names=True)
    files = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert len(files) > 5
    held = b"".join(file.read_bytes() for file in files) + run.table.to_csv().encode()
    assert not any(word.encode() in held for word in WORDS)
