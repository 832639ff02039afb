"""How pictures are read is asked of the labels, said as a fact, and changed by the project's word."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from gradcam_core.auditing.picture_rules import with_picture_rules
from gradcam_core.base.types import Fact, Floats, Project, Sample
from gradcam_core.images import turned
from gradcam_core.images.turning import TURNS

INFO: Any = SimpleNamespace(shape=(16, 16, 3), height=16, width=16, channels=3)
CORNERS = ("top left", "top right", "bottom left", "bottom right")
N = 40


def brightest_corner(inputs: Floats) -> NDArray[np.intp]:
    """A network that names the brightest corner of what it gets."""
    grey = inputs.mean(axis=-1)
    halves = [grey[:, rows, columns].mean((1, 2)) for rows in (slice(8), slice(8, 16)) for columns in
              (slice(8), slice(8, 16))]  # fmt: skip
    return np.argmax(halves, axis=0)


def corner_project(root: Path, turn: int, trained: str, labelled: bool = True) -> Project:
    """Pictures with an orientation, labelled by the corner that training saw bright."""
    samples = []
    for number in range(N):
        picture = np.full((32, 32, 3), 90, np.uint8)
        rows, columns = divmod(number % 4, 2)
        picture[16 * rows : 16 * rows + 16, 16 * columns : 16 * columns + 16] = 220
        exif = Image.Exif()
        exif[0x0112] = turn
        Image.fromarray(picture).save(root / f"{number}.png", exif=exif)
        seen = picture if trained == "stored" else turned(picture, turn)
        label = CORNERS[int(brightest_corner(seen[None, ::2, ::2].astype(np.float32))[0])]
        samples.append(Sample(str(number), f"{number}.png", label if labelled else None))
    return Project("corners", root, CORNERS, tuple(samples), None, scaling="0..255")


def fact(project: Project, name: str) -> Fact:
    return next(one for one in project.facts if one.name == name)


@pytest.mark.parametrize("trained", ["stored", "upright"])
@pytest.mark.parametrize("turn", TURNS[1:])
def test_labels_tell_the_way_up_of_training(tmp_path: Path, turn: int, trained: str) -> None:
    project = with_picture_rules(corner_project(tmp_path, turn, trained), INFO, brightest_corner)
    assert project.orientation == trained
    said = fact(project, "orientation")
    assert (said.value, said.origin, said.warning) == (trained, "guessed", "")
    assert f"{N} of {N} pictures have an EXIF orientation" in said.why
    assert f"right of {N} labelled ones" in said.why
    assert f"{trained} 100%" in said.why


def low_or_high(inputs: Floats) -> NDArray[np.intp]:
    """As above, but of a network that was trained on 0..255 and sees nothing in smaller values."""
    return np.where(inputs.max(axis=(1, 2, 3)) > 50, brightest_corner(inputs), 0)


@pytest.mark.parametrize("origin", ["guessed", "given"])
def test_a_guessed_scaling_does_not_hide_the_way_up(tmp_path: Path, origin: Any) -> None:
    asked = replace(
        corner_project(tmp_path, 6, "upright"), scaling="0..1", facts=(Fact("scaling", "0..1", origin),)
    )
    project = with_picture_rules(asked, INFO, low_or_high)
    assert project.orientation == ("upright" if origin == "guessed" else "stored")
    assert project.scaling == "0..1"


def test_without_labels_it_is_read_as_keras_does_and_that_is_said(tmp_path: Path) -> None:
    bare = corner_project(tmp_path, 6, "stored", labelled=False)
    project = with_picture_rules(bare, INFO, brightest_corner)
    assert project.orientation == "stored"
    assert "nothing tells which way up" in fact(project, "orientation").warning
    followed = replace(bare, orientation="upright")  # what the warning says
    assert with_picture_rules(followed, INFO, brightest_corner).orientation == "upright"


def test_labels_that_do_not_tell_are_no_ground(tmp_path: Path) -> None:
    same = corner_project(tmp_path, 6, "stored")
    project = with_picture_rules(same, INFO, lambda x: np.zeros(len(x), np.intp))
    assert project.orientation == "stored"
    assert "no clear difference" in fact(project, "orientation").why


@pytest.mark.parametrize("given", ["stored", "upright"])
def test_the_users_word_wins_and_labels_may_contradict(tmp_path: Path, given: str) -> None:
    asked = replace(corner_project(tmp_path, 8, "stored"), orientation=given)
    project = with_picture_rules(asked, INFO, brightest_corner)
    assert project.orientation == given
    said = fact(project, "orientation")
    assert said.origin == "given"
    assert ("--orientation=stored" in said.warning) == (given == "upright")


def test_pictures_that_leave_nothing_open_need_no_fact(tmp_path: Path) -> None:
    plain = corner_project(tmp_path, 1, "stored")
    project = with_picture_rules(plain, INFO, brightest_corner)
    assert (project.facts, project.orientation, project.intensity) == ((), "upright", "full-range")


def bright(inputs: Floats) -> NDArray[np.intp]:
    """A network that calls a picture bright from grey 18 of 255, as one trained on high bytes may."""
    return np.asarray(inputs.max(axis=(1, 2, 3)) >= 18, dtype=np.intp)


def deep_project(root: Path, tops: list[int], labels: list[str | None], suffix: str = ".png") -> Project:
    samples = []
    for number, (top, label) in enumerate(zip(tops, labels, strict=True)):
        values = np.random.default_rng(number).integers(1000, 1500, (48, 48)).astype(np.uint16)
        values[10:30, 10:30] = top
        cv2.imwrite(str(root / f"{number}{suffix}"), values)
        samples.append(Sample(str(number), f"{number}{suffix}", label))
    return Project("deep", root, ("faint", "dense"), tuple(samples), None, scaling="0..255")


def test_labels_tell_the_depth_of_grey(tmp_path: Path) -> None:
    tops, labels = [3500, 6000] * 15, ["faint", "dense"] * 15
    project = with_picture_rules(deep_project(tmp_path, tops, labels), INFO, bright)
    assert project.intensity == "full-range"
    said = fact(project, "intensity")
    assert "full-range 100%" in said.why and "bits=14 50%" in said.why
    assert "30 deep pictures lie in 10" in said.why


@pytest.mark.parametrize(
    ("top", "expected"),
    [(240, "bits=12"), (4000, "bits=12"), (4096, "bits=14"), (9000, "bits=14"), (40_000, "full-range")],
)
def test_without_labels_the_range_of_the_data_set_tells(tmp_path: Path, top: int, expected: str) -> None:
    project = with_picture_rules(deep_project(tmp_path, [top] * 6, [None] * 6), INFO, bright)
    assert project.intensity == expected
    assert "nothing tells how training read deep pictures" in fact(project, "intensity").warning


def test_one_hot_pixel_does_not_change_the_rule_of_all(tmp_path: Path) -> None:
    given = deep_project(tmp_path, [4000] * 6, [None] * 6)
    hot = cv2.imread(str(tmp_path / "0.png"), cv2.IMREAD_UNCHANGED)
    hot[0, 0] = 65535
    cv2.imwrite(str(tmp_path / "0.png"), hot)
    assert with_picture_rules(given, INFO, bright).intensity == "bits=12"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("bits=13", "bits=13"), ("dataset-range", "range=1000..4000"), ("range=0..5", "range=0..5")],
)
def test_a_rule_that_is_given_is_kept(tmp_path: Path, given: str, expected: str) -> None:
    asked = replace(deep_project(tmp_path, [4000] * 6, [None] * 6), intensity=given)
    project = with_picture_rules(asked, INFO, bright)
    assert project.intensity == expected
    assert (fact(project, "intensity").origin, fact(project, "intensity").warning) == ("given", "")


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0, 0.5, 1], "full-range"), ([0, 7, 250], "range=0..255"), ([-5, 0, 9], "range=-5..9"),
     ([0, np.nan, 3000], "range=0..3000")],
)  # fmt: skip
def test_floats(tmp_path: Path, values: list[float], expected: str) -> None:
    Image.fromarray(np.array([values] * 3, np.float32)).save(tmp_path / "a.tif")
    floats = Project("floats", tmp_path, ("a",), (Sample("a", "a.tif"),), None)
    assert with_picture_rules(floats, INFO, None).intensity == expected


def test_transparency_and_frames_are_said(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (200, 0, 0, 0)).save(tmp_path / "a.png")
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "b.gif", save_all=True, append_images=frames[1:])
    samples = (Sample("a", "a.png"), Sample("b", "b.gif"))
    project = with_picture_rules(Project("x", tmp_path, ("a",), samples, None), INFO, None)
    assert project.background == "#000000"
    assert "1 of 2 pictures" in fact(project, "background").why
    assert "1 of 2 pictures" in fact(project, "frames").why
    white = Project("x", tmp_path, ("a",), samples, None, background="#ffffff")
    told = with_picture_rules(white, INFO, None)
    assert (told.background, fact(told, "background").origin) == ("#ffffff", "given")
