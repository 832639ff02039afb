"""What belongs together in one finding."""

from tests.findings.conclude.edit_tables import edit_rows, hint, of
from tests.findings.conclude.made import conclude


def test_a_suspicion_keeps_its_class_and_cells() -> None:
    name = "fixed-marker/cat/1"
    rows = edit_rows("patch-insertion", (0.6, 0.0), suspicion=name)
    heat = hint("heat", "fixed-marker", suspicion=name, label="cat", cells=((0, 6),), grid=(7, 7))
    finding = of(conclude([heat], rows), "fixed-marker")
    assert (finding.level, finding.label, finding.cells) == (3, "cat", ((0, 6),))
    assert finding.evidence[0].outcome == "to target"


def test_one_suspicion_is_one_finding_whatever_class_the_edit_names() -> None:
    rows = edit_rows("patch-insertion", (0.0, 0.0), suspicion="roaming-marker/cat/1")
    heat = hint("heat", "roaming-marker", suspicion="roaming-marker/cat/1", label="cat", n=60)
    data = hint("data", "roaming-marker", suspicion="roaming-marker/cat/1", label="cat", n=60)
    found = [entry for entry in conclude([heat, data], rows) if entry.suspicion == "roaming-marker/cat/1"]
    assert [(entry.flag, entry.label) for entry in found] == [("roaming-marker", "cat")]
