"""A data set looked at without any model: copies, what the label can be read from, what goes with it.

Says what a model *could* use; whether one does, only an audit of it can show.
"""

from dataclasses import dataclass

from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Project
from gradcam_core.findings.data.counts import Counts, counted
from gradcam_core.findings.data.duplicates import Copy, find_copies, units_with_copies
from gradcam_core.findings.data.metadata import Metadata, compared
from gradcam_core.findings.data.readable import Readable, read_labels
from gradcam_core.findings.data.reading import Data, halved, read_data

__all__ = ["DataLook", "look_at_data"]


@dataclass(frozen=True)
class DataLook:
    """All that was found. ``readable`` is empty where no two classes have 20 readable pictures each."""

    data: Data
    counts: Counts
    copies: tuple[Copy, ...]
    readable: tuple[Readable, ...]
    metadata: Metadata


def look_at_data(project: Project, seed: int = 0, progress: Progress = silent) -> DataLook:
    """Read every picture once and say what its files, pixels and labels tell without a model.

    Args:
        project: its samples are looked at, of whatever split; it needs no model and no labels.
        seed: of folds, permutations, and of the choice where there are many samples.
        progress: told stage, done, total.
    """
    data = read_data(halved(project), progress)
    counts = counted(data)
    progress("copies", 0, 1)
    copies = tuple(find_copies(data, project.root, counts.blank))
    progress("probes", 0, 1)
    readable = tuple(read_labels(data, units_with_copies(data, copies), seed))
    return DataLook(data, counts, copies, readable, compared(data))
