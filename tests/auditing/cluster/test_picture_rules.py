"""Workers read pictures by the rules of the audit, and a part made by other rules is not taken for one."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.cluster.pictures import at_hand
from gradcam_core.auditing.parts.pieces import cut, head
from gradcam_core.auditing.setup import Setup
from gradcam_core.base import remote_folder
from gradcam_core.base.types import InputSpec, MaskFile, Project, Region, Sample
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.images.batches import load_sample
from gradcam_core.images.medium import PICTURES
from gradcam_core.tasks.options import AuditOptions

SPEC = InputSpec(8, 12, 3, orientation="stored", intensity="bits=12")
PROJECT = Project("p", Path("p"), ("a",), (Sample("a", "a.png"),), Path("m"))


def keys(spec: InputSpec, project: Project = PROJECT) -> list[str]:
    model: Any = SimpleNamespace(layers={}, info=SimpleNamespace(sha256="0"))
    return [piece.key for piece in cut(Setup(project, AuditOptions(), model, spec), 1)]


@pytest.mark.parametrize(
    "change", [{"orientation": "upright"}, {"intensity": "bits=13"}, {"background": "#ffffff"}]
)
def test_a_part_belongs_to_its_rules(change: dict[str, Any]) -> None:
    assert keys(SPEC) == keys(replace(SPEC))
    assert keys(SPEC) != keys(replace(SPEC, **change))


def test_a_part_belongs_to_the_way_up_of_its_masks() -> None:
    one, other = (
        replace(PROJECT, regions={"a": Region("mask", (MaskFile(Path("m.png"), turn),))}) for turn in (1, 6)
    )
    assert keys(SPEC, one) != keys(SPEC, other)


def test_rules_stay_with_what_the_pieces_share() -> None:
    project = replace(PROJECT, orientation="stored", intensity="bits=12", background="#ffffff")
    shared = head(project)
    assert (shared.orientation, shared.intensity, shared.background) == ("stored", "bits=12", "#ffffff")


def test_a_fetched_piece_is_read_as_the_original_is(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    picture = np.random.default_rng(0).integers(0, 255, (16, 24, 3)).astype(np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture).save(source / "a.png", exif=exif)
    mask = np.zeros((16, 24), np.uint8)
    mask[:4, :6] = 255
    Image.fromarray(mask).save(source / "m.png")
    folder = remote_folder.make(source.as_uri(), tmp_path / "mirrors", PICTURE_SUFFIXES)
    regions = {"a": Region("mask", (MaskFile(folder / "m.png", turn=6),))}
    project = replace(PROJECT, root=folder, regions=regions)
    here = load_sample(project, project.samples[0], SPEC, [(2, 3)], PICTURES)
    with at_hand(project, source.as_uri(), folder) as near:
        there = load_sample(near, near.samples[0], SPEC, [(2, 3)], PICTURES)
    assert here.picture is not None and there.picture is not None
    np.testing.assert_array_equal(there.picture, here.picture)
    assert (there.turn, there.size) == (6, (24, 16))
    cover = there.region.grids[2, 3]
    np.testing.assert_array_equal(cover, here.region.grids[2, 3])
    np.testing.assert_allclose(cover, [[0.375, 0, 0], [0, 0, 0]], atol=1e-6)
