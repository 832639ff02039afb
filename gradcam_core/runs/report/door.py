"""What ``import gradcam_core`` offers of reports: one offline HTML file about a run."""

from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import replacing
from gradcam_core.base.progress import Progress, silent
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.report.render import render
from gradcam_core.runs.report.wanted import MEGABYTES, SAMPLES, Audience, Wanted
from gradcam_core.runs.store import Run

ENDINGS = (".html", ".htm")


def report(
    run: Run | str | Path,
    path: str | Path,
    *,
    audience: Audience = "all",
    with_names: bool = False,
    samples: int = SAMPLES,
    megabytes: float = MEGABYTES,
    where: str = "",
) -> Path:
    """Write one HTML file about a run that opens by a double click and asks nobody for anything.

    Args:
        run: a finished run, or its folder.
        path: the file to write, ending in .html.
        audience: "all", everything; "owner", one page of findings that prints well; "reader", samples to be
            read blind: no findings, no answers of the model, heat only when it is asked for.
        with_names: sample ids, file names, metadata and what was understood of the project go along.
        samples: how many samples at most; the file states by which rule they were chosen.
        megabytes: how large the file may become; samples that do not fit are counted in it.
        where: filters as in the gallery's address, such as "outcome=wrong&label=cat".

    Returns:
        The path of the file.

    Raises:
        RunError: no such run, a damaged one, or its pictures may not be read.
        AuditError: filters that do not fit the run, another ending, or choices out of range.
    """
    opened = run if isinstance(run, Run) else open_redrawn(Path(run))
    return write_report(opened, Path(path), Wanted(audience, with_names, samples, megabytes, where))


def write_report(run: Run, target: Path, wanted: Wanted, progress: Progress = silent) -> Path:
    """The same with its choices in one piece; ``progress`` is told stage, done, total."""
    if target.suffix.lower() not in ENDINGS:
        raise AuditError("a file that ends in .html", target.name, "name it so")
    text = render(run, wanted, progress)
    with replacing(target) as part:
        part.write_text(text, encoding="utf-8")
    return target
