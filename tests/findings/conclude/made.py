"""Conclusions with the edits that there are."""

from functools import partial

from gradcam_core.edits import CHECKS
from gradcam_core.findings.conclude import conclude as conclude_with
from gradcam_core.findings.conclude.edit_tests import edit_tests as edit_tests_with

conclude = partial(conclude_with, checks=CHECKS)
edit_tests = partial(edit_tests_with, checks=CHECKS)
