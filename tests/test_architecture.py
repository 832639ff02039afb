"""The house rules: who may import whom, how long a file may be, what the core may not do."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "gradcam_core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
SOURCE = [*CORE, *PAGES, *UI, ROOT / "app.py"]
TENSORFLOW = {"tensorflow", "keras", "tf_keras", "openvino"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(path: Path) -> set[str]:
    """Names of the functions that a file calls without a dot."""
    calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a file imports, anywhere in it."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(path: Path) -> set[str]:
    return {dotted.split(".")[0] for dotted in imports(path)}


def inside(path: Path, *folders: str) -> bool:
    return any(name(path).startswith(f"gradcam_core/{folder}") for folder in folders)


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_imports_nothing_of_the_edge(path: Path) -> None:
    assert not roots(path) & {"streamlit", "plotly", "ui", "pages", "app"}


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_tensorflow_lives_in_the_model_package(path: Path) -> None:
    assert inside(path, "model/") or not roots(path) & TENSORFLOW


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_only_the_way_through_reaches_the_model(path: Path) -> None:
    """``model.info`` holds plain types; everything else there is TensorFlow."""
    reaching = {d for d in imports(path) if d.startswith("gradcam_core.model")}
    plain = {d for d in reaching if d == "gradcam_core.model" or d.startswith("gradcam_core.model.info")}
    allowed = inside(path, "model/", "checks/", "cli/", "setup.py", "pipeline.py", "investigate")
    assert allowed or reaching <= plain - {"gradcam_core.model"} or not reaching


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_opencv_lives_where_pixels_are(path: Path) -> None:
    allowed = inside(path, "images", "overlay.py", "regions/", "checks/")
    assert allowed or "cv2" not in roots(path)


@pytest.mark.parametrize("path", [p for p in CORE if inside(p, "cams/", "scores/")], ids=name)
def test_maps_and_scores_are_numpy(path: Path) -> None:
    allowed = {"numpy", "gradcam_core", "collections", "dataclasses", "functools", "typing"}
    assert roots(path) <= allowed


@pytest.mark.parametrize(
    "path", [p for p in CORE if inside(p, "queries", "summary", "findings/")], ids=name
)
def test_questions_open_nothing(path: Path) -> None:
    assert "open" not in called(path)
    assert not roots(path) & {"os", "shutil", "httpx", "requests", "urllib", "socket"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_draws_and_decides_nothing(path: Path) -> None:
    assert roots(path) <= {"streamlit", "ui", "gradcam_core"}
    core = {d for d in imports(path) if d.startswith("gradcam_core.")}
    assert all(d.startswith(("gradcam_core.queries", "gradcam_core.summary")) for d in core), core


@pytest.mark.parametrize("path", [*PAGES, *UI, ROOT / "app.py"], ids=name)
def test_state_is_kept_in_one_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert name(path) == "ui/state.py" or not re.search(r"\bst\.(session_state|query_params)\b", text)


@pytest.mark.parametrize("path", sorted([*SOURCE, *(ROOT / "tests").rglob("*.py")]), ids=name)
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_the_median_file_is_short() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE)
    assert lengths[len(lengths) // 2] <= 100


@pytest.mark.parametrize("path", [p for p in SOURCE if not inside(p, "cli/", "__main__")], ids=name)
def test_library_code_does_not_print_or_pickle(path: Path) -> None:
    assert "print" not in called(path)
    assert "pickle" not in roots(path)


@pytest.mark.parametrize("path", CORE, ids=name)
def test_public_functions_of_the_core_are_documented(path: Path) -> None:
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            is_command = inside(path, "cli/") and node.name in ("add_parser", "run")
            assert is_command or ast.get_docstring(node), f"{name(path)}: {node.name}"


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


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True)
    pattern = re.compile(r"/(work|home|Users)/[a-z]")
    for tracked_name in tracked.stdout.split():
        path = ROOT / tracked_name
        if path.suffix in (".py", ".md", ".toml", ".txt", ".sh", ".ipynb") and path.is_file():
            assert not pattern.search(path.read_text(encoding="utf-8")), tracked_name


def test_every_package_that_is_imported_is_listed() -> None:
    """What arrives only because another package wants it may leave with that package's next version."""
    lines = [line for file in ROOT.glob("requirements*.txt") for line in file.read_text().splitlines()]
    listed = {_plain(re.split(r"[=\[ ]", line)[0]) for line in lines if "==" in line}
    found = {one.split(".")[0] for path in SOURCE for one in imports(path)}
    theirs = found - set(sys.stdlib_module_names) - {"gradcam_core", "ui", "pages"}
    sold_as = packages_distributions()
    assert {
        one for one in theirs if not listed & {_plain(name) for name in sold_as.get(one, [one])}
    } == set()


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
