"""Sounds from the API: windows, features as Edge Impulse made them, and the sound beside each."""

import csv
import io
import json
import wave
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.__main__ import main
from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.sounds import mel_centres
from gradcam_core.projects import open_project
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import audio_studio, toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.audio_studio import BANDS, CLASSES, FRAMES, LONG, WINDOWS, SoundStudio
from tests.projects.edge_impulse.container import mount
from tests.sound_project import check_sound, fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_every_window_is_a_sample_with_its_features_and_its_sound(sounds: SoundStudio) -> None:
    project = fetched(sounds)
    check_sound(project)
    assert project.task == "audio" and project.class_names == tuple(CLASSES)
    assert [one.id for one in project.samples] == ["9004", f"{LONG}@0", f"{LONG}@500", "9002", "9001"]
    for one, window in zip(project.samples, WINDOWS, strict=True):
        np.testing.assert_array_equal(np.load(project.root / one.path), audio_studio.features(*window))
        assert one.label == audio_studio.label(window[0])
    second = next(one for one in project.samples if one.id == f"{LONG}@500")
    assert second.metadata["window_start_ms"] == "500"
    with wave.open(str((project.root / second.path).with_suffix(".wav"))) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert (heard[0], heard[-1], len(heard)) == (500, 1499, audio_studio.RATE)
    assert "3 of 4 samples have one" in fact(project, "sounds")


def test_what_the_features_mean_comes_from_the_block(sounds: SoundStudio) -> None:
    found = fetched(sounds).features
    assert found is not None and (found.kind, found.frames, found.bands) == ("mfe", FRAMES, BANDS)
    assert (found.stride, found.frame, found.range) == (0.1, 0.1, (0.0, 1.0))
    assert found.hertz == mel_centres(0, audio_studio.RATE / 2, BANDS)
    sounds.version = 2
    assert fetched(sounds).features.range is None, "older blocks are not cut to 0..1"


def test_the_folder_alone_is_the_same_project_and_is_audited(sounds: SoundStudio) -> None:
    project, asked = fetched(sounds), len(sounds.asked)
    again = open_project(project.root)
    check_sound(again)
    assert len(sounds.asked) == asked, "no network"
    assert (again.task, again.features) == ("audio", project.features)
    run = audit(again, AuditOptions(engine="tensorflow"), project.root / "runs")
    assert run.table["correct"].all() and run.manifest["maps"]["classic"]["grid"] == [1, FRAMES]
    assert run.manifest["project"]["features"]["bands"] == BANDS


def test_a_second_start_fetches_nothing_that_is_here(sounds: SoundStudio) -> None:
    fetched(sounds)
    sounds.asked.clear()
    fetched(sounds)
    assert sounds.count("/dsp-data/") == 0
    assert sounds.count("/wav") == 1, "only the one that could not be had"


def test_a_deployment_block_of_sounds(sounds: SoundStudio, tmp_path: Path) -> None:
    metadata = mount(tmp_path, sounds)
    document = {**json.loads(metadata.read_text()), "impulse": sounds.sounds(), "classes": CLASSES}
    metadata.write_text(json.dumps(document))
    (tmp_path / "input" / "trained.h5.zip").write_bytes(sounds.files["tflite-h5"])
    assert main(["deploy", "--metadata", str(metadata), "--minutes", "0"]) == 0
    with zipfile.ZipFile(tmp_path / "output" / "deploy.zip") as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("samples.csv").decode())))
        assert {row["sample_id"] for row in rows} >= {"9001", f"{LONG}@500"} and len(rows) == len(WINDOWS)
        drawn = Image.open(io.BytesIO(packed.read(rows[0]["overlay"])))
        assert drawn.size == (int(rows[0]["width"]), int(rows[0]["height"]))


def test_an_export_holds_no_features(sounds: SoundStudio) -> None:
    assert "exports hold no features" in refused(sounds, via="export").todo


def test_a_regression_of_sounds_is_named(sounds: SoundStudio) -> None:
    sounds.metadata[toy.BLOCK]["mode"] = "regression"
    assert "audio regression" in refused(sounds).found
