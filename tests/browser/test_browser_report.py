"""The report in a real browser, from disk, the network cut: it draws, takes answers, and asks nobody."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gradcam_core.__main__ import main
from gradcam_core.runs.report.door import report
from gradcam_core.runs.store import open_run
from gradcam_core.runs.verdicts import reviews_of
from tests.hostile_names import HOSTILE, hostile_run
from tests.searched_run import QUIET, searched, uses
from ui.reviews import brought

pytestmark = pytest.mark.browser
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("report")
    run = searched(home, (uses(), QUIET))
    for audience in ("all", "owner", "reader"):
        report(run, home / f"{audience}.html", audience=audience, samples=8)  # type: ignore[arg-type]
    hostile = hostile_run(tmp_path_factory.mktemp("hostile"))
    report(hostile, home / "hostile.html", with_names=True, samples=4)
    return home


@pytest.fixture
def asked(chromium: Browser) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page without network, every address it asks for, every complaint of the browser."""
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    addresses: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, addresses, complaints
    context.close()


Asked = tuple[Page, list[str], list[str]]


@pytest.mark.parametrize("name", ["all", "owner", "reader", "hostile"])
def test_it_opens_from_disk_and_asks_nobody(name: str, folder: Path, asked: Asked) -> None:
    page, addresses, complaints = asked
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto((folder / f"{name}.html").as_uri())
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = [one for one in addresses if not one.startswith(("data:", "file:"))]
    assert not outside and len([one for one in addresses if one.startswith("file:")]) == 4
    assert not complaints


def test_heat_steps_and_keys(folder: Path, asked: Asked) -> None:
    page, _, _ = asked
    page.goto((folder / "all.html").as_uri())
    heat = page.locator("#frame canvas.heat")
    expect(heat).to_be_visible()
    painted = (
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 < 3 && v)"
    )
    assert heat.evaluate(painted)
    page.keyboard.press("h")
    expect(heat).to_be_hidden()
    page.keyboard.press("h")
    page.keyboard.press("-")
    expect(heat).to_have_css("opacity", "0.6")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#where")).to_have_text("2 of 8")
    expect(page.locator("#thumbs li")).to_have_count(8)
    page.locator("#thumbs button").nth(5).click()
    expect(page.locator("#where")).to_have_text("6 of 8")


def test_answers_are_kept_saved_and_brought_in(
    folder: Path,
    asked: Asked,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(folder))
    page, _, complaints = asked
    page.goto((folder / "all.html").as_uri())
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("3")
    page.keyboard.press("m")
    page.keyboard.type("a rug, 2 of them")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("4")
    page.keyboard.press("5")
    page.locator("#save").click()
    expect(page.locator("#done")).to_contain_text("Your name, please")
    page.locator("#reviewer").fill("Dr. Example")
    page.reload()
    expect(page.locator("#done")).to_have_text("2 of 8 answered")
    with page.expect_download() as waiting:
        page.locator("#save").click()
    assert waiting.value.suggested_filename == "answers.json"
    waiting.value.save_as(tmp_path / "answers.json")
    found = json.loads((tmp_path / "answers.json").read_text())
    assert {**found, "acts": 0} == {
        "format": 1, "run": "tiny-20260102-030405-abc123", "reviewer": "Dr. Example", "acts": 0,
    }  # fmt: skip
    first, second = found["acts"]
    assert set(first) == {"sample", "hash", "verdict", "comment", "time"}
    assert (first["verdict"], second["verdict"]) == ("shortcut", "label error")
    assert second["comment"] == "a rug, 2 of them"
    assert re.fullmatch(r"row:\d+", first["sample"]) and re.fullmatch("[0-9a-f]{64}", first["hash"])
    assert json.loads(page.locator("#text").input_value()) == found
    assert not complaints
    brought_in(folder, tmp_path / "answers.json", capsys)


def brought_in(folder: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The saved file as verdicts of its reader: once; twice, changed, or of another run it says so."""
    run = open_run(next((folder / "runs").iterdir()))
    assert main(["import-answers", str(run.path), str(file)]) == 0
    assert "2 verdicts of Dr. Example added" in capsys.readouterr().out
    assert {one.verdict for one in reviews_of(run).acts(run.name)} == {"shortcut", "label error"}
    assert "2 were there already" in brought.bring(run, file.read_text())
    said = json.loads(file.read_text())
    said["acts"][0]["hash"] = "0" * 64
    assert "another one now" in brought.bring(run, json.dumps(said))
    foreign = brought.bring(run, json.dumps({**said, "run": "somebody-elses"}))
    assert "Nothing was added" in foreign and run.id in foreign and "somebody-elses" in foreign
    assert "Nothing was added" in brought.bring(run, file.read_text()[:-20])
    assert len(reviews_of(run).acts(run.name)) == 2


def test_a_reader_sees_no_heat_until_it_is_asked_for_at_each_picture(folder: Path, asked: Asked) -> None:
    page, _, _ = asked
    page.goto((folder / "reader.html").as_uri())
    heat = page.locator("#frame canvas.heat")
    expect(page.locator("#frame img")).to_be_visible()
    expect(heat).to_be_hidden()
    page.keyboard.press("h")
    expect(heat).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(heat).to_be_hidden()
    assert page.locator("#thumbs canvas").count() == 0


def test_names_are_text(folder: Path, asked: Asked) -> None:
    page, _, _ = asked
    page.goto((folder / "hostile.html").as_uri())
    expect(page.locator("#name")).to_contain_text(f"{HOSTILE}-")
    assert page.locator("img:not([src^='data:'])").count() == 0 and page.locator("a").count() == 0


def test_the_owners_summary_prints_on_one_page(folder: Path, asked: Asked) -> None:
    page, _, _ = asked
    page.goto((folder / "owner.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1
