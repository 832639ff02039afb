"""Which file belongs to which sample."""

from pathlib import Path

from gradcam_core.base.types import Sample
from gradcam_core.images.regions import Matcher


def test_same_names_need_their_folders(tmp_path: Path, samples: list[Sample]) -> None:
    matcher = Matcher(samples, tmp_path)
    assert matcher.find("x/dog/1.jpg") == "dog/1"
    assert matcher.find("C:\\data\\CAT\\1.JPG") == "cat/1"
    assert matcher.find("2.v1") == "dog/2.v1"
    assert matcher.find("cat/2.v1.png") is None  # there is a folder cat, and this picture is not in it
    assert matcher.find("1.jpg") is None
    assert matcher.ambiguous == {"1.jpg"}
    assert matcher.find("") is None
