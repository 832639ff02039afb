"""Choices of an audit are checked where they are made."""

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.tasks.options import AuditOptions


def test_each_map_set_has_its_method() -> None:
    assert AuditOptions().methods == {"classic": "grad-cam", "fine": "layer-cam"}
    assert AuditOptions(maps="fine").methods == {"fine": "layer-cam"}
    assert AuditOptions(maps="classic", pooling="sum_abs").methods == {"classic": "grad-cam-sum-abs"}


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"maps": "all"}, "maps out of: classic, fine, both"),
        ({"pooling": "sum_abs", "method": "layer-cam"}, "pooling is a choice of grad-cam"),
        ({"batch_size": 0}, "at least 1"),
        ({"method": "magic"}, "magic"),
        ({"fine_method": "magic"}, "magic"),
    ],
)
def test_what_does_not_fit_is_refused(choice: dict[str, object], words: str) -> None:
    with pytest.raises(AuditError, match=words):
        AuditOptions(**choice)  # type: ignore[arg-type]
