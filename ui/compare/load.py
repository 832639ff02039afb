"""The comparison of two audits, kept until one of the files that it rests on is replaced."""

from pathlib import Path

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.runs import findings
from gradcam_core.runs.compare import check_comparable, compared
from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.compare.retested import FACTS, folder_of
from gradcam_core.runs.content import content_hashes
from gradcam_core.runs.pictures import believed
from gradcam_core.runs.store import Run, open_run
from ui import data
from ui.findings.load import stamp


def comparison(before: Run, after: Run) -> Comparison:
    """What became of the run before in the one after.

    Raises:
        RunError: they cannot be compared, or their pictures lie where pages may not read.
    """
    check_comparable(before, after)
    files = [run.path / name for run in (before, after) for name in (findings.FINDINGS, findings.EDITS)]
    stamps = tuple(stamp(file) for file in (*files, folder_of(before, after) / FACTS))
    return _comparison(before.key, after.key, stamps)


@st.cache_data(max_entries=16, show_spinner="Comparing the two audits")
def _comparison(before: str, after: str, stamps: tuple[int, ...]) -> Comparison:
    one, other = data.opened(before), data.opened(after)
    return compared(one, other, (_hashes(str(one.path)), _hashes(str(other.path))))


@st.cache_data(max_entries=16, show_spinner="Recognising the pictures by their content")
def _hashes(path: str) -> list[str]:
    run = open_run(Path(path))
    return content_hashes(run, believed(str(run.root), paths.roots_of_pages()))
