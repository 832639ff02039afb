"""What a deployment block is told."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.describe.deployment import (
    read_deployment,
    understand_deployment,
)
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import Studio, error

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_what_the_api_refuses_is_read_from_the_headers(studio: Studio, tmp_path: Path) -> None:
    studio.fault = lambda _number, path: error("no", 403) if path.endswith("/metadata") else None
    deployment = read_deployment(mount(tmp_path, studio))
    assert toy.KEY not in repr(deployment)
    with Client(deployment.key, deployment.host) as client:
        found = understand_deployment(client, deployment, Overrides())
    assert found.class_names == tuple(toy.CLASSES) and found.scaling == "0..1"
    assert found.thresholds == {"minConfidenceRating": 0.6} and found.channels == 3
    assert any("C headers" in one.warning for one in found.facts)


def test_the_deployed_impulse_and_project_are_asked_for(studio: Studio, tmp_path: Path) -> None:
    deployment = read_deployment(mount(tmp_path, studio, id=77, impulseId=5))
    assert deployment.identity.project_id == 77 and deployment.identity.impulse_id == 5
    assert deployment.host == studio.url.removeprefix("http://")
    with Client(deployment.key, deployment.host) as client, pytest.raises(AuditError):
        understand_deployment(client, deployment, Overrides())
    ((_, path, _),) = studio.asked
    assert path.startswith("/v1/api/77/training/"), "the metadata's project, which this Studio has not"
