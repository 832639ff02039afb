"""The checks of one model's maps, taken together."""

import numpy as np
import pytest

from gradcam_core.findings.trust.report import TrustCheck, TrustReport, Verdict, median, unmeasured


def report(**verdicts: Verdict) -> TrustReport:
    checks = tuple(TrustCheck(name, name, 0.5, 0.1, one, "") for name, one in verdicts.items())
    return TrustReport("grad-cam", "classic", checks)


@pytest.mark.parametrize(
    ("verdicts", "worst", "trusted"),
    [
        ({}, "amber", True),
        ({"randomisation": "green", "agreement": "amber"}, "amber", True),
        ({"agreement": "red", "deletion": "green"}, "red", True),
        ({"agreement": "green", "deletion": "red"}, "red", False),
        ({"randomisation": "red"}, "red", False),
    ],
)
def test_the_worst_counts_and_two_checks_decide(
    verdicts: dict[str, Verdict], worst: Verdict, trusted: bool
) -> None:
    found = report(**verdicts)
    assert (found.verdict, found.trusted) == (worst, trusted)
    assert (found.as_json()["verdict"], found.as_json()["trusted"]) == (worst, trusted)


def test_what_could_not_be_measured_is_amber() -> None:
    check = unmeasured("deletion", "Deletion", 0.1, "too few pictures")
    assert (check.value, check.verdict) == (None, "amber")
    assert check.sentence == "Not measured: too few pictures."


def test_the_median_leaves_gaps_out() -> None:
    assert median(np.array([1, np.nan, 3, 8, np.inf], np.float32)) == 3
    assert median(np.array([np.nan], np.float32)) is None
