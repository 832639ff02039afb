"""Every published layout of ``docs/layouts.md`` is right, or refused with its true reason."""

from pathlib import Path

import pytest

from benchmarks.layouts import LAYOUTS
from benchmarks.layouts.__main__ import row
from benchmarks.layouts.checking import outcome
from benchmarks.layouts.drawing import Layout, Truth, pictures, save
from tests.source_tree import ROOT


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_loads_as_it_is_or_is_refused_by_name(name: str, tmp_path: Path) -> None:
    one = LAYOUTS[name]
    found = outcome(one, tmp_path)
    if one.refused:
        assert one.refused in found.reason
        return
    assert (found.reason, found.wrong) == ("", ())
    (again := tmp_path / "again").mkdir()
    truth = one.draw(again)
    assert found.pictures == len(truth.labels) > 0
    assert found.regions == len(truth.regions)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    def draw(root: Path) -> Truth:
        made = pictures(2)
        for one in made:
            save(one, root / one.label / f"{one.name}.png")
        return Truth({"img000": "dog", "img001": "dog", "gone": "cat"}, {"img000": [made[0].corners]})

    found = outcome(Layout("wrong", draw), tmp_path)
    assert found.labels == 1
    assert found.wrong == (
        "img000 has no region",
        "label of img000 is cat, not dog",
        "picture gone is missing",
    )
    assert row("wrong", found, 0.1).startswith("| wrong | ✘ img000 has no region;")


def test_the_page_has_every_layout_and_no_cross() -> None:
    page = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    assert all(
        f"| {one.title.replace('|', '/')} | {'refused' if one.refused else '✔'}" in page
        for one in LAYOUTS.values()
    )
    assert "✘" not in page
