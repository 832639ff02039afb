"""The project's own source files as syntax trees, for the tests of its structure and habits."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "gradcam_core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
SOURCE = [*CORE, *PAGES, *UI, ROOT / "app.py"]


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
        yield from _imports_of(node)


def _imports_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top_imports(path: Path) -> set[str]:
    """Modules that importing a file imports at once, those for types included."""
    return {d for node in tree(path).body for d in _imports_of(node)}


def package(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "gradcam_core" else parts[0]


def roots(path: Path) -> set[str]:
    return {dotted.split(".")[0] for dotted in imports(path)}


def inside(path: Path, *folders: str) -> bool:
    return any(name(path).startswith(f"gradcam_core/{folder}") for folder in folders)
