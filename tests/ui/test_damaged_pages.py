"""Pages on damaged runs, jobs and views, and with hostile addresses: drawn, said, never an exception."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import damages
from tests.hostile_paths import CANARY, plant
from tests.searched_run import LOOK, searched, uses
from tests.ui.app_pages import opened, text_of
from ui import jobs, ordering, state
from ui.prose import plain

PAGES = ("1_Overview.py", "2_Gallery.py", "3_Sample.py", "5_Findings.py", "6_Clusters.py")
FILES = damages.of_files()
SPOILT = {
    "1_Overview.py": ("samples.parquet garble", "heatmaps.npy cut", "findings.json pipe"),
    "2_Gallery.py": ("fine_heatmaps.npy remove", "outlines.parquet garble", "samples.parquet empty"),
    "3_Sample.py": ("heatmaps.npy folder", "trust.json garble", "examples/examples.json pipe"),
    "5_Findings.py": ("findings.json garble", "associations.parquet empty", "heatmaps.npy link"),
    "6_Clusters.py": ("clusters.parquet garble", "samples.parquet pipe", "associations.parquet folder"),
}
CASES = [(page, name) for page, names in SPOILT.items() for name in names]
ODD = ("[]", "null", "{", '{"pid": "x"}', '{"kind": 1, "options": []}', "9" * 5_000, "[" * 50_000)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched(tmp_path_factory.mktemp("whole"), (uses(), LOOK))


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    target = tmp_path / "runs" / whole.name
    shutil.copytree(whole, target)
    return target


def said(test: AppTest) -> str:
    return " ".join(str(entry.value) for entry in (*test.error, *test.warning, *test.info))


@pytest.mark.parametrize(("page", "name"), CASES)
def test_a_page_says_which_file_is_broken(
    page: str, name: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILES[name](run)
    test = opened(page, tmp_path, monkeypatch)
    file = Path(name.split(" ", maxsplit=1)[0]).name
    if file not in ("examples.json", "trust.json") and not (page[0] == "6" and file.startswith("assoc")):
        assert plain(file) in said(test) or file in text_of(test)


@pytest.mark.parametrize("page", PAGES)
def test_a_healthy_run_is_drawn_beside_damaged_ones(
    page: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, spoil in enumerate(damages.ODD_JSON.values()):
        shutil.copytree(run, run.parent / f"bad-{number}")
        spoil(run.parent / f"bad-{number}")
    (run.parent / "folder").mkdir()
    (run.parent / "folder" / "manifest.json").mkdir()
    test = opened(page, tmp_path, monkeypatch)
    assert not test.error
    assert test.query_params["run"] in (run.name, [run.name])
    assert "Cannot be opened: " in text_of(test)
    assert str(tmp_path) not in text_of(test)
    bad = opened(page, tmp_path, monkeypatch, run="bad-0")
    assert "cannot be opened" in bad.error[0].value


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_jobs_and_views_of_another_shape_are_passed_over(
    text: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, file in (("jobs/a", "job.json"), ("views", "abc.json")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / file).write_text(text)
    assert not opened("4_Analyse.py", tmp_path, monkeypatch, look="a").error
    opened("2_Gallery.py", tmp_path, monkeypatch, view="abc")


@pytest.mark.parametrize("key", ["run", "sample", "view", "look", "project", "page", "per", "sort", "edit"])
def test_no_address_reads_a_file_or_breaks_a_page(
    key: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(tmp_path / "gate")
    (tmp_path / "views").mkdir()
    secret = root.parent / "outside" / "canary.txt"
    for value in (str(secret), "../gate/outside/canary.txt", "..", "\0", "x" * 5_000, "9" * 5_000):
        page = "4_Analyse.py" if key in ("look", "project") else "2_Gallery.py"
        test = opened(page, tmp_path, monkeypatch, **{key: value})
        assert CANARY not in str(test.main) + str(test.sidebar)


def test_page_numbers_and_names_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, page in (("9" * 5_000, 1), ("7", 7), ("-1", 1), ("²", 1), ("", 1)):
        monkeypatch.setattr(state, "get", lambda *_, said=text: said)
        assert ordering.asked_page() == page
    assert not [name for name in ("..", ".", "a/b", "\0", "x" * 5_000) if jobs.get_job(name)]
