"""The report as text: what each variant holds, what none may hold; nothing in it points outside."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.report.render import render
from gradcam_core.runs.report.wanted import AUDIENCES, Audience, Wanted
from gradcam_core.runs.store import Run, open_run
from tests.hostile_names import hostile_run
from tests.run_factory import Recipe, make_run
from tests.searched_run import LOOK, QUIET, searched, uses

LOADING = {"src", "href", "srcset", "action", "formaction", "data", "poster", "background", "ping", "cite"}
MARKUP = re.compile(r"<(?:img src=x|a href=.http)", re.IGNORECASE)


class Reader(HTMLParser):
    """Every attribute that could load something, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.inside: list[tuple[str, str]] = []
        self.policy = ""
        self.handlers: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.loads += [value for name, value in given.items() if name in LOADING]
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        self.policy = given["content"] if "Security" in given.get("http-equiv", "") else self.policy
        self._in = f"{tag} {given.get('type', '')}".strip() if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.inside.append((self._in, data))


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def held(page: str) -> dict[str, Any]:
    """The data of the samples."""
    found: dict[str, Any] = json.loads(dict(read(page).inside)["script application/json"])
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(searched(tmp_path_factory.mktemp("home"), (uses(), LOOK, QUIET)))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(hostile_run(tmp_path_factory.mktemp("hostile")))


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_points_outside_and_the_policy_allows_only_what_is_in_it(
    audience: Audience, names: bool, hostile: Run
) -> None:
    page = render(hostile, Wanted(audience, names, samples=6))
    found = read(page)
    assert all(one.startswith("data:image/jpeg;base64,") for one in found.loads)
    assert not MARKUP.search(page) and not found.handlers
    assert (
        "default-src 'none'" in found.policy and "unsafe" not in found.policy and "http" not in found.policy
    )
    for kind, text in found.inside:
        if kind in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in found.policy, kind
            assert not re.search(r"https?:|//[a-z]+\.|@import|url\(|fetch\(|XMLHttp|import\(", text)


def test_the_whole_report_has_the_sentence_the_strips_and_what_was_not_found(run: Run) -> None:
    page = render(run, Wanted())
    assert "Uses the background for “dog”: 5 in 10 predictions change" in page
    assert "+45 points" in page and "95 % interval 31 to 58" in page and "n 60" in page
    for part in (
        "its heat",
        "▲ cat (dog 0.20)",
        "control edit",
        "a reliance below 17 %",
        "background swapped",
    ):
        assert part in page, part
    assert page.count("<svg") == 2 and "Cliff&#39;s delta" in page
    assert len(held(page)["cards"]) == 80


def test_pictures_and_heat_of_a_card_are_those_of_the_sample(run: Run) -> None:
    one = held(render(run, Wanted(with_names=True, samples=3)))["cards"][1]
    row = run.table.index[run.table["sample_id"] == one["id"]][0]
    file = Path(str(run.root)) / run.table["path"].iloc[row]
    assert one["hash"] == hashlib.sha256(file.read_bytes()).hexdigest()
    heat = base64.b64decode(one["heat"])
    expected = run.maps("classic")[row]
    assert max(heat) == 255 and len(heat) == expected.size
    assert heat.index(255) == int(expected.argmax())
    assert one["size"] == [90, 120] and one["outline"]


def test_without_names_no_id_file_or_metadata_is_in_it(run: Run) -> None:
    page = render(run, Wanted())
    assert "sample-0" not in page and ".png" not in page and "scanner" not in page
    assert str(run.root) not in page and "What was understood" not in page
    assert {one["id"].split(":")[0] for one in held(page)["cards"]} == {"row"}
    named = render(run, Wanted(with_names=True))
    assert "sample-00000" in named and "pictures/000.png" in named and "scanner" in named


def test_a_reader_is_told_nothing_of_the_model(run: Run) -> None:
    page = render(run, Wanted("reader", with_names=True))
    data = held(page)
    assert data["blind"] and len(data["cards"]) == 80
    said = {one["said"] for one in data["cards"]}
    assert said == {"label cat", "label dog"} and not any(one["ruler"] for one in data["cards"])
    body = page.split("<main>")[0] + page.split("<main>")[1].split('<section id="glossary">')[0]
    assert not re.search(r"predicted|correct|Accuracy|points|Findings|level 3", body)


def test_an_owner_gets_findings_and_no_sample_and_no_script(run: Run) -> None:
    page = render(run, Wanted("owner"))
    assert (
        "Uses the background" in page and "<script" not in page and "script-src 'none'" in read(page).policy
    )
    assert page.count('<article class="finding') == 1, "only what the model uses"


def test_a_run_that_nobody_searched_says_so(tmp_path: Path) -> None:
    page = render(open_run(make_run(tmp_path, Recipe(n=8, pictures=4))), Wanted(samples=2))
    assert "Not tested yet" in page and "not searched for shortcuts yet" in page


def test_what_does_not_fit_is_counted(run: Run) -> None:
    page = render(run, Wanted(megabytes=0.2))
    shown = len(held(page)["cards"])
    assert 0 < shown < 80 and len(page.encode()) <= 0.2e6
    none = render(run, Wanted(megabytes=0.2, where="ids=sample-00001"))
    assert len(held(none)["cards"]) == 1
    assert f"{shown} of 80 samples" in page and f"{80 - shown} more did not fit into 0.2 MB" in page


def test_pictures_that_are_gone_are_counted(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=12)))
    next(Path(str(run.root)).rglob("003.png")).unlink()
    page = render(run, Wanted())
    assert len(held(page)["cards"]) == 11 and "1 could not be read any more" in page


def test_filters_choose_and_wrong_ones_are_refused(run: Run) -> None:
    cards = held(render(run, Wanted(where="outcome=wrong&label=dog")))["cards"]
    assert cards and all(one["said"].startswith("label dog, predicted cat") for one in cards)
    with pytest.raises(AuditError, match="label 'mouse' does not occur"):
        render(run, Wanted(where="label=mouse"))
