"""A run on turned pictures: the network gets them as stored, everything people see is upright."""

import base64
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.__main__ import main
from gradcam_core.findings.donors import scenes_around
from gradcam_core.images import picture_size, turned
from gradcam_core.runs.project import place_of
from gradcam_core.runs.report.overlays import Look, overlay
from gradcam_core.runs.store import Run, open_run
from tests.tiny_pictures import tiny_folder
from ui import data
from ui.gallery import cards
from ui.thumbnails import Shown

TAGS = (1, 2, 3, 4, 5, 6, 7, 8, 6, 8)


@pytest.fixture(scope="module")
def runs(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """The same rasters without an orientation, and with one of each; masks are drawn upright."""
    root = tmp_path_factory.mktemp("turned")
    tiny_folder(root / "plain", tiny_model, per_class=5, seed=1)
    (root / "plain" / "testing" / "dark" / "dark.broken.png").unlink()
    shutil.copytree(root / "plain", root / "tagged")
    pictures = sorted((root / "tagged" / "testing").rglob("*.png"))
    for tag, path in zip(TAGS, pictures, strict=True):
        exif = Image.Exif()
        exif[0x0112] = tag
        Image.open(path).save(path, exif=exif)
        mask = root / "tagged" / "masks" / path.parent.name / path.name
        Image.fromarray(turned(np.asarray(Image.open(mask)), tag)).save(mask)
    found = []
    for name, *more in (
        ("plain",),
        ("tagged", "--orientation", "stored", "--regions-orientation", "upright"),
    ):
        command = ["audit", str(root / name), "--runs", str(root / name / "runs"), "--engine", "tensorflow"]
        assert main([*command, *more]) == 0
        found.append(open_run(next((root / name / "runs").iterdir())))
    return found[0], found[1]


def test_answers_maps_and_scores_are_those_of_the_same_rasters(runs: tuple[Run, Run]) -> None:
    plain, tagged = runs
    for name in ("logits.npy", "heatmaps.npy", "fine_heatmaps.npy", "cover.npy"):
        np.testing.assert_array_equal(tagged.array(name), plain.array(name), err_msg=name)
    for column in ("background_focus", "normalized_background_focus", "object_area", "predicted"):
        assert tagged.table[column].tolist() == plain.table[column].tolist()
    assert "turn" not in plain.table
    assert tagged.table["turn"].tolist() == list(TAGS)
    assert tagged.manifest["input"]["orientation"] == "stored"


def test_sizes_outlines_and_overlays_are_upright(runs: tuple[Run, Run]) -> None:
    plain, tagged = runs
    root = Path(tagged.manifest["project"]["root"])
    for row, one in tagged.table.iterrows():
        size = (one["height"], one["width"])
        assert size == picture_size(root / one["path"])
        drawn = [
            overlay(run, row, np.asarray(run.maps()[row]), Look(0.4, "image")) for run in (plain, tagged)
        ]
        np.testing.assert_array_equal(drawn[1], turned(drawn[0], one["turn"]))
        assert place_of(tagged, one).turn == one["turn"]


def test_edits_get_stored_pictures_and_show_upright_ones(runs: tuple[Run, Run]) -> None:
    plain, tagged = runs
    name = str(tagged.table["sample_id"][5])
    (seen, row), (expected, _) = scenes_around(tagged, name), scenes_around(plain, name)
    assert seen.ids == expected.ids
    np.testing.assert_array_equal(seen.pictures, expected.pictures)
    np.testing.assert_allclose(seen.cover[row], expected.cover[row], atol=0.02)
    shown = seen.shown(row, np.asarray(seen.pictures[row]))
    assert shown.shape == (64, 48, 3)
    np.testing.assert_array_equal(shown, turned(np.asarray(seen.pictures[row]), 6))


def test_cards_carry_maps_as_their_pictures_are_shown(runs: tuple[Run, Run]) -> None:
    _, tagged = runs
    rows = np.array([0, 5, 2])
    sent = np.frombuffer(base64.b64decode(cards.maps_of(tagged, rows, "classic")), "<f4")
    parts = sent.reshape(3, -1)
    for part, row, record in zip(parts, rows, data.records(tagged, rows), strict=True):
        card = cards.card(tagged, record, Shown("", (1, 1)), "classic")
        expected = turned(np.asarray(tagged.maps()[row]), TAGS[row])
        assert card["grid"] == list(expected.shape)
        np.testing.assert_array_equal(part.reshape(card["grid"]), expected)


def test_runs_of_before_are_read_as_they_were(runs: tuple[Run, Run]) -> None:
    old = dict(runs[0].manifest["input"])
    for name in ("orientation", "intensity", "background"):
        del old[name]
    spec = Run(runs[0].path, {**runs[0].manifest, "input": old}).input_spec
    assert (spec.orientation, spec.intensity, spec.background) == ("upright", "own-range", "none")
