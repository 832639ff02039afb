"""The Findings page on synthetic searches: honest words, the cards, what was missed, damaged files."""

import time
from pathlib import Path

import pytest

from gradcam_core.base.files import write_json
from gradcam_core.runs import findings
from gradcam_core.runs.findings import Finding
from tests.run_factory import Recipe, make_run
from tests.searched_run import IDS, LOOK, QUIET, RUN, TRUST, searched, uses
from tests.ui.app_pages import opened, text_of
from ui import jobs
from ui.findings import bars, heat, words
from ui.findings.search import said as said_progress


def test_cards_show_numbers_fillers_examples_and_what_was_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(tmp_path, (uses(), LOOK, QUIET))
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    text = text_of(test)
    assert "+45 points" in text
    assert "31 to 58" in text
    assert "q below 0.001" in text
    for part in ("swap", "tiles", "background swapped", "3 pairs left out", "dog 0.91", "cat (dog 0.20)"):
        assert part in text, part
    assert "Mean of the" in text
    assert "n 20." in text
    assert "&lt;b&gt;the background&lt;/b&gt;" in text
    assert [entry.value for entry in test.header][:2] == ["Background, dog", "Errors look elsewhere"]
    missed = next(entry for entry in test.expander if "not found" in entry.label)
    assert missed.label == "What was looked for and not found (1)"
    assert "a reliance below 17 %" in text
    trust = next(entry for entry in test.expander if "maps be believed" in entry.label)
    assert "Do not rely on them" in trust.label.replace("\\", "")
    assert "Blurring &lt;hot&gt; places" in text


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert words.effect_words(Finding("same-place", 1, effect=-0.0026)) == "0.00"
    assert words.interval_words(Finding("same-place", 1, interval=(-0.01, -0.001))) == "-0.01 to 0.00"


def test_trust_speaks_of_both_map_sets_and_of_the_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = searched(tmp_path, (uses(),))
    fine = {**TRUST, "maps": "fine", "method": "layer-cam", "verdict": "green", "head": "deep"}
    checked = [{**check, "verdict": "green"} for check in TRUST["checks"]]
    write_json(path / findings.TRUST, {**fine, "checks": checked, "others": [TRUST]})
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    panel = next(entry for entry in test.expander if "maps be believed" in entry.label)
    label = panel.label.replace("\\", "")
    assert label.startswith("Can the maps be believed? Passed: where this heat lies matters to the model")
    assert label.endswith("(fine maps, layer-cam; classic maps, grad-cam: red)")
    assert "The findings look at these." in text_of(test)
    assert "more than one layer" in panel.caption[0].value
    shown = {name: opened("3_Sample.py", tmp_path, monkeypatch, maps=name) for name in ("classic", "fine")}
    badges = {name: " ".join(str(entry.value) for entry in page.markdown) for name, page in shown.items()}
    assert "red" in badges["classic"]
    assert "green" in badges["fine"]


def test_the_button_leads_to_exactly_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched(tmp_path, (uses(),))
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    test.button(key="open-0").click().run()
    assert test.title[0].value == "Which samples look away?"
    assert test.query_params["ids"] == list(IDS)


def test_nobody_has_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_run(tmp_path, Recipe())
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *given, **_: started.append(given))
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    assert "Not tested yet: nobody has searched this audit." in text_of(test)
    test.number_input(key="search_budget").set_value(120)
    test.button[0].click().run()
    assert started == [("findings", str(path), {"edits": True, "budget": "120", "trust-code": False})]


@pytest.mark.parametrize(
    "name", [findings.FINDINGS, findings.TRUST, findings.ASSOCIATIONS, findings.CLUSTERS]
)
@pytest.mark.parametrize("damage", [b"{", b'{"findings": [{"flag": "nonsense"}], "checks": 3}'])
def test_a_damaged_file_is_said_and_the_rest_is_shown(
    name: str, damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = searched(tmp_path, (uses(),))
    (path / name).write_bytes(damage)
    page = "6_Clusters.py" if name == findings.CLUSTERS else "5_Findings.py"
    test = opened(page, tmp_path, monkeypatch)
    warnings = " ".join(entry.value for entry in test.warning).replace("\\", "")
    assert f"{name} cannot be" in warnings + text_of(test)
    for other in ("1_Overview.py", "3_Sample.py"):
        opened(other, tmp_path, monkeypatch)


def test_a_run_without_labels_or_regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe(n=80, every_unlabelled=1, regions=False, fine=None, metadata=False)
    searched(tmp_path, (uses(label=None, samples=()),), recipe=recipe)
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    assert "n 80." in text_of(test)
    opened("6_Clusters.py", tmp_path, monkeypatch)


def test_the_association_table_has_every_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched(tmp_path, (uses(),))
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    assert test.selectbox(key="contexts_context").options[0].startswith("scanner · V 1.00 · n 80")
    frame = next(entry for entry in test.expander if entry.label == "All numbers").dataframe[0].value
    row = frame[(frame["Context"] == "scanner") & (frame["Outcome"] == "True class")].iloc[0]
    assert (row["Observed"], row["Expected"], row["Ratio"]) == (40, 20.0, 2.0) or row["Observed"] == 0
    test.selectbox(key="contexts_context").select("map cluster").run()
    assert test.query_params["context"] == "map cluster"


def test_the_bar_says_in_words_what_it_draws() -> None:
    text = bars.effect(uses())
    assert 'aria-label="+45 points, 95 % interval 31 to 58"' in text
    assert 'style="left:45.00%"' in text
    assert bars.effect(Finding("border", 0)) == ""
    assert "left:60.00%" in bars.effect(Finding("border", 1, effect=0.5, interval=(-0.1, 0.9), n=30))


def test_outlines_enclose_neighbours_together() -> None:
    assert len(heat.outline([(0, 0)])) == 4
    assert len(heat.outline([(0, 0), (0, 1)])) == 6
    assert (1, 0, 1, 1) not in heat.outline([(0, 0), (0, 1)])


def test_the_newest_search_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    path = make_run(tmp_path, Recipe())
    program = (
        "/bin/sh",
        "-c",
        "echo 'expected a model that opens; found none; to do: put it back' >&2; exit 2",
    )
    job = jobs.start("findings", str(path), {}, program=program)
    for _ in range(200):
        if (now := jobs.get_job(job.id)) is not None and now.state != "running":
            break
        time.sleep(0.05)
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    assert "a model that opens" in test.error[0].value
    assert any("Search this audit" in button.label for button in test.button)
    assert test.query_params["run"] == RUN


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (("edits", 12, 90, 1.0, 40.0), "Editing pictures and asking the model: 12 of 90 · 40 s left"),
        (("pictures", 200, 200, None, 0.0), "Reading pictures: done, the next step is starting"),
        (("search", 0, 1, None, None), "Searching maps and pictures for what goes with a class"),
        (("another", 1, 3, None, None), "Another: 1 of 3"),
    ],
)
def test_progress_in_words(
    progress: tuple[str, int, int, float | None, float | None], expected: str
) -> None:
    assert said_progress(jobs.JobProgress(*progress)) == expected
