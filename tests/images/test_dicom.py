"""DICOM pictures: which way grey counts, rescaling, windows; no patient in any sentence."""

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, JPEGLSLossless

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.picture_rules import Pixels, check_intensity
from gradcam_core.images import dicom, is_picture_name, read_header, read_rgb
from gradcam_core.images.file_facts import read_file_facts
from gradcam_core.images.reading import read_values
from gradcam_core.projects import open_project

GREY = np.arange(6 * 8, dtype=np.uint16).reshape(6, 8) * 80
PATIENT = "Mustermann^Erika"


def write(path: Path, stored: np.ndarray, kind: str = "MONOCHROME2", **more: Any) -> Path:
    """A file of 12 bits, or of 8 bits in colours, that names a patient."""
    data = FileDataset(str(path), {}, file_meta=FileMetaDataset(), preamble=b"\0" * 128)
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = "1.2.3"
    data.SOPClassUID, data.PatientName, data.PatientID = "1.2.840.10008.5.1.4.1.1.7", PATIENT, "4711"
    deep = stored.dtype.itemsize == 2
    data.Rows, data.Columns = stored.shape[:2]
    data.SamplesPerPixel = 3 if kind == "RGB" else 1
    data.PhotometricInterpretation, data.PixelRepresentation = kind, int(stored.dtype.kind == "i")
    data.BitsAllocated, data.BitsStored, data.HighBit = (16, 12, 11) if deep else (8, 8, 7)
    if kind == "RGB":
        data.PlanarConfiguration = 0
    for name, value in more.items():
        setattr(data, name, value)
    data.PixelData = stored.tobytes()
    data.save_as(path, enforce_file_format=True)
    return path


def grey(path: Path, intensity: str) -> np.ndarray:
    picture = read_rgb(path, pixels=Pixels(intensity))
    assert picture.dtype == np.uint8 and picture.shape == (6, 8, 3)
    assert np.array_equal(picture[..., 0], picture[..., 2])
    return picture[..., 0]


