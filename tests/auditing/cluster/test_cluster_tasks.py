"""Tasks that know more than their files, on a Ray cluster: rows per object, and what was learned before.

What nodes may do to an audit is told by test_cluster.py.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.cluster import Cluster, audit_on_cluster
from gradcam_core.auditing.pipeline import audit
from gradcam_core.base import remote_folder
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.run_equality import assert_same
from tests.tasks.audio.sounds import network, sound_project
from tests.tasks.object_detection import grid_network
from tests.tiny_pictures import blob

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("cluster")]
OPTIONS = AuditOptions(engine="tensorflow", batch_size=2)


def objects(root: Path) -> Path:
    """Two objects, one that has no box, and a file that is no picture."""
    (root / "testing").mkdir(parents=True)
    found = {"two": [("red", 0, 0, 20, 20), ("blue", 64, 32, 20, 20)], "alarm": [("red", 70, 40, 20, 20)]}
    for name, blocks in found.items():
        picture = grid_network.picture(*blocks, size=(64, 96))
        Image.fromarray(picture).save(root / "testing" / f"{name}.png")
    (root / "testing" / "broken.png").write_bytes(b"no picture")
    marked = [{"label": "nut", "x": 0, "y": 0, "width": 20, "height": 20}]
    labels = {"version": 1, "type": "bounding-box-labels", "boundingBoxes": {"two.png": marked}}
    (root / "testing" / "bounding_boxes.labels").write_text(json.dumps(labels))
    (root / "project.toml").write_text('class_order = ["nut", "bolt"]\n')
    grid_network.write(root / "model.keras")
    return root


def anomalies(root: Path, model: Path) -> Path:
    """Dark blobs are good. They are learned from; test pictures with a light one are bent."""
    rng = np.random.default_rng(3)
    for place in ("train/good", "test/good", "test/bent"):
        for number in range(12 if "train" in place else 4):
            path = root / place / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(blob(rng, "bent" in place)[0]).save(path)
    (root / "model.keras").write_bytes(model.read_bytes())
    return root


def sounds(root: Path) -> Path:
    """Features without a range: it is taken from all files, which no worker has."""
    sound_project(root, range=None)
    np.save(root / "testing" / "low" / "short.npy", np.zeros(7, np.float32))
    network("flat 2d").save(root / "model.keras")
    return root


def both(root: Path, task: str, folder: Path) -> tuple[Run, Run]:
    """The run of one machine, and that of a cluster whose pictures come through a URL."""
    answers = Overrides(task=task)
    local = audit(open_project(root, answers), OPTIONS, folder / "local")
    copied = remote_folder.make(root.as_uri(), folder / "mirrors", PICTURE_SUFFIXES)
    where = Cluster(parts=str(folder / "parts"), piece=2, cpus=1)
    remote = audit_on_cluster(open_project(copied, answers), OPTIONS, folder / "runs", where)
    return local, remote


def test_rows_are_objects(nodes: list, tmp_path: Path) -> None:
    local, remote = both(objects(tmp_path / "bench"), "object-detection", tmp_path)
    assert len(local.table) > len(set(local.table["picture"])), "a picture with two rows"
    assert_same(remote, local)


def test_what_was_learned_goes_to_every_worker(nodes: list, tiny_model: Path, tmp_path: Path) -> None:
    local, remote = both(anomalies(tmp_path / "walls", tiny_model), "visual-anomaly", tmp_path)
    assert_same(remote, local)
    assert remote.table["anomaly_score"].notna().all()


def test_sounds(nodes: list, tmp_path: Path) -> None:
    local, remote = both(sounds(tmp_path / "words"), "audio", tmp_path)
    assert_same(remote, local)
    assert (remote.table["status"] == "unreadable").sum() == 1
    assert remote.manifest["project"]["features"] == local.manifest["project"]["features"]
