"""One gate for paths: regular files inside the root come through, and nothing else does."""

import os
import random
from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.inside import among, below, holds, inside, is_name
from tests.hostile_paths import OUTSIDE, plant


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("gate"))


def test_what_lies_inside_comes_through(root: Path) -> None:
    picture = (root / "in" / "a.png").resolve()
    for written in ("in/a.png", "./in/../in/a.png", "link-inside", str(picture), "in/50%25 ~ $HOME.png"):
        assert inside(root, written).is_relative_to(root.resolve())
    assert inside(root, "link-inside") == picture


@pytest.mark.parametrize("written", OUTSIDE)
def test_what_leads_out_or_is_no_regular_file_does_not(root: Path, written: str) -> None:
    here = written.replace("{outside}", str(root.parent / "outside"))
    with pytest.raises(SampleError) as caught:
        inside(root, here)
    assert "canary" not in str(caught.value).replace("canary.txt", "").replace("canary.png", "")
    assert "\0" not in str(caught.value)
    assert not holds(root, here)


def test_a_loop_of_links_and_a_name_too_long_are_refused(root: Path) -> None:
    for written in ("loop-a", "x" * 5000, "a/" * 3000):
        assert not holds(root, written)


def test_a_file_that_nobody_wrote_is_below_but_not_inside(root: Path) -> None:
    assert below(root, "new/file.txt") == root.resolve() / "new" / "file.txt"
    with pytest.raises(ProjectError, match=r"file.txt: no such file"):
        inside(root, "new/file.txt", ProjectError)


def test_places_among_roots(root: Path, tmp_path: Path) -> None:
    assert among(root / "in", [tmp_path, root]) == (root / "in").resolve()
    assert among(Path("/etc"), None) == Path("/etc").resolve()
    hidden = root / ".streamlit" / "secrets.toml"
    for place in (Path("/etc/passwd"), root / ".." / "outside", hidden, root / "out", Path("a\0b")):
        with pytest.raises(ProjectError, match="GRADCAM_ROOTS"):
            among(place, [root])


def test_plain_names() -> None:
    assert is_name("20260102-030405-abc")
    assert not any(map(is_name, ("", ".", "..", "a/b", "a\\b", "a\0b", os.sep, "x" * 256)))


def test_two_thousand_composed_paths_never_lead_out(root: Path) -> None:
    """Parts put together at random; whatever comes through is a regular file below the root."""
    parts = (
        *("in", "out", "a.png", "canary.txt", "canary.png", "outside", "root", "link-inside", "pipe"),
        *(
            "..",
            ".",
            "",
            "~",
            "%2e%2e",
            "\0",
            "\\",
            "C:",
            "device",
            "loop-a",
            "out-file",
            "\u202e",
            "x" * 300,
        ),
    )
    chooser, home = random.Random(7), root.resolve()
    through = 0
    for _ in range(2_000):
        lead = chooser.choice(("", "", "", "/", "//", "\\\\", str(root), str(root.parent), "~/"))
        written = lead + "/".join(chooser.choices(parts, k=chooser.randint(1, 6)))
        try:
            found = inside(root, written)
        except SampleError:
            continue
        through += 1
        assert found.is_file() and found.resolve().is_relative_to(home)
    assert through > 10
