"""Every sample is a row: what could not be read has its reason, what files say of themselves is kept."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.base.types import Box, Project, Region, Sample
from gradcam_core.findings.data.reading import halved
from tests.findings.data.data_drawn import drawn, read


def test_unreadable_files_are_rows_with_a_reason(tmp_path: Path) -> None:
    project = drawn(tmp_path, per_class=2)
    (tmp_path / "bad.png").write_bytes(b"no picture")
    outside = Sample("out", "../out.png", "cat")
    samples = (*project.samples, Sample("bad", "bad.png", "cat"), outside, Sample("gone", "gone.png"))
    data = read(replace(project, samples=samples, broken={"out": "leads elsewhere"}))
    assert data.read.tolist() == [True] * 4 + [False] * 3
    reasons = data.table["reason"].tolist()[4:]
    assert (
        "not a picture" in reasons[0] and reasons[1] == "leads elsewhere" and "no such file" in reasons[2]
    )
    assert data.table["label"].tolist()[-1] is None
    assert not data.pictures[4:].any() and data.pictures[0].any()


def test_sizes_tags_and_regions_are_kept(tmp_path: Path) -> None:
    tags = Image.Exif()
    tags[271], tags[272], tags[305], tags[274] = "Acme", "One", "Editor 3", 6
    Image.fromarray(np.full((20, 30, 3), 90, np.uint8)).save(tmp_path / "a.jpg", exif=tags)
    region = Region("box", (Box(0, 0, 20, 15),))
    sample = Sample("a", "a.jpg", metadata={"site": "north", "_hidden": 1})
    data = read(Project("p", tmp_path, (), (sample,), None, regions={"a": region}))
    (row,) = data.table.to_dict("records")
    assert (row["height"], row["width"]) == (30, 20), "as people see it"
    assert (row["file_format"], row["file_mode"], row["file_camera"]) == ("JPEG", "RGB", "Acme One")
    assert row["file_software"] == "Editor 3" and row["meta_site"] == "north" and "meta__hidden" not in row
    assert row["region_source"] == "box" and 0.4 < data.cover[0].mean() < 0.6
    assert data.intensity == ""


def test_deep_pictures_are_read_by_one_rule_that_is_said(tmp_path: Path) -> None:
    for name, top in (("a", 4000), ("b", 2000)):
        Image.fromarray(np.linspace(0, top, 64, dtype=np.uint16).reshape(8, 8)).save(
            tmp_path / f"{name}.png"
        )
    samples = tuple(Sample(name, f"{name}.png") for name in ("a", "b"))
    project = Project("p", tmp_path, (), samples, None)
    data = read(project)
    assert data.intensity == "bits=12"
    assert data.pictures[0].max() > 1.8 * data.pictures[1].max()
    assert read(replace(project, intensity="full-range")).pictures.max() < 20
    assert read(replace(project, intensity="dataset-range")).intensity.startswith("range=0..")


def test_numbers_become_two_classes_at_their_median(tmp_path: Path) -> None:
    samples = tuple(Sample(f"{n}", f"{n}.png", label=f"{n}.0") for n in range(4))
    samples = (*samples, Sample("x", "x.png", "many"))
    found = halved(Project("p", tmp_path, (), samples, None, task="regression"))
    below, above = found.class_names
    assert (below, above) == ("below 1.5", "1.5 and above")
    assert [one.label for one in found.samples] == [below, below, above, above, None]
    classes = Project("p", tmp_path, (), samples, None)
    assert halved(classes) == classes
