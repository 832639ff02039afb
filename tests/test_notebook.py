"""The notebook: clean in git, and every cell runs on a demo as it would in Colab."""

import os
import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import gradcam_core as gc
from gradcam_core.projects.demos.catalogue import DEMOS

ROOT = Path(__file__).parents[1]
FILE = ROOT / "notebooks" / "gradcam_audit.ipynb"
QUICK = {"MOST": 48, "EDITED": 24}  # of 200 samples; the planted background shows in these, too


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


def test_a_key_is_asked_for_without_an_echo_and_leaves_the_environment() -> None:
    (cell,) = [one.source for one in notebook().cells if "EI_API_KEY" in one.source]
    asked, fetched, removed = (
        cell.index(part)
        for part in ('= getpass("', "open_project(\n        PROJECT", 'os.environ.pop("EI_API_KEY"')
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


def test_without_a_key_the_demonstration_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    (cell,) = [one.source for one in notebook().cells if "EI_API_KEY" in one.source]
    asked: list[str] = []

    def opened(place: str, **_: object) -> None:
        asked.append(place)
        raise KeyboardInterrupt

    monkeypatch.setattr("getpass.getpass", lambda prompt: "")
    monkeypatch.setattr(gc, "open_project", opened)
    names = {"PROJECT": "edge-impulse", "HOST": "", "IMPULSE": "", "BLOCK": "", "os": os}
    with pytest.raises(KeyboardInterrupt):
        exec(cell, names)
    assert asked == ["demo:pets"] and "EI_API_KEY" not in os.environ


def test_every_demonstration_is_offered() -> None:
    (cell,) = [one.source for one in notebook().cells if one.source.startswith("PROJECT")]
    assert set(re.findall(r'"demo:(\w+)"', cell)) == set(DEMOS)


@pytest.mark.slow
@pytest.mark.timeout(900)  # a minute on two free cores
def test_every_cell_runs_on_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    book = notebook()
    for cell in book.cells:
        for name, value in QUICK.items():
            cell.source = re.sub(rf"^{name} = \d+", f"{name} = {value}", cell.source, flags=re.MULTILINE)
    NotebookClient(book, timeout=280, resources={"metadata": {"path": str(FILE.parent)}}).execute()
    shown = [one for cell in book.cells for one in cell.get("outputs", ())]
    assert not [one for one in shown if one.output_type == "error"]
    text = "".join(one.text for one in shown if one.get("name") == "stdout")
    pages = [one.data["text/html"] for one in shown if "text/html" in one.get("data", {})]
    assert "installing" not in text and "only 48 of the samples" in text
    (gallery,) = [page for page in pages if "The first 6 of" in page]
    assert re.search(r"<p>Not tested yet: [^<]* Accuracy \d+ % \(\d+–\d+, n 48\)", gallery)
    assert gallery.count("data:image/jpeg") == 12 and gallery.count("by chance") == 6
    (findings,) = [page for page in pages if "<h4>" in page]
    assert "<h4>Background: level" in findings, "what is planted"
    assert re.search(r"<th>control</th>.*?<td>\d+%</td>", findings)
    assert any("application/vnd.plotly.v1+json" in one.get("data", {}) for one in shown)
    assert "could have been missed" in text
