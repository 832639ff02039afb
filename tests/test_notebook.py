"""The notebook: clean in git, and every cell runs unedited on a project of the contract server."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from IPython.core.error import StdinNotImplementedError
from nbclient import NotebookClient

import gradcam_core as gc
from gradcam_core.projects.demos.catalogue import DEMOS
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.studio import Studio, serve

ROOT = Path(__file__).parents[1]
FILE = ROOT / "notebooks" / "gradcam_audit.ipynb"


def notebook() -> nbformat.NotebookNode:
    return nbformat.read(FILE, as_version=4)


def test_git_holds_neither_outputs_nor_traces_of_a_machine() -> None:
    book = notebook()
    nbformat.validate(book)
    assert set(book.metadata) == {"kernelspec"} and set(book.metadata.kernelspec) == {
        "display_name", "language", "name",
    }  # fmt: skip
    for cell in book.cells:
        assert not cell.metadata and not cell.get("outputs") and cell.get("execution_count") is None


def key_cell() -> str:
    (cell,) = [one.source for one in notebook().cells if 'pop("EI_API_KEY"' in one.source]
    return cell


def test_a_key_is_asked_for_without_an_echo_and_leaves_the_environment() -> None:
    cell = key_cell()
    asked, fetched, removed = (
        cell.index(part)
        for part in ('or getpass("', "open_project(\n        PROJECT", 'os.environ.pop("EI_API_KEY"')
    )
    assert asked < fetched < removed and "finally:" in cell[fetched:removed]


def install_cell() -> str:
    (cell,) = [one.source for one in notebook().cells if one.source.startswith("import importlib")]
    return cell


def test_far_from_its_folder_it_asks_for_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="Put the wheel gradcam_audit-"):
        exec(install_cell(), {})
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_beside_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("subprocess.run", lambda command, **_: asked.append(command))
    wheel = tmp_path / "gradcam_audit-9.9-py3-none-any.whl"
    wheel.touch()
    with pytest.raises(SystemExit, match="Restart the session"):  # this process has NumPy in memory
        exec(install_cell(), {})
    assert asked == [[sys.executable, "-m", "pip", "install", "-q", f"{wheel}[edge-impulse]"]]


def test_it_uses_the_front_door_and_nothing_behind_it() -> None:
    imported = {
        line for cell in notebook().cells if cell.cell_type == "code"
        for line in cell.source.splitlines() if re.match(r"\s*(import|from) gradcam_core", line)
    }  # fmt: skip
    assert imported == {"import gradcam_core as gc"}


def nothing(_prompt: str) -> str:
    return ""


def nobody(_prompt: str) -> str:
    raise StdinNotImplementedError("the front end takes no input")


@pytest.mark.parametrize("ask", [nothing, nobody])
def test_without_a_key_the_demonstration_is_opened(
    ask: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = key_cell()
    asked: list[str] = []

    def opened(place: str, **_: object) -> None:
        asked.append(place)
        raise KeyboardInterrupt

    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr(gc, "open_project", opened)
    names = {"PROJECT": "edge-impulse", "HOST": "", "IMPULSE": "", "BLOCK": "", "os": os}
    with pytest.raises(KeyboardInterrupt):
        exec(cell, names)
    assert asked == ["demo:pets"] and "EI_API_KEY" not in os.environ


def test_nothing_has_to_be_edited_for_a_project_of_ones_own() -> None:
    (cell,) = [one.source for one in notebook().cells if one.source.startswith("PROJECT")]
    assert cell.startswith('PROJECT = "edge-impulse"')


def test_every_demonstration_is_offered() -> None:
    (cell,) = [one.source for one in notebook().cells if one.source.startswith("PROJECT")]
    assert set(re.findall(r'"demo:(\w+)"', cell)) == set(DEMOS)


@pytest.mark.slow
@pytest.mark.timeout(900)  # half a minute on two free cores
def test_every_cell_runs_unedited_on_a_project_at_edge_impulse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy.h5()
    with serve(Studio()) as studio:
        given = {"GRADCAM_HOME": str(tmp_path), "NO_PROXY": "127.0.0.1", "EI_API_KEY": toy.KEY}
        for name, value in {**given, "EI_API_ENDPOINT": studio.url}.items():
            monkeypatch.setenv(name, value)
        book = notebook()
        book.cells.append(nbformat.v4.new_code_cell('print("left:", os.environ.get("EI_API_KEY"))'))
        NotebookClient(book, timeout=280, resources={"metadata": {"path": str(FILE.parent)}}).execute()
    shown = [one for cell in book.cells for one in cell.get("outputs", ())]
    assert not [one for one in shown if one.output_type == "error"]
    text = "".join(one.text for one in shown if one.get("name") == "stdout")
    pages = [one.data["text/html"] for one in shown if "text/html" in one.get("data", {})]
    assert "installing" not in text and "left: None" in text and toy.KEY not in str(book)
    (gallery,) = [page for page in pages if "The first 6 of" in page]
    assert re.search(r"<p>Not tested yet: [^<]* Accuracy \d+ % \(\d+–\d+, n 12\)", gallery)
    assert gallery.count("data:image/jpeg") == 12 and gallery.count("by chance") == 6
    assert any("application/vnd.plotly.v1+json" in one.get("data", {}) for one in shown)
    assert "could have been missed" in text
