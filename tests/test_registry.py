import pytest

from gradcam_core.errors import AuditError
from gradcam_core.registry import Registry


def test_two_entries_of_one_name_are_refused() -> None:
    registry: Registry[str] = Registry("score", "gradcam_core.scores")
    registry.add("a", "one")
    with pytest.raises(ValueError, match="two score entries are called 'a'"):
        registry.add("a", "two")


def test_an_unknown_name_lists_the_known_ones() -> None:
    registry: Registry[str] = Registry("colour", "gradcam_core.report")
    registry.add("red", "r")
    registry.add("blue", "b")
    with pytest.raises(AuditError, match=r"a colour out of: blue, red.*'green'"):
        registry["green"]
