from gradcam_core.runs.reviews.meeting import meeting, progress
from tests.runs.reviews.made import act

NOW = [
    *(act("a", "Ana", "weak"), act("b", "Ben", "weak")),
    *(act("a", "Ana", "strong", comment="look"), act("b", "Ben", "strong")),
    *(act("a", "Ana", "agreed"), act("a", "Ben", "agreed"), act("a", "Cleo", "alone", minute=7)),
    *(act("a", "Ana", "flag", kind="finding"), act("b", "Ben", "flag", kind="finding")),
]


def test_the_list_is_in_order_of_disagreement_times_evidence() -> None:
    levels = {
        ("sample", "weak"): 1,
        ("sample", "strong"): 3,
        ("finding", "flag"): 4,
        ("sample", "agreed"): 4,
    }
    found = meeting(NOW, levels)  # type: ignore[arg-type]
    assert [(one.kind, one.sample, one.weight) for one in found] == [
        ("finding", "flag", 1.0),
        ("sample", "strong", 0.8),
        ("sample", "weak", 0.4),
    ]
    assert found[1].given == {"Ana": "a", "Ben": "b"} and found[1].comments == {"Ana": "look"}


def test_without_any_evidence_disagreement_is_still_listed() -> None:
    assert {one.sample for one in meeting(NOW, {})} == {"weak", "strong", "flag"}


def test_progress_counts_what_holds() -> None:
    found = progress(NOW)
    assert [(one.reviewer, one.samples, one.findings) for one in found] == [
        ("Ana", 3, 1), ("Ben", 3, 1), ("Cleo", 1, 0),
    ]  # fmt: skip
    assert found[2].last == "2026-01-31T09:07:00.000000+00:00"
