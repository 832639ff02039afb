"""Overlays as DICOM Secondary Capture images (PS3.3 A.8.1) for an archive, zipped; by the extra ``dicom``.

No patient is named: what an archive files them under is set by whoever sends them. Study, series and
instances have UIDs that follow from run and sample, so that a second export is the same images.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from gradcam_core.base.extras import extra
from gradcam_core.base.text import short
from gradcam_core.images import thumbnail
from gradcam_core.maps.overlay import blend
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.export._heat import Heated, heated
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.report.answers import caption
from gradcam_core.runs.report.overlays import LONGEST
from gradcam_core.runs.store import Run

MAKER = "gradcam-audit"
ALPHA = 0.7
WARNING = "What a model looked at. Not for diagnosis."
UNNAMED = ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "ReferringPhysicianName")


def _zip(run: Run, rows: Rows, path: Path) -> None:
    with extra("dicom", "DICOM"):
        import pydicom  # noqa: F401
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, one in enumerate(heated(run, rows), 1):
            held = io.BytesIO()
            capture(run, one, number).save_as(held, enforce_file_format=True)
            packed.writestr(f"{number:06d}.dcm", held.getvalue())


def capture(run: Run, shown: Heated, number: int) -> Any:
    """The pydicom Dataset of one overlay: RGB, 8 bits, explicit little endian.

    Args:
        run: the run.
        shown: a sample of it.
        number: its place in the series, from 1.
    """
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.pixels import set_pixel_data
    from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

    made = datetime.fromisoformat(run.created)
    name = str(shown.one["sample_id"])
    entry = Dataset()
    entry.file_meta = FileMetaDataset()
    entry.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    entry.SpecificCharacterSet = "ISO_IR 192"
    entry.SOPClassUID = SecondaryCaptureImageStorage
    entry.SOPInstanceUID = generate_uid(entropy_srcs=[run.id, name, "instance"])
    entry.StudyInstanceUID = generate_uid(entropy_srcs=[run.id, "study"])
    entry.SeriesInstanceUID = generate_uid(entropy_srcs=[run.id, "series"])
    entry.update(dict.fromkeys(UNNAMED, ""))
    entry.StudyDate, entry.StudyTime = made.strftime("%Y%m%d"), made.strftime("%H%M%S")
    entry.StudyID, entry.AccessionNumber = "", ""
    entry.Modality, entry.ConversionType = "OT", "WSD"
    entry.ImageType = ["DERIVED", "SECONDARY"]
    entry.SeriesNumber, entry.InstanceNumber = 1, number
    entry.SeriesDescription = short(f"Attention audit of {run.name}", 64)
    entry.SecondaryCaptureDeviceManufacturer = MAKER
    entry.DerivationDescription = short(f"{_method(run)}. {WARNING}", 1024)
    entry.ImageComments = short(f"{name}: {caption(shown.one, run)}", 10240)
    entry.PatientOrientation, entry.Laterality = "", ""
    overlay = thumbnail(blend(shown.picture, shown.heat, ALPHA, fade=True), LONGEST)
    set_pixel_data(entry, overlay, "RGB", 8, generate_instance_uid=False)
    return entry


def _method(run: Run) -> str:
    facts = run.map_facts[run.map_sets[0]]
    return f"{facts.get('method', 'Heat')} at {facts.get('layer', 'the last layer')} over the picture"


EXPORTS.add(
    "dicom", Export("Overlays (DICOM)", ".zip", "application/zip", _zip, draws=True, package="pydicom")
)
