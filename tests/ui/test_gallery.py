"""What reaches the browser and what comes back, without one."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.maps import browser
from gradcam_core.maps.browser import NAMES
from gradcam_core.runs.project import rectangles
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run
from ui import data, scales, thumbnails
from ui.gallery import cards
from ui.gallery.component import HERE, SCRIPTS, Event, on_gallery_event
from ui.thumbnails import Shown

SHOWN = Shown("data:image/jpeg;base64,AA", (90, 120))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    spoiled = {"every_unreadable": 11, "every_empty": 7, "every_without_region": 5, "every_unlabelled": 6}
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(**spoiled)))


def card(run: Run, row: int, sort: str = "") -> dict[str, Any]:
    return cards.card(run, data.records(run, np.array([row]))[0], SHOWN, "classic", sort)


@pytest.mark.parametrize(
    ("result", "event"),
    [
        ({}, None),
        ({"open": None, "step": None}, None),
        ({"open": {"value": "a7", "seq": "1-1"}}, Event("open", "a7")),
        ({"step": {"value": "b2", "seq": "1-2"}}, Event("step", "b2")),
        ({"open": {"value": ""}}, None),
        ({"open": {"value": 7}}, None),
        ({"open": {"value": {"id": "a7"}}}, None),
        ({"open": "a7"}, None),
        ({"delete": {"value": "a7"}}, None),
    ],
)
def test_events_are_checked(result: dict[str, Any], event: Event | None) -> None:
    assert on_gallery_event(result) == event


def test_every_script_belongs_to_the_component() -> None:
    assert sorted(path.name for path in HERE.glob("*.js")) == sorted(SCRIPTS)
    assert sum("export default" in (HERE / name).read_text() for name in SCRIPTS) == 1


def test_scripts_write_text_never_markup() -> None:
    shared = [Path(browser.__file__).parent / name for name in NAMES]
    for path in (*(HERE / name for name in SCRIPTS), *shared):
        code = path.read_text()
        for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert danger not in code, (path.name, danger)


@pytest.mark.parametrize("row", range(12))
def test_cards_are_plain_json(run: Run, row: int) -> None:
    text = json.dumps(card(run, row), allow_nan=False)
    assert json.loads(text)["id"] == f"sample-{row:05d}"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (0, {"badges": [], "map": True}),
        (4, {"badges": ["no region"], "outline": [], "map": True}),
        (6, {"badges": ["empty map"], "map": False}),
        (10, {"badges": [], "map": False}),
    ],
    ids=["ok", "no region", "empty map", "unreadable"],
)
def test_states_of_a_card(run: Run, row: int, expected: dict[str, Any]) -> None:
    assert expected.items() <= card(run, row).items()


def test_what_no_sample_has_is_no_badge() -> None:
    row: Any = {"region_source": "none"}
    assert cards.badges(row, "ok", some_regions=True) == ["no region"]
    assert cards.badges(row, "empty map", some_regions=False) == ["empty map"]
    assert cards.badges(row, "unreadable", some_regions=True) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [(4, "no region"), (6, "empty map"), (10, "unreadable")],
)
def test_an_undefined_score_says_why(run: Run, row: int, why: str) -> None:
    found = card(run, row)["score"]
    assert (found["value"], found["why"]) == (None, f"not scorable: {why}")


def test_alternative_text_names_truth_prediction_and_focus(run: Run) -> None:
    text = card(run, 3)["alt"]
    assert text.startswith("Truly dog, predicted cat with 0.")
    assert ", wrong; " in text
    assert "Focus ruler 0." in text


def test_a_card_shows_what_the_order_goes_by(run: Run) -> None:
    border = run.table["border_focus"][1]
    assert card(run, 1, "border_focus")["sorted"] == f"Border focus {border:.2f}"
    assert card(run, 6, "border_focus")["sorted"] == "Border focus: none"
    assert card(run, 1, scales.FOCUS)["sorted"] == ""
    assert card(run, 1, "meta_scanner")["sorted"] == "scanner: north"


def test_rulers_carry_chance_and_floor(run: Run) -> None:
    row = data.records(run, np.array([1]))[0]
    found = scales.scale(run, row, "fine_background_focus")
    marks = {mark["kind"]: mark["value"] for mark in found["marks"]}
    assert marks == {"floor": row["fine_floor_focus"], "chance": row["fine_chance_focus"]}
    assert found["range"] == [0, 1]
    focus = scales.scale(run, row, "normalized_background_focus")
    assert [mark["value"] for mark in focus["marks"]] == [0, 1]
    assert scales.scale(run, row, "border_focus")["marks"] == []


def test_maps_travel_raw_and_in_order(run: Run) -> None:
    rows = np.array([8, 1, 10])
    sent = np.frombuffer(base64.b64decode(cards.maps_of(run, rows, "classic")), "<f4").reshape(3, 7, 7)
    stored = run.maps("classic")
    assert (sent[:2] == stored[[8, 1]]).all()
    assert (sent[2] == 0).all(), "a sample without a map has no heat to draw"
    assert np.isnan(stored[10]).all()


def test_one_scale_for_all_ignores_missing_maps(run: Run) -> None:
    peaks = np.nanmax(run.maps("classic"), axis=(1, 2), where=~np.isnan(run.maps("classic")), initial=0)
    assert 0.9 * peaks.max() < data.shared_top(run, "classic") <= peaks.max()


@pytest.mark.parametrize(
    ("resize", "seen", "content"),
    [
        ("squash", [0, 0, 1, 1], [0, 0, 1, 1]),
        ("fit-short", [0, 0.125, 1, 0.875], [0, 0, 1, 1]),  # 90 × 90 of 90 × 120
        ("fit-long", [0, 0, 1, 1], [0.125, 0, 0.875, 1]),
    ],
)
def test_where_the_map_lies(run: Run, resize: str, seen: list[float], content: list[float]) -> None:
    other = Run(run.path, {**run.manifest, "input": {**run.manifest["input"], "resize": resize}})
    found = rectangles(other, {"height": 90, "width": 120})
    assert found == (pytest.approx(seen), pytest.approx(content))


def test_where_nothing_is_known_the_whole_picture_is_meant(run: Run) -> None:
    assert rectangles(run, {"height": 0, "width": 0}) == ([0, 0, 1, 1], [0, 0, 1, 1])


def test_pictures_of_a_page_or_the_reason(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = run.manifest["project"]["root"]
    monkeypatch.setenv("GRADCAM_ROOTS", root)
    paths = ["pictures/000.png", "pictures/broken.png", "pictures/gone.png", "../secret.png"]
    found = thumbnails.page(root, [(path, (90, 120)) for path in paths])
    assert found[0].url.startswith("data:image/jpeg;base64,")
    assert [bool(shown.url) for shown in found] == [True, False, False, False]
    assert [shown.reason for shown in found][1:] == [
        "broken.png is not a picture of a known format",
        "gone.png: no such file",
        "../secret.png, which leads out of the folder tiny",
    ]
