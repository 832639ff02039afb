"""Habits that a reader can rely on: short files, documented names, one place for state and secrets."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median

from tests.source_tree import CORE, PAGES, ROOT, SOURCE, UI, called, imports, inside, name, roots, tree

STATE = re.compile(r"\bst\.(session_state|query_params)\b")


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_state_is_kept_in_one_file() -> None:
    touching = [
        name(p) for p in (*PAGES, *UI, ROOT / "app.py") if STATE.search(p.read_text(encoding="utf-8"))
    ]
    assert touching == ["ui/state.py"]


def test_no_file_is_too_long_to_read() -> None:
    files = (*SOURCE, *(ROOT / "tests").rglob("*.py"))
    assert {name(path): lines_of(path) for path in files if lines_of(path) > 250} == {}


def test_the_median_file_is_short() -> None:
    assert median(map(lines_of, SOURCE)) <= 90


def test_library_code_does_not_print_or_pickle() -> None:
    library = [path for path in SOURCE if not inside(path, "cli/", "__main__")]
    assert [name(path) for path in library if "print" in called(path) or "pickle" in roots(path)] == []


def test_public_functions_of_the_core_are_documented() -> None:
    assert [f"{name(path)}: {one}" for path in CORE for one in undocumented(path)] == []


def undocumented(path: Path) -> Iterator[str]:
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            is_command = inside(path, "cli/") and node.name in ("add_parser", "run")
            if not (is_command or ast.get_docstring(node)):
                yield node.name


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
