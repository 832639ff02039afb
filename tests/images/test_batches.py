"""Samples are read ahead in threads and come back in the project's order."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.types import Box, InputSpec, Project, Region, Sample
from gradcam_core.images.batches import prepare
from gradcam_core.images.medium import PICTURES

SPEC = InputSpec(4, 6, 3)
GRID = (2, 3)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Seven pictures, each brighter than the one before; the third is no picture."""
    for index in range(7):
        Image.new("RGB", (6, 4), (index * 30,) * 3).save(tmp_path / f"{index}.png")
    (tmp_path / "2.png").write_text("no picture")
    samples = tuple(Sample(f"{index}", f"{index}.png", None) for index in range(7))
    region = Region("box", (Box(0, 0, 2, 2),))
    return Project(
        "seven",
        tmp_path,
        (),
        samples,
        None,
        regions={"0": region},
        region_notes={"1": "no such object"},
        broken={"6": "given twice"},
    )


def test_batches_keep_the_order_and_leave_out_what_cannot_be_read(project: Project) -> None:
    batches = list(prepare(project, SPEC, [GRID], 3, PICTURES))
    assert [batch.rows for batch in batches] == [slice(0, 3), slice(3, 6), slice(6, 7)]
    assert [one.sample.id for batch in batches for one in batch.loaded] == [f"{i}" for i in range(7)]
    assert batches[0].readable == [True, True, False] and batches[2].loaded[0].reason == "given twice"
    assert [len(batch.inputs) for batch in batches] == [2, 3, 0]
    means = [float(value) for batch in batches for value in batch.inputs.mean(axis=(1, 2, 3))]
    assert len(means) == 5 and means == sorted(set(means))


def test_a_region_is_put_on_the_grid_and_without_one_there_are_gaps(project: Project) -> None:
    first = next(prepare(project, SPEC, [GRID], 3, PICTURES))
    cover = first.cover(GRID)
    assert cover[0].tolist() == [[1, 0, 0], [0, 0, 0]] and np.isnan(cover[1:]).all()
    assert first.loaded[1].region.note == "no such object"
