"""Open a project as the command line does."""

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.studio import Studio


def fetched(studio: Studio, spec: str = "edge-impulse", **answers: object) -> Project:
    """The project of this Studio."""
    return open_project(spec, Overrides(host=studio.url, **answers))  # type: ignore[arg-type]


def refused(studio: Studio, **answers: object) -> AuditError:
    """The error of an opening that has to fail; no message ever holds the key."""
    with pytest.raises(AuditError) as raised:
        fetched(studio, **answers)
    assert toy.KEY not in repr(raised.value) + str(raised.value)
    return raised.value


def exported(studio: Studio) -> Project:
    """The same, by an export job."""
    studio.export = studio.export or toy.export_zip()
    return fetched(studio, via="export")
