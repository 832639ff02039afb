"""Open a project that lies at Edge Impulse: ask, understand, fetch what is missing."""

from dataclasses import replace
from pathlib import Path

from gradcam_core.base import paths
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.picture_rules import BLACK, background_of
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Project
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.credentials import (
    DEFAULT_HOST,
    host_from_environment,
    key_from_environment,
)
from gradcam_core.projects.edge_impulse.describe.discover import understand
from gradcam_core.projects.edge_impulse.fetch import fetch_project, folder_name
from gradcam_core.projects.folder.model import find_quantised
from gradcam_core.projects.overrides import Overrides
from gradcam_core.projects.project_file import check_answers


def open_edge_impulse(project: str, answers: Overrides, progress: Progress = silent) -> Project:
    """Fetch what is missing of a project and open it.

    Args:
        project: its number, or "" for the project that the key in ``EI_API_KEY`` belongs to.
        answers: of the user; ``host``, ``impulse`` and ``block`` choose, the others win over what
            Edge Impulse says.
        progress: told stage, done, total.

    Raises:
        SourceError: which call failed and what to do.
        ProjectError: several learn blocks fit, the block's task is not audited yet, or an answer is
            about files that only a folder has.
    """
    check_answers(answers)
    _refuse_files(answers)
    host = answers.host or host_from_environment() or DEFAULT_HOST
    quantised, facts = find_quantised(Path.cwd(), answers.quantised)
    with Client(key_from_environment(), host) as client:
        described = understand(client, project, answers)
        root = paths.fetched_dir() / folder_name(described)
        fetched = fetch_project(
            client, described, root, progress, model=answers.model, via=answers.via or "samples"
        )
    return replace(
        fetched,
        quantised_path=quantised,
        facts=(*fetched.facts, *facts),
        orientation=answers.orientation,
        intensity=answers.intensity,
        background=background_of(answers.background or BLACK),
    )


def _refuse_files(answers: Overrides) -> None:
    """Pictures, labels and regions are Edge Impulse's; others can be given to the fetched folder."""
    given = [
        f"--{name}"
        for name in ("images", "labels", "regions", "category")
        if getattr(answers, name) is not None
    ]
    if given:
        raise ProjectError(
            "pictures, labels and regions as Edge Impulse has them",
            ", ".join(given),
            "leave that out; afterwards audit the fetched folder below edge-impulse/ with it",
        )
