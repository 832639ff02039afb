"""A whole audit of a nested Keras 2 project through the API, against one from a folder made by hand."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.auditing import setup
from gradcam_core.auditing.pipeline import audit
from gradcam_core.projects import open_project
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.summary import studio_sentences
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import by_hand, toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio, serve

ARGUMENTS = ("--engine", "tensorflow", "--json")


@pytest.fixture(scope="module")
def through_the_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, str]]:
    """The run of ``audit edge-impulse`` on the command line, and everything it said."""
    home = tmp_path_factory.mktemp("home")
    with serve(Studio()) as studio:
        given = [sys.executable, "-m", "gradcam_core", "audit", "edge-impulse", "--host", studio.url]
        done = subprocess.run(
            [*given, *ARGUMENTS],
            env={**os.environ, "EI_API_KEY": toy.KEY, "GRADCAM_HOME": str(home), "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    yield open_run(Path(json.loads(done.stdout.strip().splitlines()[-1])["run"])), done.stdout + done.stderr


CALLS: Counter[str] = Counter()


def counting(original: Callable[..., Any]) -> Callable[..., Any]:
    """``open_explainer``, counted, with an explainer whose passes are counted."""

    def opened(*arguments: Any, **options: Any) -> Any:
        CALLS["opened"] += 1
        explainer = original(*arguments, **options)
        explain = explainer.explain

        def counted(*given: Any, **named: Any) -> Any:
            CALLS["passes"] += 1
            return explain(*given, **named)

        explainer.explain = counted
        return explainer

    return opened


@pytest.fixture(scope="module")
def from_a_folder(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same pictures and model, put down by hand."""
    root = tmp_path_factory.mktemp("folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup, "open_explainer", counting(setup.open_explainer))
        return audit(by_hand.project(root), AuditOptions(engine="tensorflow"), root / "runs")


def test_predictions_are_those_of_the_folder_bit_for_bit(
    through_the_api: tuple[Run, str], from_a_folder: Run
) -> None:
    api = through_the_api[0]
    assert api.table["label"].tolist() == from_a_folder.table["label"].tolist()
    assert api.array("logits.npy").tobytes() == from_a_folder.array("logits.npy").tobytes()
    assert (
        np.isfinite(api.array("logits.npy")).all() and len(np.unique(api.array("logits.npy"))) > toy.COUNT
    )
    assert api.table["correct"].tolist() == from_a_folder.table["correct"].tolist()
    np.testing.assert_array_equal(api.maps(), from_a_folder.maps())


def test_the_model_is_opened_once_and_all_pictures_go_through_in_one_pass(from_a_folder: Run) -> None:
    """No graph is built per picture; twelve pictures are one batch."""
    assert CALLS == {"opened": 1, "passes": 1} and len(from_a_folder.table) == toy.COUNT


def test_predictions_are_those_of_the_model_itself(through_the_api: tuple[Run, str]) -> None:
    """The class is the head's, by the order of its outputs; the last layer was solved for these answers."""
    table = through_the_api[0].table
    margins = np.array(toy.MARGINS[::-1])
    assert table["predicted"].tolist() == [toy.CLASSES[int(one < 0)] for one in margins]
    np.testing.assert_allclose(table["confidence"], 1 / (1 + np.exp(-abs(margins))), atol=1e-4)
    assert table["sample_id"][~table["correct"].astype(bool)].tolist() == [f"900{toy.WRONG}"]
    assert (table["status"] == "ok").all()


def test_the_run_says_where_it_comes_from_and_holds_no_key(through_the_api: tuple[Run, str]) -> None:
    run, said = through_the_api
    assert run.manifest["project"]["source"] == "edge-impulse"
    assert run.manifest["project"]["thresholds"] == {"min_score": 0.6}
    assert run.manifest["input"]["resize"] == "fit-short"
    assert {"python", "tensorflow", "numpy"} < set(run.manifest["versions"]) and run.manifest["model"][
        "sha256"
    ]
    assert run.manifest["counts"]["regions"] == {"box": toy.COUNT - 1, "none": 1}
    assert set(run.table["meta_site"]) == {"site 0", "site 1", "site 2"}
    home = run.path.parents[1]
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert toy.KEY.encode() not in written and toy.KEY not in said


def test_offline_counts_the_same_uncertain_answers_and_the_same_as_studio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """12 answers, one of the other class and one below the threshold; Studio says the same of each."""
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("EI_API_KEY", toy.KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    toy.h5()
    answers = {9000 + index: toy.label(index) for index in range(toy.COUNT)}
    answers |= {9000 + toy.UNSURE: "uncertain", 9000 + toy.WRONG: toy.label(toy.WRONG + 1)}
    with serve(Studio()) as studio:
        studio.results = {"float32": answers}
        root = fetched(studio).root
    run = audit(open_project(root), AuditOptions(engine="tensorflow"), tmp_path / "runs")
    assert run.table["outcome"].value_counts().to_dict() == {"correct": 10, "uncertain": 1, "incorrect": 1}
    assert studio_sentences(run.table, run.manifest) == (
        "Accuracy as Edge Impulse counts it (uncertain answers are wrong): 83.3 % (10 of 12, 1 uncertain), "
        "weighted F1 0.87; accuracy of the likeliest class: 91.7 %.",
        "Studio says 83.3 %, we compute 83.3 %: the same 12 answers.",
    )
