"""JUnit files: what CI servers read, whatever a class is called."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse as parse_safely

from gradcam_core.base.errors import RunError
from gradcam_core.runs.gate import Bar, Checked
from gradcam_core.runs.report.junit import write_junit

NASTY = 'Fixed marker at level 3: "a<b>" & c\x00\x1b\ufffe \U0001f600 dög'


def test_ci_servers_can_read_the_file(tmp_path: Path) -> None:
    report = tmp_path / "new" / "junit.xml"
    bars = (Bar("fail-level 3", False, NASTY), Bar("max-border", True, "fine"))
    write_junit(report, Checked("run\x01", bars))
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
        write_junit(tmp_path / "file" / "junit.xml", Checked("run", ()))
