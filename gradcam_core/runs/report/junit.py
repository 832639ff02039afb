"""What the gate said as a JUnit file, the form that CI servers read."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from gradcam_core.base.errors import RunError
from gradcam_core.runs.gate import Checked

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(path: Path, checked: Checked) -> None:
    """One test case per bar: testsuites, testsuite, testcase, failure; alarms are the suite's system-err.

    Raises:
        RunError: the place cannot be written.
    """
    found = checked.bars
    broken = sum(not bar.holds for bar in found)
    counts = {"tests": str(len(found)), "failures": str(broken), "errors": "0", "time": "0"}
    root = ET.Element("testsuites", {"name": "gradcam_core.check", **counts})
    one = ET.SubElement(root, "testsuite", {"name": _legal(checked.run_id), "skipped": "0", **counts})
    for bar in found:
        name = _legal(bar.name)
        case = ET.SubElement(one, "testcase", classname="gradcam_core.check", name=name, time="0")
        said = _legal(bar.message)
        if bar.holds:
            ET.SubElement(case, "system-out").text = said
        else:
            ET.SubElement(case, "failure", message=said, type="BarBroken").text = said
    if checked.alarms:
        ET.SubElement(one, "system-err").text = _legal("\n".join(checked.alarms))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise RunError(f"a JUnit file at {path}", str(error.strerror or error), "choose another") from error


def _legal(text: str) -> str:
    """Class names come from folders: what XML 1.0 does not allow becomes a question mark in a box."""
    return ILLEGAL.sub("\ufffd", text)
