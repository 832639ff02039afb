"""Probes on drawn truth: a frame is the border, noise is nothing, a file format is the file."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcam_core.findings.data.readable import Readable, read_labels
from tests.findings.data.data_drawn import drawn, framed, read, with_file


def probed(project, units=None) -> dict[str, Readable]:
    return {one.name: one for one in read_labels(read(project), units, seed=0)}


def test_a_frame_is_read_from_the_border(tmp_path: Path) -> None:
    found = probed(drawn(tmp_path, framed))["border"]
    assert found.clear and found.more and found.accuracy > 0.9
    assert found.interval[0] > found.majority == 0.5
    assert found.said.startswith("the label can be read from the outer ring of the picture alone: 100 % (")
    assert "always the largest class 50 %; n = 60" in found.said


def test_noise_is_read_from_nothing(tmp_path: Path) -> None:
    found = probed(drawn(tmp_path))
    assert set(found) == {"border", "background", "look", "file"}
    assert not any(one.clear for one in found.values())
    assert all(one.said.startswith("no sign that") for one in found.values())
    assert "outside the central 60 %" in found["background"].said


def test_a_format_that_goes_with_the_label_is_read_from_the_file(tmp_path: Path) -> None:
    project = drawn(tmp_path)
    samples = []
    for sample in project.samples:
        name = sample.path if sample.label == "cat" else sample.path.replace(".png", ".bmp")
        if name != sample.path:
            from PIL import Image

            Image.open(tmp_path / sample.path).save(tmp_path / name)
        samples.append(replace(sample, path=name))
    found = probed(replace(project, samples=tuple(samples)))
    assert found["file"].clear and found["file"].accuracy == 1
    assert not found["look"].clear


@pytest.mark.parametrize("per_class", [0, 1, 19])
def test_too_few_are_not_asked(tmp_path: Path, per_class: int) -> None:
    project = drawn(tmp_path, per_class=max(1, per_class))
    if not per_class:
        project = replace(project, samples=tuple(replace(one, label=None) for one in project.samples))
    assert probed(project) == {}


def test_copies_are_in_one_fold(tmp_path: Path) -> None:
    """Every picture of noise twice: by heart all is right, out of sample nothing is."""
    from gradcam_core.findings.data.duplicates import find_copies, units_with_copies

    project = drawn(tmp_path, per_class=20)
    for sample in project.samples:
        project = with_file(project, sample.path, f"again-{sample.path}", sample.label)
    data = read(project)
    units = units_with_copies(data, list(find_copies(data, tmp_path)))
    by_heart, fair = ({one.name: one for one in read_labels(data, u, 0)} for u in (None, units))
    assert by_heart["background"].accuracy > 0.7 > fair["background"].accuracy
    assert not fair["background"].clear
