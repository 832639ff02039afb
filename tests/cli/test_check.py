"""The command check: what CI servers read, what is no pass, and numbers instead of classes."""

import argparse
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from defusedxml.ElementTree import parse as parse_safely

from gradcam_core.base.errors import RunError
from gradcam_core.cli import check
from gradcam_core.cli.check import Bar, write_junit
from gradcam_core.runs import findings
from gradcam_core.runs.findings import Finding
from tests.run_factory import Recipe, make_run


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    check.add_parser(parser.add_subparsers(required=True))
    return parser.parse_args(["check", *arguments])


NASTY = 'Fixed marker at level 3: "a<b>" & c\x00\x1b\ufffe \U0001f600 dög'


def test_ci_servers_can_read_the_file(tmp_path: Path) -> None:
    report = tmp_path / "new" / "junit.xml"
    write_junit(report, "run\x01", [Bar("fail-level 3", False, NASTY), Bar("max-border", True, "fine")])
    root = parse_safely(report).getroot()
    assert root is not None
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.tag == "testsuite"
    for node in (root, suite):
        assert {key: node.attrib[key] for key in ("tests", "failures", "errors")} == {
            "tests": "2", "failures": "1", "errors": "0",
        }  # fmt: skip
    assert [case.tag for case in suite] == ["testcase"] * 2
    assert all({"classname", "name", "time"} <= set(case.attrib) for case in suite)
    broken, held = suite
    assert [child.tag for child in broken] == ["failure"]
    assert broken[0].attrib["type"] == "BarBroken"
    expected = 'Fixed marker at level 3: "a<b>" & c\ufffd\ufffd\ufffd \U0001f600 dög'
    assert broken[0].text == broken[0].attrib["message"] == expected
    assert [child.tag for child in held] == ["system-out"]
    assert report.read_bytes().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert ET.parse(report).getroot()[0].attrib["name"] == "run\ufffd"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="a JUnit file at"):
        write_junit(tmp_path / "file" / "junit.xml", "run", [])


@pytest.mark.parametrize(
    ("level", "edits", "passes"), [(2, False, True), (3, True, True), (3, False, False)]
)
def test_a_search_without_edits_is_no_pass(level: int, edits: bool, passes: bool, tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    findings.write_findings(path, [Finding("border", 1)], edits=edits, budget=10, seed=0)
    args = parse(str(path), "--fail-level", str(level))
    if passes:
        assert args.run(args) == 0
    else:
        with pytest.raises(RunError, match="findings with edits"):
            args.run(args)


def test_a_damaged_search_is_one_clear_line(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    (path / findings.FINDINGS).write_text("{")
    args = parse(str(path), "--fail-level", "1")
    with pytest.raises(RunError, match=r"findings\.json cannot be used"):
        args.run(args)


def test_errors_of_numbers_have_a_bar_of_their_own() -> None:
    table = pd.DataFrame({"error": [-0.5, 1.5, None]})
    bars = [next(check.bars(parse("run", "--max-error", limit), table, None)) for limit in ("1", "0.9")]
    assert [bar.holds for bar in bars] == [True, False]
    assert bars[0].message == "measured 1.000, bar 1"
    with pytest.raises(RunError, match="answers are numbers"):
        next(check.bars(parse("run", "--max-error", "1"), pd.DataFrame(), None))
