"""Sounds from the API: windows, features as Edge Impulse made them, and the sound beside each."""

import csv
import io
import json
import wave
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.__main__ import main
from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.sounds import Kind, mel_centres
from gradcam_core.projects import open_project
from gradcam_core.projects.edge_impulse.describe.spectrogram import (
    SoundBlock,
    described_features,
    normalisation,
)
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import audio_studio, toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.audio_studio import BANDS, CLASSES, FRAMES, LONG, WINDOWS, SoundStudio
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import serve
from tests.sound_project import check_sound, fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


@pytest.fixture
def sounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Iterator[SoundStudio]:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("EI_API_KEY", toy.KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve(audio_studio.studio()) as running:
        assert isinstance(running, SoundStudio)
        yield running


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


def test_without_features_of_the_split_each_window_is_asked_for(sounds: SoundStudio) -> None:
    sounds.split = False
    project = fetched(sounds)
    assert [one.id for one in project.samples] == ["9004", f"{LONG}@0", f"{LONG}@500", "9002", "9001"]
    np.testing.assert_allclose(
        np.load(project.root / project.samples[2].path), audio_studio.features(LONG, 500), rtol=1e-6
    )
    assert "window by window" in fact(project, "features")


@pytest.mark.parametrize("kinds", [("mfe", "raw"), ("mfe", "mfcc")])
def test_joined_features_are_refused(sounds: SoundStudio, kinds: tuple[str, str]) -> None:
    sounds.kinds, sounds.blocks[0]["dsp"] = kinds, [2, 3]
    said = refused(sounds)
    assert ", ".join(kinds) in said.found and "no common time and frequency" in said.todo


def test_features_that_studio_normalises_are_warned_of() -> None:
    assert normalisation({"dsp": {"normalizeData": "none"}}) == [] == normalisation({})
    (found,) = normalisation({"dsp": {"normalizeData": "normalize-channel-standard-scaler"}})
    assert "normalises these features" in found.warning


def test_a_deployment_block_of_sounds(sounds: SoundStudio, tmp_path: Path) -> None:
    metadata = mount(tmp_path, sounds)
    document = {**json.loads(metadata.read_text()), "impulse": sounds.sounds(), "classes": CLASSES}
    metadata.write_text(json.dumps(document))
    (tmp_path / "input" / "trained.h5.zip").write_bytes(sounds.files["tflite-h5"])
    assert main(["deploy", "--metadata", str(metadata), "--engine", "tensorflow"]) == 0
    with zipfile.ZipFile(tmp_path / "output" / "deploy.zip") as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("samples.csv").decode())))
        assert {row["sample_id"] for row in rows} >= {"9001", f"{LONG}@500"} and len(rows) == len(WINDOWS)
        drawn = Image.open(io.BytesIO(packed.read(rows[0]["overlay"])))
        assert drawn.size == (int(rows[0]["width"]), int(rows[0]["height"]))


def test_an_export_holds_no_features(sounds: SoundStudio) -> None:
    assert "exports hold no features" in refused(sounds, via="export").todo


@pytest.mark.parametrize(
    ("kind", "config", "expected"),
    [
        ("mfcc", {"frame_stride": "0.02", "frame_length": "0.02"}, ()),
        ("spectrogram", {"options": {"frame_stride": 0.1}}, (0.0, 800.0, 1600.0, 2400.0, 3200.0, 4000.0)),
        ("mfe", {"high_frequency": "2000", "low_frequency": "100"}, mel_centres(100, 2000, BANDS)),
    ],
)
def test_bands_of_each_kind_of_block(kind: Kind, config: dict, expected: tuple[float, ...]) -> None:
    metadata = {**audio_studio.studio().described(), "dspConfig": config}
    found = described_features(SoundBlock(2, kind, 1), metadata, "a test")
    assert found.hertz == expected and found.range is None
    assert found.stride == {"mfcc": 0.02}.get(kind, 0.1), "without a stride, the window over its frames"


def test_a_regression_of_sounds_is_named(sounds: SoundStudio) -> None:
    sounds.metadata[toy.BLOCK]["mode"] = "regression"
    assert "audio regression" in refused(sounds).found
