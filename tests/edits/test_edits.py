"""Each edit moves the model that uses what it changes, and its control does not."""

from gradcam_core.edits import CHECKS
from gradcam_core.runs.findings import EDIT_WORDS, TITLES


def test_every_check_names_itself_and_its_fillers():
    for name, check in CHECKS.items():
        assert check.title and check.help and check.action and check.fillers, name
    assert {name for name, check in CHECKS.items() if not check.needs_region} == {
        *("spot-removal", "patch-insertion", "photometry", "border-crop")
    }


def test_what_an_edit_decides_without_a_suspicion_is_a_flag_of_findings():
    decided = {name: check.flag for name, check in CHECKS.items() if check.flag}
    assert set(decided.values()) <= set(TITLES)
    assert set(decided) == {n for n, one in CHECKS.items() if one.decisive and not one.flags}
    assert set(EDIT_WORDS) <= set(CHECKS), "words of an edit that there is not"
