"""The findings as PDF pages with their pictures, by ReportLab (the extra ``pdf``); names are text there."""

import base64
import html
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.extras import extra
from gradcam_core.base.text import short
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.report.inline import shown_maps
from gradcam_core.runs.report.told import Strip, Told, quiet, told
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import headline

FONTS = ("DejaVuSans.ttf", "Vera.ttf")  # the first that is there; ReportLab brings the last
HEAD = ("edit", "filler", "control moved", "edit moved", "difference", "95 %", "n")
WIDTH = 483  # points between the margins of A4
PICTURE = 110  # points of the longer side
LONGEST = 2_000  # characters of one paragraph


def _pdf(run: Run, rows: Rows, path: Path) -> None:
    with extra("pdf", "a PDF"):
        from reportlab.platypus import SimpleDocTemplate
    title = short(f"Attention audit of {run.name}", 200)
    pages = SimpleDocTemplate(
        str(path), title=title, author="gradcam-audit", invariant=1,
        leftMargin=56, rightMargin=56, topMargin=48, bottomMargin=48,
    )  # fmt: skip
    pages.build(list(_Writer().story(run)))


class _Writer:
    """Styles, and what becomes of a run's words in them."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics

        font = _font()
        pdfmetrics.registerFont(font)
        self._glyphs = font.face.charToGlyph
        text = ParagraphStyle("text", fontName=font.fontName, fontSize=9.5, leading=13.5, spaceAfter=5)
        self._styles = {
            "text": text,
            "quiet": ParagraphStyle("quiet", text, fontSize=8, leading=11, textColor="#4f545a"),
            "head": ParagraphStyle("head", text, fontSize=12.5, leading=17, spaceBefore=12),
            "title": ParagraphStyle("title", text, fontSize=16, leading=21, spaceAfter=8),
            "strong": ParagraphStyle("strong", text, fontSize=11, leading=15),
            "cell": ParagraphStyle("cell", text, fontSize=7.5, leading=9.5, spaceAfter=0),
        }

    def story(self, run: Run) -> Iterator[Any]:
        """Everything in order, as ReportLab's flowables."""
        searched, maps = read_findings(run.path), shown_maps(run)
        said = headline(run.table, run.manifest, searched, maps)
        yield self.words(f"Attention audit of {run.name}", "title")
        yield from (self.words(alarm, "strong") for alarm in run.alarms)
        yield self.words(said.said, "strong")
        yield self.words(f"{said.answers} {said.heat}")
        wanted = Wanted(with_names=False)
        for entry in told(run, searched, wanted, maps):
            yield from self._finding(entry)
        rest, untested = quiet(run, searched, wanted)
        if rest:
            yield self.words("Looked for and not found", "head")
        yield from (self.words(one.not_seen) for one in rest)
        if untested:
            yield self.words(f"Not testable here: {untested}.", "quiet")
        yield self.words(f"Audit {run.id} of {run.created[:10]}.", "quiet")

    def words(self, text: str, style: str = "text") -> Any:
        """A paragraph; what the font has no shape for stands as its code point."""
        from reportlab.platypus import Paragraph

        known = "".join(c if ord(c) in self._glyphs else f"[U+{ord(c):04X}]" for c in short(text, LONGEST))
        return Paragraph(html.escape(known), self._styles[style])

    def _finding(self, entry: Told) -> Iterator[Any]:
        yield self.words(entry.title, "head")
        yield self.words("; ".join(entry.marks), "quiet")
        yield self.words(entry.said)
        interval = entry.interval and f"95 % interval {entry.interval}"
        if entry.effect:
            numbers = (entry.effect, interval, f"n {entry.n:,}")
            yield self.words(", ".join(part for part in numbers if part))
        if entry.apart:
            yield self.words(entry.apart)
        for strip in entry.strips[:1]:
            yield self._strip(strip)
            yield self.words(strip.note, "quiet")
        if entry.arms:
            rows = [
                (a.edit, a.filler, a.control, a.moved, a.difference, a.interval, f"{a.n:,}")
                for a in entry.arms
            ]
            yield self._table([HEAD, *rows])

    def _strip(self, strip: Strip) -> Any:
        from reportlab.platypus import Table, TableStyle

        look = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
        cells = [[_picture(box.picture) for box in strip.boxes]]
        cells.append([[self.words(box.kind, "cell"), self.words(box.said, "cell")] for box in strip.boxes])
        return Table(
            cells, colWidths=[WIDTH / len(strip.boxes)] * len(strip.boxes), hAlign="LEFT", style=look
        )

    def _table(self, rows: list[tuple[str, ...]]) -> Any:
        from reportlab.platypus import Table, TableStyle

        cells = [[self.words(cell, "cell") for cell in row] for row in rows]
        look = [("LINEBELOW", (0, 0), (-1, -1), 0.3, "#c8cdd2"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        widths = [130, 75, 58, 58, 62, 60, 40]
        return Table(cells, colWidths=widths, hAlign="LEFT", style=TableStyle(look), repeatRows=1)


def _font() -> Any:
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for file in FONTS:
        try:
            return TTFont(Path(file).stem, file)
        except TTFError:
            continue
    raise AuditError(f"one of the fonts {', '.join(FONTS)}", "none", "install ReportLab anew")


def _picture(url: str) -> Any:
    """An image out of a data URL, at most :data:`PICTURE` points; empty where the picture is gone."""
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image

    if not url:
        return ""
    data = base64.b64decode(url.partition(",")[2])
    width, height = ImageReader(io.BytesIO(data)).getSize()
    scale = PICTURE / max(width, height)
    return Image(io.BytesIO(data), width * scale, height * scale)


EXPORTS.add("pdf", Export("Findings (PDF)", ".pdf", "application/pdf", _pdf, True, True, "reportlab"))
