"""A run on sounds: what edits are given, what the Sample page draws of it."""

import base64
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.auditing.pipeline import audit
from gradcam_core.findings.investigate import open_model
from gradcam_core.images import load_batch
from gradcam_core.projects import open_project
from gradcam_core.runs.project import network_inputs
from gradcam_core.runs.store import Run
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.audio.listening import part
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse.audio_studio import wav
from tests.tasks.audio.sounds import BANDS, FRAMES, network, sound_project
from ui import figures
from ui.readings import READINGS, audio


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = sound_project(tmp_path_factory.mktemp("run"))
    network("flat 1d").save(root / "model.keras")
    (root / "regions").mkdir()
    (root / "regions" / "spans.csv").write_text("path,start_s,end_s\nlate0.npy,0.05,0.13\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(root / "home"))
        yield audit(open_project(root), AuditOptions(engine="tensorflow"), root / "runs")


def test_the_grey_picture_is_to_the_network_what_the_features_are(run: Run) -> None:
    """So an edit of the picture is an edit of the features: nothing but the edit changes the answer."""
    assert run.manifest["project"]["task"] == "audio" and run.features is not None
    root = Path(run.manifest["project"]["root"])
    batch = load_batch([root / path for path in run.table["path"]], run.input_spec)
    assert batch.pictures.shape == (6, BANDS, FRAMES, 3)
    logits = open_model(run).predict(network_inputs(run)(batch.pictures))
    np.testing.assert_allclose(logits, run.array("logits.npy"), atol=1e-4)


def test_the_figure_has_seconds_and_hertz(run: Run) -> None:
    features = audio.features_of(run)
    heat = audio.heat_of(run, "classic", 0, features)
    assert heat is not None and heat.shape == (BANDS, FRAMES) and heat.max() == 1
    assert (heat == heat[0]).all(), "a network in time only: the same over all frequencies"
    spans = audio.spans_of(run.outlines(["testing/late/late0"])["testing/late/late0"])
    values, _ = TASKS["audio"].medium.read(
        Path(run.manifest["project"]["root"]) / run.table["path"][0], run.input_spec
    )
    figure = figures.spectrogram(values, heat, features, spans, dark=True, hot=(0.06, 0.1))
    below, above = figure.data
    np.testing.assert_array_equal(below.z, values[::-1])
    assert below.x[0] == pytest.approx(0.02) and figure.layout.xaxis.title.text == "seconds"
    assert figure.layout.yaxis.ticktext[0] == f"{features.hertz[0]:,.0f}"
    assert above.colorscale[0][1].endswith(",0.000)"), "nothing is painted where there is no heat"
    box, bar = figure.layout.shapes
    assert (bar.x0, bar.x1, bar.y0, bar.yref) == (0.06, 0.1, 0, "paper"), "the hot span, on the time axis"
    assert (box.x0, box.x1) == pytest.approx((0.05, 0.13), abs=1e-3) and box.y0 == -0.5


def test_the_page_says_what_the_map_is(run: Run) -> None:
    features = audio.features_of(run)
    assert "when, not at which frequency" in audio.reading_of(run, "classic", features)
    assert audio.told(features, []) == "No span is given."
    assert READINGS["audio"].against is READINGS["classification"].against


def test_the_whole_sound_and_its_hot_part_can_be_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(audio.st, "html", shown.append)
    file = tmp_path / "a.wav"
    audio.player(file, (0.25, 0.4))
    assert "No sound lies beside" in shown.pop()
    file.write_bytes(wav(9001))
    audio.player(file, None)
    (whole,) = shown
    audio.player(file, (0.25, 0.4))
    assert shown[1] == whole and "Half of the heat: 0.25 to 0.40 s" in shown[2]
    sounds = [base64.b64decode(re.findall(r"base64,([^\"]+)", one)[0]) for one in shown[1:]]
    assert sounds == [wav(9001), part(file, 0.25, 0.4)] and "autoplay" not in "".join(shown)
