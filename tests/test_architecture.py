"""Who may import whom, as data: package -> packages, library -> places. See docs/architecture.md."""

import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

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
    "reportlab": ("runs/export/",),
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


def test_files_import_what_the_tables_allow() -> None:
    assert {name(path): found for path in SOURCE if (found := set(forbidden(path)))} == {}


def forbidden(path: Path) -> Iterator[str]:
    """What a file imports though a table does not let it."""
    own, ours = package(path), {d for d in imports(path) if d.startswith("gradcam_core.")}
    allowed = {own, *MAY_IMPORT.get(own, MAY_IMPORT)} if path in CORE else SHOWN
    yield from {d.split(".")[1] for d in ours} - allowed - {"__version__"}
    if path in CORE:
        yield from roots(path) & {"streamlit", "plotly", "ui", "pages", "app"}
    if own not in KNOWS_MODELS:
        reaching = (d for d in ours if d.startswith("gradcam_core.model"))
        yield from (d for d in reaching if not d.startswith("gradcam_core.model.contract"))
    yield from (one for one in LIVES_IN if one in roots(path) and not inside(path, *LIVES_IN[one]))


def test_no_private_name_leaves_its_package() -> None:
    assert {name(path): found for path in SOURCE if (found := private_names(path))} == {}


def private_names(path: Path) -> list[str]:
    """Names of other packages that a file imports though they begin with an underscore."""
    here = name(path)[:-3].replace("/", ".").rpartition(".")[0] + "."
    ours = [d for d in imports(path) if d.startswith(("gradcam_core.", "ui."))]
    return [d for d in ours if not d.startswith(here) and any(_private(part) for part in d.split("."))]


def _private(part: str) -> bool:
    return part.startswith("_") and not part.startswith("__")


def test_maps_and_scores_are_numpy() -> None:
    numeric = [path for path in CORE if inside(path, "maps/cams", "maps/scores")]
    assert {name(path): roots(path) for path in numeric if roots(path) - NUMPY_ONLY} == {}


def test_questions_open_nothing() -> None:
    reaching = {"os", "shutil", "httpx", "requests", "urllib", "socket"}
    questions = [path for path in CORE if inside(path, *OPENS_NOTHING)]
    assert [name(p) for p in questions if "open" in called(p) or roots(p) & reaching] == []


def test_a_page_draws_and_decides_nothing() -> None:
    allowed = ("gradcam_core.runs.queries", "gradcam_core.runs.summary")
    for path in PAGES:
        assert roots(path) <= {"streamlit", "ui", "gradcam_core"}, name(path)
        core = {d for d in imports(path) if d.startswith("gradcam_core.")}
        assert all(d == "gradcam_core.runs" or d.startswith(allowed) for d in core), (name(path), core)


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
