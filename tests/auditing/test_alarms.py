"""What stands above everything: in the run, on every page, in every export; and the advice followed."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.report.render import render
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run, open_run
from tests.auditing.fed_networks import GREYS, above, project
from tests.cli.cli_output import last_json
from tests.ui.app_pages import opened

PAGES = ("1_Overview.py", "2_Gallery.py", "3_Sample.py", "5_Findings.py", "6_Clusters.py")


def audited(root: Path, home: Path, capsys: pytest.CaptureFixture[str], *said: str) -> dict[str, object]:
    """What the command line prints of an audit."""
    given = ["audit", str(root), "--runs", str(home / "runs"), "--json", "--engine", "tensorflow"]
    assert main([*given, "--maps", "classic", *said]) == 0
    return last_json(capsys.readouterr().out)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one run, of which nobody knows the range of its input."""
    home = tmp_path_factory.mktemp("home")
    root = project(home / "project", above(0.47), labelled=False)
    given = [
        "audit",
        str(root),
        "--runs",
        str(home / "runs"),
        "--engine",
        "tensorflow",
        "--maps",
        "classic",
    ]
    assert main(given) == 0
    return home


@pytest.fixture
def run(home: Path) -> Run:
    return open_run(next((home / "runs").iterdir()))


def test_the_run_says_that_the_range_is_not_known(run: Run) -> None:
    assert run.manifest["input_known"] is False
    (said,) = run.alarms
    assert said.startswith("input range not known") and "--scaling" in said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_it_above_its_title(page: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(page, home, monkeypatch)
    assert len(test.error) == 1 and test.error[0].value.startswith("Input range not known")
    kinds = [element.type for element in test.main]
    assert kinds.index("error") < kinds.index("title"), kinds
    assert not any("range not known" in entry.value for entry in test.warning), "said once"


def test_the_report_says_it_before_its_heading(run: Run) -> None:
    page = render(run, Wanted(samples=0))
    assert page.count("input range not known") == 1
    assert page.index("input range not known") < page.index("<h1>")


def test_the_check_of_a_ci_server_says_it(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    junit = tmp_path / "junit.xml"
    assert main(["check", str(run.path), "--max-unreadable", "0.5", "--junit", str(junit)]) == 0
    assert "ALARM: input range not known" in capsys.readouterr().err
    said = ET.parse(junit).getroot().find("testsuite/system-err")
    assert said is not None and "input range not known" in str(said.text)


def test_given_the_range_nothing_is_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = audited(home / "project", tmp_path, capsys, "--scaling", "0..1")
    assert found["alarms"] == []
    assert open_run(Path(str(found["run"]))).manifest["input_known"] is True


def test_what_was_decided_is_computed_and_kept_in_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = audited(project(tmp_path / "p", above(120)), tmp_path, capsys)
    run = open_run(Path(str(found["run"])))
    assert (found["accuracy"], found["alarms"]) == (1.0, [])
    assert run.manifest["input"]["scaling"] == "0..255"
    assert run.manifest["input"]["channel_order"] == "rgb"


@pytest.mark.parametrize(
    ("first", "given"),
    [(120.0, "--scaling=-1..1"), (0.47, "--scaling=0..255")],
)
def test_a_switch_that_would_raise_the_accuracy_raises_it_to_what_is_said(
    first: float, given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path / "p", above(first))
    before = audited(root, tmp_path, capsys, given)
    said = " ".join(str(one) for one in before["alarms"])  # type: ignore[attr-defined]
    switch = re.search(r"(--[a-z-]+=\S+)", said)
    share = re.search(r"(\d+) % of 40 right against (\d+) %", said)
    assert switch and share, said
    assert round(100 * float(str(before["accuracy"]))) == int(share[2])
    after = audited(root, tmp_path, capsys, switch[1])
    assert round(100 * float(str(after["accuracy"]))) == int(share[1])
    assert after["alarms"] == []


def test_another_class_order_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classes = {"a dark": GREYS["dark"], "bright": GREYS["bright"]}
    root = project(tmp_path / "p", above(0.47), classes)
    before = audited(root, tmp_path, capsys)
    said = " ".join(str(one) for one in before["alarms"])  # type: ignore[attr-defined]
    assert before["accuracy"] == 0.0 and "right on 0% of 40" in said
    order = re.search(r"the class order (.*) fits the labels clearly better: 100% of 40 right", said)
    assert order is not None, said
    (tmp_path / "names.txt").write_text("\n".join(order[1].split(", ")), encoding="utf-8")
    after = audited(root, tmp_path, capsys, "--labels", str(tmp_path / "names.txt"))
    assert (after["accuracy"], after["alarms"]) == (1.0, [])


def test_one_class_for_all_is_said_of_all_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path / "p", above(50.0), n=80)
    found = audited(root, tmp_path, capsys, "--scaling", "0..1", "--channel-order", "rgb")
    assert any("“dark” for all of 80 pictures" in one for one in found["alarms"])  # type: ignore[attr-defined]


def test_a_run_of_before_opens_without_the_new_entries(home: Path, run: Run, tmp_path: Path) -> None:
    old = json.loads(json.dumps(run.manifest))
    del old["input"]["channel_order"], old["input_known"]
    for fact in old["facts"]:
        del fact["alarm"]
    before = Run(**{**vars(run), "manifest": old})
    assert before.input_spec.channel_order == "rgb"
    assert before.alarms == []
    assert np.isfinite(before.maps()).all()
