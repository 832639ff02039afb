import copy
from typing import Any

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.answers import acts_of

ROW = {"sample": "s1", "hash": "ab", "verdict": "unsure", "comment": "", "time": "2026-01-31T09:00:00Z"}
ANSWERS: dict[str, Any] = {"format": 1, "run": "pets-1", "reviewer": "Ana", "acts": [ROW]}


def test_answers_become_acts_of_their_reader_and_twice_the_same_are_the_same() -> None:
    (one,) = acts_of(ANSWERS, "pets")
    assert (one.project, one.run, one.reviewer, one.kind) == ("pets", "pets-1", "Ana", "sample")
    assert (one.sample, one.hash, one.verdict) == ("s1", "ab", "unsure")
    assert acts_of(copy.deepcopy(ANSWERS), "pets") == [one]
    other = acts_of({**ANSWERS, "reviewer": "Ben"}, "pets")
    assert other[0].id != one.id


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], "format"),
        ({**ANSWERS, "format": 2}, "format"),
        ({**ANSWERS, "acts": {}}, 'list "acts"'),
        ({**ANSWERS, "acts": [ROW, 3]}, "act 2"),
        ({**ANSWERS, "acts": [{**ROW, "hash": ""}]}, "hash"),
        ({**ANSWERS, "acts": [{**ROW, "verdict": ["unsure"]}]}, "verdict of act 1"),
        ({**ANSWERS, "acts": [{**ROW, "time": "yesterday"}]}, "time"),
        ({**ANSWERS, "reviewer": None}, "reviewer"),
        ({**ANSWERS, "reviewer": ""}, "reviewer"),
        ({**ANSWERS, "run": "\ud800"}, "run of act 1"),
        ({**ANSWERS, "acts": [{**ROW, "comment": "a\0b"}]}, "comment of act 1"),
        ({**ANSWERS, "acts": [{**ROW, "time": "9999-12-31T23:59:59-23:59"}]}, "time"),
        ({**ANSWERS, "acts": [{**ROW, "time": "0001-01-01T00:00:00+23:00"}]}, "time"),
    ],
)
def test_what_is_no_answers_file_is_said_by_its_part(answers: Any, said: str) -> None:
    with pytest.raises(AuditError, match=said):
        acts_of(answers, "pets")
