"""Overlays for an archive: every attribute that a Secondary Capture image must have, and nobody's name."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.runs.export import export
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run

FILLED = (
    *("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "Modality"),
    *("ConversionType", "SamplesPerPixel", "PhotometricInterpretation", "Rows", "Columns", "BitsAllocated"),
    *("BitsStored", "HighBit", "PixelRepresentation", "PlanarConfiguration", "PixelData"),
)
"""Type 1 of the modules Patient, Study, Series, SC Equipment, Image Pixel, SOP Common (PS3.3 A.8.1.3)."""
PRESENT = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID"),
    *("ReferringPhysicianName", "AccessionNumber", "SeriesNumber", "InstanceNumber", "PatientOrientation"),
)
"""Type 2: there, and may be empty."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(n=6, every_unreadable=5)))


def images(run: Run, target: Path) -> list[Any]:
    import pydicom

    with zipfile.ZipFile(export(run, target, format="dicom", where="sort=sample_id&order=asc")) as packed:
        return [pydicom.dcmread(io.BytesIO(packed.read(name))) for name in sorted(packed.namelist())]


def test_what_the_standard_asks_for_is_there(run: Run, tmp_path: Path) -> None:
    found = images(run, tmp_path / "x.zip")
    assert len(found) == 5
    for one in found:
        assert all(getattr(one, name) not in ("", None) for name in FILLED)
        assert all(name in one for name in PRESENT)
        assert one.SOPClassUID == "1.2.840.10008.5.1.4.1.1.7" and one.ConversionType == "WSD"
        assert not str(one.PatientName) and not one.PatientID
        assert one.pixel_array.shape == (90, 120, 3) and "Not for diagnosis" in one.DerivationDescription
        assert one.file_meta.MediaStorageSOPInstanceUID == one.SOPInstanceUID
    assert len({one.SOPInstanceUID for one in found}) == 5 == found[-1].InstanceNumber
    assert (
        len({one.SeriesInstanceUID for one in found}) == len({one.StudyInstanceUID for one in found}) == 1
    )


def test_a_second_export_is_the_same_images(run: Run, tmp_path: Path) -> None:
    first, second = images(run, tmp_path / "a.zip"), images(run, tmp_path / "b.zip")
    assert [one.SOPInstanceUID for one in first] == [one.SOPInstanceUID for one in second]
    assert all(np.array_equal(a.pixel_array, b.pixel_array) for a, b in zip(first, second, strict=True))
