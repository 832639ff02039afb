"""A missing optional part is one sentence with a command that installs it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gradcam_core.base import extras
from gradcam_core.base.errors import AuditError
from tests.source_tree import ROOT

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def test_what_is_there_is_imported() -> None:
    with extras.extra("cluster", "--cluster"):
        import json
    assert json


def test_what_is_missing_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AuditError) as caught, extras.extra("cluster", "--cluster"):
        import ray  # noqa: F401
    assert caught.value.expected == "the packages that --cluster needs"
    assert "ray" in caught.value.found
    assert caught.value.todo.startswith("pip install '")
    assert caught.value.todo.endswith("[cluster]'")


def test_a_checkout_installs_from_its_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        raise extras.PackageNotFoundError(name)

    monkeypatch.setattr(extras, "distribution", nowhere)
    assert extras.install("dicom") == f"pip install '{ROOT}[dicom]'"


@pytest.mark.parametrize(
    ("package", "name", "command"),
    [
        ("ray", "cluster", ["audit", "nowhere", "--cluster", "auto"]),
        ("fsspec", "cluster", ["inspect", "memory://nowhere"]),
        ("httpx", "edge-impulse", ["inspect", "edge-impulse"]),
        ("tenacity", "edge-impulse", ["deploy", "--metadata", "none.json"]),
    ],
)
def test_a_command_without_its_extra(package: str, name: str, command: list[str], tmp_path: Path) -> None:
    assert name in DECLARED
    done = _without(package, command, tmp_path)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert package in done.stderr
    assert f"[{name}]'" in done.stderr


def test_the_rest_works_without_any_extra(tmp_path: Path) -> None:
    packages = ("ray", "fsspec", "httpx", "tenacity")
    assert _without(packages, ["--help"], tmp_path).returncode == 0
    code = "import ui.analyse.ask, ui.analyse.running, gradcam_core.projects as p; print(list(p.SOURCES))"
    assert "edge-impulse" in _python(_hidden(packages) + code, tmp_path).stdout


def _without(
    packages: str | tuple[str, ...], command: list[str], home: Path
) -> subprocess.CompletedProcess:
    hide = _hidden((packages,) if isinstance(packages, str) else packages)
    return _python(f"{hide}from gradcam_core.__main__ import main\nsys.exit(main({command!r}))", home)


def _hidden(packages: tuple[str, ...]) -> str:
    return f"import sys\nsys.modules |= dict.fromkeys({packages!r})\n"


def _python(code: str, home: Path) -> subprocess.CompletedProcess:
    environment = {**os.environ, "GRADCAM_HOME": str(home), "EI_API_KEY": "ei_nothing"}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
