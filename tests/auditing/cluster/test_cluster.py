"""An audit on a real Ray cluster of two nodes equals the local one, also when a node dies."""

from pathlib import Path

import pytest

from gradcam_core.auditing.cluster import Cluster, audit_on_cluster
from gradcam_core.auditing.pipeline import audit
from gradcam_core.base import remote_folder
from gradcam_core.base.types import Project
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.projects import open_project
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.run_equality import assert_same
from tests.tiny_pictures import tiny_folder

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("cluster")]
OPTIONS = AuditOptions(engine="tensorflow", batch_size=2)


@pytest.fixture(scope="module")
def project(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return open_project(tiny_folder(tmp_path_factory.mktemp("many"), tiny_model, per_class=20, seed=3))


@pytest.fixture(scope="module")
def local(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return audit(project, OPTIONS, tmp_path_factory.mktemp("local"))


class Killed(Exception):
    """Somebody ended the audit."""


def test_two_nodes_give_the_local_run_although_one_dies_half_way(
    nodes: list, project: Project, local: Run, tmp_path: Path
) -> None:
    """Pictures come through a URL, the audit is ended once and started again, then a node is killed."""
    root = remote_folder.make(project.root.as_uri(), tmp_path / "mirrors", PICTURE_SUFFIXES)
    remote = open_project(root)
    parts = tmp_path / "parts"
    where = Cluster(parts=parts.as_uri(), piece=2, cpus=1)

    def end_early(stage: str, done: int, total: int) -> None:
        if done > 4 and stage == "computing maps":
            raise Killed

    with pytest.raises(Killed):
        audit_on_cluster(remote, OPTIONS, tmp_path / "runs", where, end_early)
    kept = {file: file.stat().st_mtime_ns for file in parts.rglob("*.part")}
    assert len(kept) >= 3
    killed_at: list[int] = []

    def kill_half_way(stage: str, done: int, total: int) -> None:
        if stage == "computing maps" and done > total / 2 and not killed_at:
            killed_at.append(done)
            nodes[0].remove_node(nodes[1], allow_graceful=False)
            assert {file: file.stat().st_mtime_ns for file in kept} == kept, "computed again"

    run = audit_on_cluster(remote, OPTIONS, tmp_path / "runs", where, kill_half_way)
    assert killed_at
    assert_same(run, local)
    about = run.manifest["cluster"]
    assert (about["machines"], about["parts"]) == (2, 21)
    assert about["parts_found"] >= len(kept)
    assert not list(parts.iterdir()), "parts go when the run is there"
