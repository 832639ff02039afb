"""Numbers as words."""

import pytest

from ui.values import decoded, percent


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (1, "100 %"), (0.004, "0.4 %"), (0.00001, "0.1 %"), (0.94, "94 %"), (0.9996, "99.9 %")],
)
def test_what_is_not_all_is_never_called_all(share: float, said: str) -> None:
    assert percent(share) == said


def test_a_damaged_picture_is_none() -> None:
    assert decoded("aGk=") == b"hi"
    assert decoded("no base64!") == decoded(None) == b""
