"""The pictures of one piece on one machine."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcam_core.auditing.cluster.pictures import at_hand
from gradcam_core.base import remote_folder
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import MaskFile, Project, Region, Sample
from gradcam_core.images import PICTURE_SUFFIXES, read_features, read_rgb
from gradcam_core.projects import open_project
from tests.tasks.audio.sounds import BANDS, FRAMES, sound_project

pytest_plugins = ["tests.remote_project"]


def test_a_piece_of_a_cluster_audit_brings_the_description_along(tmp_path: Path) -> None:
    url = sound_project(tmp_path / "far").as_uri()
    folder = remote_folder.make(url, tmp_path / "mirrors", PICTURE_SUFFIXES)
    project = open_project(folder)
    with at_hand(project, url, folder) as near:
        values, _ = read_features(near.root / near.samples[0].path)
        assert near.root != project.root and values.shape == (BANDS, FRAMES)


def test_a_piece_gets_its_pictures_and_masks_from_the_url(store: str, tmp_path: Path) -> None:
    folder = remote_folder.make(store, tmp_path / "mirrors", PICTURE_SUFFIXES)
    samples = (Sample("a", "testing/cat/a.png"), Sample("gone", "testing/cat/gone.png"))
    regions = {"a": Region("mask", (MaskFile(folder / "masks/cat/a.png"),))}
    project = Project("pets", folder, ("cat",), samples, None, regions=regions)
    with at_hand(project, store, folder) as near:
        assert not near.root.is_relative_to(folder)
        assert read_rgb(near.root / "testing/cat/a.png").shape == (30, 40, 3)
        (mask,) = near.regions["a"].shapes
        assert isinstance(mask, MaskFile)
        assert read_rgb(mask.path).shape == (30, 40, 3)
        with pytest.raises(AuditError, match="gone"):
            read_rgb(near.root / "testing/cat/gone.png")
    assert not near.root.exists()
    with pytest.raises(AuditError, match="below"), at_hand(project, store, tmp_path / "other"):
        pass


def test_a_shared_folder_has_to_be_there(tmp_path: Path) -> None:
    project = Project("p", tmp_path, (), (), None)
    with at_hand(project, "", tmp_path) as near:
        assert near is project
    lost = replace(project, root=tmp_path / "nowhere")
    with pytest.raises(AuditError, match="on every machine"), at_hand(lost, "", tmp_path):
        pass