def test_monochrome_2_counts_from_black(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dcm", GREY)
    assert is_picture_name(path)
    header = read_header(path)
    assert (header.stored, header.deep, header.turn) == ((6, 8), True, 1)
    facts = read_file_facts(path)
    assert (facts.format, facts.mode, facts.camera) == ("DICOM", "L", None)
    assert np.array_equal(read_values(path), GREY)
    assert np.array_equal(grey(path, "bits=12"), np.rint(GREY / 4095 * 255))


def test_monochrome_1_counts_from_white(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dcm", GREY, "MONOCHROME1")
    assert np.array_equal(read_values(path), 4095 - GREY)
    assert np.array_equal(grey(path, "bits=12"), np.rint((4095 - GREY) / 4095 * 255))


@pytest.mark.parametrize("kind", ["MONOCHROME1", "MONOCHROME2"])
def test_the_window_of_the_header(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.dcm", GREY, kind, WindowCenter=1000, WindowWidth=800)
    shown = np.clip((GREY - 999.5) / 799 + 0.5, 0, 1) * 255  # PS3.3 C.11.2.1.2
    found = grey(path, "window").astype(float)
    assert np.abs(found - (shown if kind == "MONOCHROME2" else 255 - shown)).max() <= 1


def test_values_are_rescaled_before_any_rule(tmp_path: Path) -> None:
    more = {"RescaleSlope": 1, "RescaleIntercept": -1024, "WindowCenter": 40, "WindowWidth": 400}
    path = write(tmp_path / "a.dcm", GREY, **more)
    assert np.array_equal(read_values(path), GREY.astype(int) - 1024)
    units = GREY.astype(float) - 1024
    assert np.abs(grey(path, "window") - np.clip((units - 39.5) / 399 + 0.5, 0, 1) * 255).max() <= 1
    assert np.abs(grey(path, "range=-160..240") - np.clip((units + 160) / 400, 0, 1) * 255).max() <= 1


def test_colours_are_as_stored(tmp_path: Path) -> None:
    colours = np.random.default_rng(1).integers(0, 256, (6, 8, 3)).astype(np.uint8)
    path = write(tmp_path / "a.dcm", colours, "RGB")
    assert not read_header(path).deep
    assert np.array_equal(read_rgb(path), colours)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match=r"several\.dcm has 2 frames"):
        read_rgb(write(tmp_path / "several.dcm", GREY, NumberOfFrames=2))
    with pytest.raises(SampleError, match=r"window in the header"):
        read_rgb(write(tmp_path / "plain.dcm", GREY), pixels=Pixels("window"))
    with pytest.raises(SampleError, match=r"palette\.dcm is none"):
        read_rgb(write(tmp_path / "palette.dcm", GREY, "PALETTE COLOR"))
    (tmp_path / "junk.dcm").write_bytes(b"no DICOM" * 40)
    with pytest.raises(SampleError, match=r"junk\.dcm is no DICOM file, or damaged"):
        read_header(tmp_path / "junk.dcm")
    cut = write(tmp_path / "cut.dcm", GREY)
    cut.write_bytes(cut.read_bytes()[:-20])
    with pytest.raises(SampleError, match=r"cut\.dcm"):
        read_rgb(cut)


def test_an_unknown_compression_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dcm", GREY)
    data = pydicom.dcmread(path)
    data.file_meta.TransferSyntaxUID = JPEGLSLossless
    data.PixelData = pydicom.encaps.encapsulate([b"\xff\xd8" * 20])
    data.save_as(path)
    with pytest.raises(SampleError, match="JPEG-LS"):
        read_rgb(path)


def test_nothing_of_the_patient_leaves_the_file(tmp_path: Path) -> None:
    for label in ("ill", "well"):
        (tmp_path / label).mkdir()
        write(tmp_path / label / "a.dcm", GREY)
    project = open_project(tmp_path)
    assert [one.id for one in project.samples] == ["ill/a", "well/a"]
    assert PATIENT not in repr(project) and "4711" not in repr(project)
    header = dicom._read(tmp_path / "ill" / "a.dcm")
    assert "PatientName" not in header and "PatientID" not in header


def test_without_the_package_the_command_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.dcm", GREY)
    monkeypatch.setattr(dicom, "READABLE", False)
    with pytest.raises(SampleError, match=r"pip install .*dicom"):
        read_rgb(path)


def test_a_window_can_be_asked_for_and_is_only_of_dicom() -> None:
    check_intensity("window")
    with pytest.raises(ProjectError, match="window"):
        check_intensity("windows")
    with pytest.raises(SampleError, match="a deep picture of another format"):
        dicom.to_8_bit(GREY, "window")


ODD: dict[str, tuple[Any, ...]] = {
    "WindowWidth": (0, -5, [80, 90]), "RescaleSlope": ([1, 2], 0, 1e300), "BitsStored": (0, 99),
    "BitsAllocated": (0, 7, 64), "SamplesPerPixel": (0, 3), "Rows": (65535, 0, [1, 2]),
    "PhotometricInterpretation": (["MONOCHROME1", "MONOCHROME2"], ""), "NumberOfFrames": ("-1", ["1", "2"]),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ODD)
def test_odd_headers_are_read_or_refused_in_words(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pydicom.config.settings, "writing_validation_mode", pydicom.config.IGNORE)
    for value in ODD[name]:
        path = write(tmp_path / "a.dcm", GREY, "MONOCHROME1", WindowCenter=40)
        data = pydicom.dcmread(path)
        data.WindowWidth = 80
        setattr(data, name, value)
        data.save_as(path)
        for look in (read_header, read_values, lambda one: read_rgb(one, pixels=Pixels("window"))):
            try:
                assert look(path) is not None
            except SampleError as error:
                assert error.expected


@pytest.mark.parametrize("what", ["rows", "deflated"])
def test_what_would_grow_in_memory_is_refused_before_it_does(tmp_path: Path, what: str) -> None:
    path = write(tmp_path / "a.dcm", GREY)
    data = pydicom.dcmread(path)
    if what == "rows":
        data.Rows = data.Columns = 60_000
    else:
        data.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    data.save_as(path)
    with pytest.raises(SampleError, match=r"60,000|deflated as a whole"):
        read_values(path)
