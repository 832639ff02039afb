"""The findings on paper: every sentence is there as text, pictures too, names are text and not mark-up."""

import re
import zlib
from base64 import a85decode
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.export import EXPORTS, export
from gradcam_core.runs.export import pdf as made
from gradcam_core.runs.store import open_run
from tests.hostile_names import hostile_run
from tests.run_factory import make_run
from tests.searched_run import QUIET, searched, uses


def streams(file: Path) -> list[bytes]:
    """The page contents and fonts of a PDF, unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)endstream", file.read_bytes(), re.DOTALL)
    return [_unpacked(one.strip()) for one in found]


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(a85decode(data, adobe=False) if not data.endswith(b"~>") else
                               a85decode(b"<~" + data, adobe=True))  # fmt: skip
    except (zlib.error, ValueError):
        return b""


def words(run: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is written into the file, as it is handed to ReportLab."""
    said: list[str] = []
    written = made._Writer.words

    def kept(self: made._Writer, text: str, style: str = "text") -> object:
        said.append(text)
        return written(self, text, style)

    monkeypatch.setattr(made._Writer, "words", kept)
    export(run, folder / "x.pdf")
    return "\n".join(said)


def test_findings_numbers_pictures_and_what_was_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = searched(tmp_path, (uses(), QUIET))
    text = words(run, tmp_path, monkeypatch)
    for told in (
        "Attention audit of",
        "95 % interval",
        "Looked for and not found",
        "control moved",
        run.name,
    ):
        assert told in text, told
    data = (tmp_path / "x.pdf").read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Subtype\s*/Image", data)) == 4, "picture, heat, edit, control"
    assert any(b"BT" in one for one in streams(tmp_path / "x.pdf"))
    first = data
    export(run, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == first, "the same run makes the same file"


def test_hostile_names_and_a_run_that_was_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Audit " in words(hostile_run(tmp_path), tmp_path, monkeypatch)
    assert b"/URI" not in (tmp_path / "x.pdf").read_bytes()


def test_letters_without_a_shape_are_told_by_their_code_points() -> None:
    writer = made._Writer()
    shown = writer.words("a <b>\U0001f9ff</b> & c").getPlainText()
    assert shown == "a <b>[U+1F9FF]</b> & c"


def test_without_its_package_it_is_refused_in_words_and_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(make_run(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "reportlab.platypus", None)
    with pytest.raises(AuditError, match=r"pip install '.*\[pdf\]'"):
        export(run, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
    monkeypatch.setattr("gradcam_core.runs.export.find_spec", lambda name: None)
    assert not EXPORTS["pdf"].is_there and EXPORTS["csv"].is_there
