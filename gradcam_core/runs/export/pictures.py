"""Overlays in folders by outcome, and the table that names them, in one zip."""

import tempfile
import zipfile
from pathlib import Path

from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.export.table import table_of, write_csv
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.report.answers import outcomes
from gradcam_core.runs.report.overlays import Look, write_overlays
from gradcam_core.runs.store import Run

LOOK = Look(0.7, "image", fade=True)
TABLE = "samples.csv"


def write_folder(run: Run, rows: Rows, folder: Path, look: Look) -> None:
    """``correct/`` and ``incorrect/`` with the overlays of these rows, and ``samples.csv``.

    The column ``overlay`` says which picture belongs to a row; it is empty where a picture cannot be read.
    """
    pictures = write_overlays(run, outcomes(run), folder, look, rows)
    table = table_of(run, rows)
    write_csv(table.assign(overlay=[pictures.get(one, "") for one in table["sample_id"]]), folder / TABLE)


def _zip(run: Run, rows: Rows, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="export-") as work, zipfile.ZipFile(path, "w") as packed:
        write_folder(run, rows, Path(work), LOOK)
        for file in sorted(Path(work).rglob("*")):
            kind = zipfile.ZIP_STORED if file.suffix == ".jpg" else zipfile.ZIP_DEFLATED
            packed.write(file, file.relative_to(work), compress_type=kind)


EXPORTS.add("zip", Export("Overlays and table (zip)", ".zip", "application/zip", _zip, draws=True))
