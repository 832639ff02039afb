"""What leaves the house from a page: samples as tables and overlays, findings as text, the report."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.runs.export import EXPORTS
from gradcam_core.runs.pictures import believed
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run
from ui import jobs, prose
from ui.jobs import Job

KIND = "report"
MOST_PICTURES = 1000  # overlays that one press of a button draws; more are for the command line
AUDIENCES = {"all": "Everything", "owner": "One page", "reader": "Blind reading set"}
HELP = (
    "One HTML file that opens by a double click, without a network. Blind: no findings and no answers of "
    "the model, heat only when asked for."
)
NAMES = "Ids, file names and metadata of the samples, and what was understood of the project."


def samples(run: Run, rows: Rows) -> None:
    """A menu of files that hold the samples at ``rows``, in this order."""
    with st.popover("Download", icon=":material/download:", width="content"):
        prose.note(f"{prose.count(len(rows), 'sample')}, as filtered and ordered here.")
        offered = {name: kind for name, kind in EXPORTS.items() if not kind.whole and kind.is_there}
        draws = _may_draw(run, rows)
        for name, kind in offered.items():
            if draws or not kind.draws:
                _button(run, rows, name)


def findings(run: Run) -> None:
    """The findings as text, and as pages with their pictures where these may be shown."""
    with st.container(horizontal=True):
        for name, kind in EXPORTS.items():
            if kind.whole and kind.is_there and (not kind.draws or _is_open(run)):
                _button(run, (), name)


def _button(run: Run, rows: Rows | tuple[()], name: str) -> None:
    kind = EXPORTS[name]
    st.download_button(
        kind.title,
        data=_made(run, rows, name),
        file_name=f"{run.id}{kind.suffix}",
        mime=kind.mime,
        icon=":material/download:",
        key=f"download-{name}",
        on_click="ignore",
    )


def _made(run: Run, rows: Rows | tuple[()], name: str) -> Callable[[], bytes]:
    """What makes the file when somebody asks for it, not before."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            target = Path(folder) / f"export{EXPORTS[name].suffix}"
            EXPORTS[name].write(run, rows, target)  # type: ignore[arg-type]
            return target.read_bytes()

    return make


def _may_draw(run: Run, rows: Rows) -> bool:
    """Overlays are few enough, and of pictures that pages may show; says why not."""
    if len(rows) > MOST_PICTURES:
        prose.note(f"Overlays of more than {MOST_PICTURES:,} samples: gradcam-audit export RUN -o FILE.zip")
        return False
    return _is_open(run)


def _is_open(run: Run) -> bool:
    """Pages may show the pictures of the run's project."""
    try:
        believed(str(run.root), paths.roots_of_pages())
    except AuditError:
        return False
    return True


def report(run: Run) -> None:
    """A menu that makes the report in a process of its own, and hands it over when it is there."""
    with st.popover("Report", icon=":material/ios_share:", width="content"):
        audience = st.segmented_control(
            "For", list(AUDIENCES), default="all", format_func=AUDIENCES.__getitem__, required=True,
            key="report-for", help=HELP,
        )  # fmt: skip
        names = st.checkbox("With names", False, key="report-names", help=NAMES)
        if st.button("Make the report", type="primary", key="report-make"):
            folder = reports()
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{run.id}-{audience}{'-names' if names else ''}.html"
            jobs.start_report(
                KIND, str(run.path), {"output": str(target), "for": audience, "with-names": names}
            )
        _follow(str(run.path))


def _latest(run_path: str) -> Job | None:
    return next((job for job in jobs.list_jobs(KIND) if job.project == run_path), None)


def _follow(run_path: str) -> None:
    """Its progress while it is made, then the file."""
    job = _latest(run_path)
    if job is None:
        return
    if job.going:
        _watch(run_path)
    elif found := made(job):
        st.download_button(
            f"Save {found.name} ({found.stat().st_size / 1e6:.1f} MB)",
            data=found.read_bytes,
            file_name=found.name, mime="text/html", icon=":material/download:", key="report-save",
            on_click="ignore",
        )  # fmt: skip
    elif job.state != "done":
        st.error(prose.plain(job.error))


@st.fragment(run_every=1)
def _watch(run_path: str) -> None:
    job = _latest(run_path)
    if job is None or not job.going:
        st.rerun()
    now = job.progress
    st.progress(now.done / now.total if now and now.total else 0.0, text="Drawing pictures")


def reports() -> Path:
    """Where reports lie that pages have made; may be deleted at any time."""
    return paths.cache_dir() / "reports"


def made(job: Job) -> Path | None:
    """The file that a job of this kind wrote; None where it wrote none, or it is gone."""
    try:
        return inside(reports(), Path(str((job.result or {}).get("report", ""))).name)
    except (AuditError, OSError):
        return None
