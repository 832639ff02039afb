"""The deployment block, run as its container runs it."""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.__main__ import main
from gradcam_core.images import read_rgb
from gradcam_core.runs.checksums import verify
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.store import list_runs, open_run
from gradcam_core.runs.summary import headline
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import Studio, serve

pytest_plugins = ["tests.projects.edge_impulse.opening"]
ROOT = Path(__file__).parents[3]
BLOCK = ROOT / "deployment"
MARKUP = '<img src=x onerror="alert(1)">'


class Done:
    """What one run of the container left behind."""

    def __init__(
        self, folder: Path, metadata: Path, said: subprocess.CompletedProcess[str], studio: Studio
    ) -> None:
        self.folder, self.metadata, self.said, self.studio = folder, metadata, said, studio
        self.zip = folder / "output" / "deploy.zip"
        with zipfile.ZipFile(self.zip) as packed:
            self.names = packed.namelist()
            packed.extractall(folder / "unpacked")
        self.unpacked = folder / "unpacked"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """The Dockerfile's entry point, in a folder that holds only what the Dockerfile copies."""
    folder = tmp_path_factory.mktemp("container")
    shutil.copytree(ROOT / "gradcam_core", folder / "app" / "gradcam_core")
    (folder / "tmp").mkdir()
    with serve(Studio()) as studio:
        studio.samples[0]["metadata"] = {"note": MARKUP}
        studio.samples[0]["filename"] = MARKUP
        metadata = mount(folder, studio)
        given = ["--metadata", str(metadata), "--alpha", "1", "--pooling-gradients", "mean"]
        given += ["--heatmap-normalization", "shared", "--from-the-future", "7", "--flag"]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("EI_", "GRADCAM"))
        }
        said = subprocess.run(
            [*entry_point(), *given],
            cwd=folder / "app",
            env={
                **environment,
                **settings(folder / "tmp"),
                "TMPDIR": str(folder / "tmp"),
                "NO_PROXY": "127.0.0.1",
            },
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert said.returncode == 0, said.stderr[-3000:]
        yield Done(folder, metadata, said, studio)


def settings(tmp: Path) -> dict[str, str]:
    """The Dockerfile's environment, with a /tmp of our own."""
    lines = [one for one in (BLOCK / "Dockerfile").read_text().splitlines() if one.startswith("ENV ")]
    pairs = [line.removeprefix("ENV ").split("=", 1) for line in lines]
    return {name: value.replace("/tmp", str(tmp), 1) for name, value in pairs}


def entry_point() -> list[str]:
    line = next(
        one for one in (BLOCK / "Dockerfile").read_text().splitlines() if one.startswith("ENTRYPOINT")
    )
    command = json.loads(line.removeprefix("ENTRYPOINT"))
    assert command[0] == "gradcam-audit", "the wheel's script, which is this module's main"
    return [sys.executable, "-m", "gradcam_core", *command[1:]]


def test_exactly_one_file_is_written_and_nothing_stays_in_tmp(done: Done) -> None:
    assert [path.name for path in (done.folder / "output").iterdir()] == ["deploy.zip"]
    assert list((done.folder / "tmp").glob("deploy-*")) == []
    assert [path.name for path in (done.folder / "app").iterdir()] == ["gradcam_core"]
    assert {path.name for path in done.metadata.parent.iterdir()} == {
        "deployment-metadata.json", "trained.h5.zip", "model-parameters",
    }  # fmt: skip


def test_the_zip_holds_run_overlays_table_and_page_but_no_key(done: Done) -> None:
    tops = {name.split("/")[0] for name in done.names}
    assert (
        {"run", "samples.csv", "summary.html"}
        < tops
        <= {"run", "samples.csv", "summary.html", "correct", "incorrect"}
    )
    assert not [name for name in done.names if "metadata" in name]
    content = b"".join(path.read_bytes() for path in done.unpacked.rglob("*") if path.is_file())
    for secret in (toy.KEY.encode(), done.metadata.read_bytes()):
        assert secret not in content
    assert toy.KEY not in done.said.stdout + done.said.stderr


def test_the_run_opens_and_the_table_agrees_with_it(done: Done) -> None:
    (folder,) = (done.unpacked / "run").iterdir()
    run = open_run(folder)
    with (done.unpacked / "samples.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["sample_id"] for row in rows] == run.table["sample_id"].tolist()
    found = {int(row["sample_id"]) - 9000: row["outcome"] for row in rows}
    assert found == dict.fromkeys(range(toy.COUNT), "correct") | {
        toy.WRONG: "incorrect",
        toy.UNSURE: "uncertain",
    }
    assert len(rows) == toy.COUNT and run.manifest["project"]["source"] == "edge-impulse"
    assert run.manifest["project"]["thresholds"] == {"min_score": 0.6}
    assert run.manifest["maps"]["classic"]["pooling"] == "mean"
    for row in rows:
        folder_of = "correct" if row["outcome"] == "correct" else "incorrect"
        assert row["overlay"].split("/")[0] == folder_of
        assert (done.unpacked / row["overlay"]).is_file()


def test_moved_and_opened_in_a_fresh_home_it_shows_everything(
    done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No key, network or folder of the container: pictures, maps, findings, the page's sentence."""
    monkeypatch.delenv("EI_API_KEY", raising=False)
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))
    mailed = shutil.copy(done.zip, tmp_path / "mailed.zip")
    asked = len(done.studio.asked)
    assert main(["open", str(mailed)]) == 0
    said = capsys.readouterr().out
    (run,) = list_runs(tmp_path / "home" / "runs")
    page = unescape((done.unpacked / "summary.html").read_text(encoding="utf-8"))
    told = headline(run.table, run.manifest, read_findings(run.path), run.map_sets[0])
    assert told.said in page and str(told) == said.splitlines()[0]
    searched = read_findings(run.path)
    assert searched is not None and searched.edited and len(searched.found) > 3
    for _, row in run.table.iterrows():
        picture = read_rgb(picture_file(run, row["path"]))
        assert picture.shape[:2] == (row["height"], row["width"])
    assert np.isfinite(run.maps()).all() and len(done.studio.asked) == asked
    assert all(one.state == "whole" for one in verify(run))


def test_only_pictures_come_through_the_api(done: Done) -> None:
    """The model was in the input folder."""
    assert done.studio.count("/image") == toy.COUNT
    assert done.studio.count("learn-data") == done.studio.count("/jobs/") == 0


def test_overlays_have_the_size_of_the_original(done: Done) -> None:
    for path in (one for one in done.names if one.startswith(("correct/", "incorrect/"))):
        index = int(path.split("/")[1].split("_")[0]) - 9000
        with Image.open(done.unpacked / path) as overlay:
            assert overlay.size[::-1] == toy.size(index)


def test_opacity_1_hides_the_picture_and_brightness_is_shared(done: Done) -> None:
    """Two pictures of which one has a weaker map must not both reach the brightest colour."""
    (folder,) = (done.unpacked / "run").iterdir()
    run = open_run(folder)
    peaks = np.fmax.reduce(run.maps(), axis=(1, 2))
    paths = [one for one in done.names if one.startswith(("correct/", "incorrect/"))]
    bright = {}
    for path in paths:
        pixels = np.asarray(Image.open(done.unpacked / path)).astype(int)
        bright[path.split("/")[1].split("_")[0]] = pixels.sum(axis=2).max()
    by_id = dict(zip(run.table["sample_id"], peaks, strict=True))
    weakest, strongest = min(by_id, key=by_id.__getitem__), max(by_id, key=by_id.__getitem__)
    assert bright[strongest] > 600, "inferno ends in a pale yellow"
    assert bright[weakest] < bright[strongest]


def test_the_page_escapes_what_comes_from_the_project(done: Done) -> None:
    page = (done.unpacked / "summary.html").read_text(encoding="utf-8")
    assert "Attention audit of Pets" in page and "Accuracy" in page and "counts as uncertain" in page
    assert "<img src=x" not in page and MARKUP not in page
    assert all(part.startswith("data:image/jpeg;base64,") for part in page.split('src="')[1:])
