"""The notebook: clean in git, and every cell runs on a demo as it would in Colab."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

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
        cell.index(part) for part in ('= getpass("', "open_project(PROJECT", 'os.environ.pop("EI_API_KEY"')
    )
    assert asked < fetched < removed and "finally:" in cell[fetched:removed]


def test_the_placeholder_of_the_address_is_said_before_anything_is_cloned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (cell,) = [one.source for one in notebook().cells if one.source.startswith("import importlib")]
    with pytest.raises(SystemExit, match="Set REPOSITORY"):
        exec(cell, {})
    assert list(tmp_path.iterdir()) == []


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
    assert re.search(r"Accuracy \d+ % \(\d+–\d+, n 48\)", text)
    (gallery,) = [page for page in pages if "The first 12 of" in page]
    assert gallery.count("data:image/jpeg") == 24 and gallery.count("by chance") == 12
    (findings,) = [page for page in pages if "<h4>" in page]
    assert "<h4>Background: level" in findings, "what is planted"
    assert re.search(r"<th>control</th>.*?<td>\d+%</td>", findings)
    assert any("application/vnd.plotly.v1+json" in one.get("data", {}) for one in shown)
    assert "could have been missed" in text
