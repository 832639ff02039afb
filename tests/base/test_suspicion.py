"""What the id of a suspicion says."""

import pytest

from gradcam_core.base.suspicion import flag_of, parts_of, source_of


@pytest.mark.parametrize(
    ("name", "parts", "source"),
    [
        ("fixed-marker/dog/fine-3-4", ("fixed-marker", "dog", "fine-3-4"), "fine"),
        ("roaming-marker/a/b/patch", ("roaming-marker", "a/b", "patch"), "patch"),
        ("border/None/data", ("border", "None", "data"), "data"),
        ("fixed-marker/cat/1", ("fixed-marker", "cat", "1"), None),
        ("", ("", "", ""), None),
    ],
)
def test_an_id_says_flag_label_and_source(
    name: str, parts: tuple[str, str, str], source: str | None
) -> None:
    assert parts_of(name) == parts
    assert flag_of(name) == parts[0]
    assert source_of(name) == source
