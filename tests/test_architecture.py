"""Who may import whom, as data: package -> packages, library -> places. See docs/architecture.md."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.source_tree import (
    CORE,
    PAGES,
    ROOT,
    SOURCE,
    UI,
    called,
    imports,
    inside,
    name,
    package,
    roots,
    top_imports,
)

MAY_IMPORT: dict[str, set[str]] = {
    "base": set(),
    "images": {"base"},
    "maps": {"base"},
    "model": {"base", "maps"},
    "tasks": {"base", "images", "maps", "model"},
    "edits": {"base", "images", "maps", "model"},
    "projects": {"base", "images", "tasks"},
    "runs": {"base", "images", "maps", "tasks"},
    "auditing": {"base", "images", "maps", "model", "tasks", "projects", "runs"},
    "findings": {"base", "images", "maps", "model", "tasks", "edits", "runs"},
    "cli": {
        *("base", "images", "maps", "model", "tasks", "edits"),
        *("projects", "runs", "auditing", "findings"),
    },
}
"""Package -> packages it may import. Of ``model``, all but ``auditing``, ``findings`` and ``cli`` know the
contract only."""

LIVES_IN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("tensorflow", "keras", "tf_keras", "openvino"), ("model/",)),
    "cv2": ("images/", "maps/overlay.py", "edits/", "findings/trust/"),
    "ray": ("auditing/cluster/",),
    "httpx": ("projects/edge_impulse/",),
    **dict.fromkeys(("sqlalchemy", "alembic", "psycopg"), ("runs/reviews/",)),
}
"""Library -> the places below the core that may import it."""

OPENS_NOTHING = (
    *("runs/queries", "runs/summary", "findings/search", "findings/conclude", "findings/groups"),
    *("findings/material", "findings/statistics", "base/logits", "base/intervals"),
    *(f"runs/reviews/{name}" for name in ("acts", "answers", "agreement", "meeting")),
)


SHOWN = {"base", "images", "maps", "model", "tasks", "projects", "runs", "__version__"}
"""What pages and ``ui`` may import: they read runs and compute nothing."""

KNOWS_MODELS = {"model", "auditing", "findings", "cli"}
NUMPY_ONLY = {"numpy", "gradcam_core", "collections", "dataclasses", "functools", "typing"}


def test_the_table_names_every_entry_of_the_core() -> None:
    entries = {path.name for path in (ROOT / "gradcam_core").iterdir() if path.name != "__pycache__"}
    assert entries == {*MAY_IMPORT, "__init__.py", "__main__.py", "py.typed"}


def test_the_packages_form_no_circle() -> None:
    tuple(TopologicalSorter(MAY_IMPORT).static_order())  # raises CycleError


def test_the_modules_form_no_circle() -> None:
    modules = {name(p)[:-3].replace("/", ".").removesuffix(".__init__"): p for p in SOURCE}
    faces = {m for m, p in modules.items() if p.name == "__init__.py"}
    graph = {
        m: {d for d in top_imports(p) if d in modules and d != m and not (d in faces and m.startswith(d))}
        for m, p in modules.items()
    }
    tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_a_file_imports_what_the_tables_allow(path: Path) -> None:
    ours = {d for d in imports(path) if d.startswith("gradcam_core.")}
    used, own = {d.split(".")[1] for d in ours} - {"__version__"}, package(path)
    if path in CORE:
        assert not roots(path) & {"streamlit", "plotly", "ui", "pages", "app"}
        assert own not in MAY_IMPORT or used <= {own, *MAY_IMPORT[own]}
    else:
        assert used <= SHOWN
    reaching = {d for d in ours if d.startswith("gradcam_core.model")}
    assert own in KNOWS_MODELS or all(d.startswith("gradcam_core.model.contract") for d in reaching)
    for library, places in LIVES_IN.items():
        assert library not in roots(path) or inside(path, *places), library


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_no_private_name_leaves_its_package(path: Path) -> None:
    here = name(path)[:-3].replace("/", ".").rpartition(".")[0] + "."
    foreign = [
        d for d in imports(path) if d.startswith(("gradcam_core.", "ui.")) and not d.startswith(here)
    ]
    assert not [d for d in foreign if any(_private(part) for part in d.split("."))]


def _private(part: str) -> bool:
    return part.startswith("_") and not part.startswith("__")


@pytest.mark.parametrize("path", [p for p in CORE if inside(p, "maps/cams", "maps/scores")], ids=name)
def test_maps_and_scores_are_numpy(path: Path) -> None:
    assert roots(path) <= NUMPY_ONLY


@pytest.mark.parametrize("path", [p for p in CORE if inside(p, *OPENS_NOTHING)], ids=name)
def test_questions_open_nothing(path: Path) -> None:
    assert "open" not in called(path)
    assert not roots(path) & {"os", "shutil", "httpx", "requests", "urllib", "socket"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_draws_and_decides_nothing(path: Path) -> None:
    assert roots(path) <= {"streamlit", "ui", "gradcam_core"}
    core = {d for d in imports(path) if d.startswith("gradcam_core.")}
    allowed = ("gradcam_core.runs.queries", "gradcam_core.runs.summary")
    assert all(d == "gradcam_core.runs" or d.startswith(allowed) for d in core), core


def test_browsing_never_imports_tensorflow() -> None:
    modules = [name(path)[:-3].replace("/", ".") for path in UI if path.name != "__init__.py"]
    pages = [str(path) for path in PAGES]
    script = (
        "import importlib, importlib.util, sys\n"
        f"for module in {modules!r}: importlib.import_module(module)\n"
        f"for page in {pages!r}:\n"
        "    spec = importlib.util.spec_from_file_location('page', page)\n"
        "    try: spec.loader.exec_module(importlib.util.module_from_spec(spec))\n"
        "    except BaseException: pass\n"
        "print([name for name in ('tensorflow', 'keras', 'tf_keras', 'openvino') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stderr[-2000:]
