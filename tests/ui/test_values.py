"""Values out of tables."""

from ui.values import decoded


def test_a_damaged_picture_is_none() -> None:
    assert decoded("aGk=") == b"hi"
    assert decoded("no base64!") == decoded(None) == b""
