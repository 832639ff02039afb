"""``import gradcam_core as gc``: the promised names, lazily, and the whole way on a real Keras model."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import gradcam_core as gc
from gradcam_core.auditing.door import OptionArguments
from gradcam_core.base.errors import ModelError, ProjectError, RunError
from gradcam_core.projects.door import OverrideArguments
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.findings import Finding
from gradcam_core.tasks.options import AuditOptions
from tests.source_tree import ROOT

FUNCTIONS = {
    "audit",
    "background_focus",
    "check",
    "compare",
    "explain",
    "export",
    "find",
    "open_project",
    "open_run",
    "report",
}


def python(script: str) -> str:
    """What a fresh process prints; ``GRADCAM_HOME`` and the like stay as they are."""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True)
    return done.stdout.strip()


def test_the_names_are_those_that_we_promise() -> None:
    assert set(gc.__all__) == {*FUNCTIONS, "AuditError"}
    assert dir(gc) == sorted([*gc.__all__, "__version__"])
    assert all(isinstance(getattr(gc, name), FunctionType) for name in FUNCTIONS)
    with pytest.raises(AttributeError, match="no attribute 'audits'"):
        _ = gc.audits  # type: ignore[attr-defined]
    assert (ROOT / "gradcam_core" / "py.typed").is_file()


def test_importing_it_imports_nothing_that_takes_time() -> None:
    heavy = ("tensorflow", "keras", "tf_keras", "streamlit", "numpy", "pandas", "cv2", "scipy")
    script = f"import sys, gradcam_core; print([name for name in {heavy} if name in sys.modules])"
    assert python(script) == "[]"


def test_asking_for_every_name_imports_neither_tensorflow_nor_streamlit() -> None:
    script = (
        "import sys, gradcam_core as gc; [getattr(gc, name) for name in gc.__all__];"
        "print([name for name in ('tensorflow', 'keras', 'tf_keras', 'streamlit') if name in sys.modules])"
    )
    assert python(script) == "[]"


def test_audit_stays_a_function_whatever_of_its_package_is_imported() -> None:
    script = (
        "import gradcam_core.auditing.pipeline, gradcam_core as gc;"
        "from gradcam_core.auditing import setup;"
        "print(callable(gc.audit), gc.audit.__name__, setup.__name__)"
    )
    assert python(script) == "True audit gradcam_core.auditing.setup"


@pytest.mark.parametrize(
    ("keywords", "fields"), [(OptionArguments, AuditOptions), (OverrideArguments, Overrides)]
)
def test_keywords_are_the_fields_of_what_they_fill(keywords: type, fields: type) -> None:
    assert list(keywords.__annotations__) == list(fields.__annotations__)
    ours, theirs = get_type_hints(keywords), get_type_hints(fields)
    wider = {
        "model",
        "quantised",
        "images",
        "regions",
        "labels",
        "class_order",
        "label_names",
    }
    assert all(ours[name] == theirs[name] for name in ours.keys() - wider)


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def run(tiny_project: Path, tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> Any:
    project = gc.open_project(str(tiny_project), task="classification", labels=["dark", "light"])
    return gc.audit(
        project,
        progress=lambda stage, done, total: told.append(stage),
        runs=tmp_path_factory.mktemp("runs"),
        engine="tensorflow",
    )


@pytest.fixture(scope="module")
def findings(run: Any) -> Any:
    return gc.find(run, edits=True, budget=4)


def test_a_project_says_what_was_understood(tiny_project: Path) -> None:
    project = gc.open_project(tiny_project, labels=["dark", "light"])
    assert project.class_names == ("dark", "light") and project.task == "classification"
    assert list(project.facts["origin"][project.facts["name"] == "scaling"]) == ["guessed"]
    assert len(project.samples) == 11 and set(project.samples["region_source"]) == {"mask", "none"}
    assert list(project.problems.columns) == ["about", "problem"]


def test_progress_is_told_and_a_run_shows_its_samples(run: Any, told: list[str]) -> None:
    assert told[0] == "loading the model" and told[-1] == "computing maps"
    first = run.samples["sample_id"][0]
    assert run.map(first, "fine").shape == run.maps("fine").shape[1:]
    np.testing.assert_array_equal(run.map(first, "classic"), run.maps("classic")[0])
    assert run.picture(first).shape == run.overlay(first).shape == (48, 64, 3)
    assert not np.array_equal(run.picture(first), run.overlay(first))


def test_an_audit_takes_a_path_too(tiny_project: Path, run: Any, tmp_path: Path) -> None:
    again = gc.audit(tiny_project, runs=tmp_path, engine="tensorflow")
    pd.testing.assert_frame_equal(again.samples, run.samples)
    assert gc.open_run(str(again.path)).id == again.id


def test_findings_are_a_list_and_a_table(run: Any, findings: Any) -> None:
    assert isinstance(findings, list) and all(isinstance(one, Finding) for one in findings)
    table = findings.to_frame()
    assert len(table) == len(findings) and {"flag", "level", "statement", "low", "high"} <= set(table)
    assert bool(gc.check(run, fail_level=4)) == (table["level"].max() < 4)


@pytest.mark.parametrize("form", [str, Path, None], ids=["text", "path", "live"])
def test_explain_equals_what_an_audit_stores(
    form: Callable[[Path], Any] | None, tiny_project: Path, run: Any
) -> None:
    import keras

    file = tiny_project / "model.keras"
    model = form(file) if form else keras.models.load_model(file)
    good = np.flatnonzero(run.samples["status"] == "ok")
    images = np.stack([run.picture(one) for one in run.samples["sample_id"][good]]).astype(np.float32) / 255
    answer = gc.explain(model, images, method="grad-cam", classes=None)
    np.testing.assert_array_equal(answer.maps, run.maps("classic")[good])
    np.testing.assert_array_equal(answer.logits, run.array("logits.npy")[good])
    np.testing.assert_allclose(answer.probabilities.max(axis=1), run.samples["confidence"][good], rtol=1e-6)
    assert answer.layer == run.manifest["maps"]["classic"]["layer"]


def test_background_focus_equals_what_an_audit_stores(tiny_project: Path, run: Any) -> None:
    good = run.samples[run.samples["status"] == "ok"]
    files = [tiny_project / path.replace("testing", "masks") for path in good["path"]]
    masks = np.stack([np.asarray(Image.open(file)) for file in files]) > 127
    maps = np.stack([run.map(one, "classic") for one in good["sample_id"]])
    np.testing.assert_allclose(gc.background_focus(maps, masks), good["background_focus"], atol=1e-6)


def test_errors_are_the_family_of_the_command_line(run: Any, tmp_path: Path) -> None:
    asked: list[tuple[type[gc.AuditError], Callable[[], object]]] = [
        (ProjectError, lambda: gc.open_project(tmp_path / "nowhere")),
        (ProjectError, lambda: gc.audit(tmp_path / "nowhere")),
        (RunError, lambda: gc.open_run(tmp_path)),
        (RunError, lambda: gc.find(tmp_path)),
        (RunError, lambda: gc.check(tmp_path, fail_level=3)),
        (RunError, lambda: run.map("nobody", "fine")),
        (ModelError, lambda: gc.explain(tmp_path / "none.keras", np.zeros((1, 8, 8, 3)))),
        (gc.AuditError, lambda: gc.find(run, budget=0)),
        (gc.AuditError, lambda: gc.background_focus(np.zeros(3), np.zeros(3))),
    ]
    for family, ask in asked:
        with pytest.raises(family, match=r"expected .*; found .*; to do: ") as caught:
            ask()
        assert isinstance(caught.value, gc.AuditError)
