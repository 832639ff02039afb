"""A run as files for other tools, one module a format: tables, pictures, regions, findings."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import replacing
from gradcam_core.base.registry import Registry
from gradcam_core.runs.links import asked_rows
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.store import Run

__all__ = ["EXPORTS", "Export", "export", "format_of"]


@dataclass(frozen=True)
class Export:
    """One format.

    Attributes:
        title: what it is called on a button.
        suffix: ending of its files, with the dot; alone it stands for the format that is called so.
        mime: media type.
        write: of a run the samples at these rows, in this order, to a file.
        whole: it is about the run; which samples were asked for changes nothing.
        draws: it holds pictures, which a page has to be allowed to show.
        package: what has to be installed for it besides, as it is imported; "" nothing.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[[Run, Rows, Path], None]
    whole: bool = False
    draws: bool = False
    package: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the package that it needs is installed."""
        return not self.package or find_spec(self.package) is not None


EXPORTS: Registry[Export] = Registry("export format", __name__)


def export(run: Run | str | Path, path: str | Path, *, where: str = "", format: str | None = None) -> Path:
    """Write samples of a run, or its findings, to a file.

    Args:
        run: a finished run, or its folder.
        path: the file to write: .csv, .json, .parquet (the table), .zip (overlays by outcome, and the
            table), .md, .pdf (the findings).
        where: which samples, as in the gallery's address: "outcome=wrong&label=cat&sort=confidence".
        format: where the ending does not say it: "coco" (regions, .json), "label-studio" (tasks, .json),
            "fiftyone" (a data set, .zip), "dicom" (overlays for an archive, .zip).

    Returns:
        The path of the file.

    Raises:
        RunError: no such run, a damaged one, or its pictures may not be read.
        AuditError: filters that do not fit the run, or an ending that stands for no format.
    """
    opened, target = run if isinstance(run, Run) else open_redrawn(Path(run)), Path(path)
    kind = EXPORTS[format or format_of(target)]
    rows = asked_rows(opened, where)
    with replacing(target) as part:
        kind.write(opened, rows, part)
    return target


def format_of(path: Path) -> str:
    """The format that the ending of a file stands for.

    Raises:
        AuditError: it stands for none.
    """
    ending = path.suffix.lower()
    found = [name for name, kind in EXPORTS.items() if kind.suffix == ending]
    if not found:
        endings = ", ".join(sorted({kind.suffix for kind in EXPORTS.values()}))
        raise AuditError(f"a file that ends in {endings}", path.name, "name it so, or give a format")
    return ending[1:] if ending[1:] in found else found[0]
