"""Every page opens: alone on a cold link, with no runs at all, on a tiny run, on a broken one."""

import pickle
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gradcam_core.runs.queries import Filters
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import opened, page_of_app, sound
from ui import state

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*_*.py"))
NEED_A_RUN = ("1_Overview.py", "2_Gallery.py", "3_Sample.py")
RUN = "tiny-20260102-030405-abc123"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    spoiled = {"every_unreadable": 11, "every_empty": 7, "every_without_region": 5, "every_unlabelled": 6}
    make_run(home, Recipe(**spoiled))
    return home


def complete(test: AppTest) -> None:
    sound(test)
    assert not test.error, [entry.value for entry in test.error]
    assert len(test.title) == 1


@pytest.mark.parametrize("page", PAGES)
def test_opens_alone_on_a_tiny_run(page: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complete(opened(page, tiny, monkeypatch))


@pytest.mark.parametrize("page", PAGES)
def test_opens_without_any_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(page, tmp_path, monkeypatch)
    complete(test)
    if page in NEED_A_RUN:
        assert "no audits here yet" in test.info[0].value
        assert not test.code, "a button, no command"
        labels = [button.label for button in test.button]
        assert {"Audit the pets demonstration", "Audit my own project"} <= set(labels)


@pytest.mark.parametrize("page", PAGES)
def test_the_session_holds_plain_values(page: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(page, tiny, monkeypatch)
    for key, value in test.session_state.items():
        if type(value).__name__ != "_WriteThrough":  # Streamlit's own, one per v2 component
            pickle.dumps(value)
            assert len(pickle.dumps(value)) < 5000, f"{key} is too large for a choice"


@pytest.mark.parametrize("page", NEED_A_RUN)
def test_an_unknown_run_says_so(page: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(page, tiny, monkeypatch, run="gone")
    assert "no audit named gone" in test.info[0].value
    test.button[0].click().run()
    complete(test)
    assert test.query_params["run"] == RUN


def test_a_run_without_labels_regions_and_fine_maps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run(tmp_path, Recipe(every_unlabelled=1, regions=False, fine=None, metadata=False))
    for page in NEED_A_RUN:
        complete(opened(page, tmp_path, monkeypatch))


def test_the_newest_run_is_shown_and_named_in_the_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run(tmp_path, Recipe(name="older", created="2026-01-01T00:00:00+00:00"))
    make_run(tmp_path, Recipe(name="newer", created="2026-02-01T00:00:00+00:00"))
    test = opened("2_Gallery.py", tmp_path, monkeypatch)
    assert test.query_params["run"] == "newer-20260102-030405-abc123"
    test.selectbox(key="run_picker").select("older-20260102-030405-abc123").run()
    assert test.query_params["run"] == "older-20260102-030405-abc123"


def count(test: AppTest) -> str:
    return next(entry.value for entry in test.markdown if entry.value.startswith("**"))


def test_filters_of_the_url_are_counted_and_removable(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", tiny, monkeypatch, outcome="correct", label="dog", sort="confidence")
    assert count(test) == "**2** of 12"
    assert [button.label for button in test.button][:-1] == ["truly dog", "correct", "Reset"]
    test.button(key="chip_0").click().run()
    assert count(test) == "**7** of 12"
    assert "label" not in test.query_params
    assert test.query_params["sort"] == "confidence"
    test.button(key="chip_reset").click().run()
    assert count(test) == "**12** samples"


def test_controls_write_the_url(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", tiny, monkeypatch, page="2", per="30")
    test.multiselect(key="filter_labels").select("cat").run()
    assert test.query_params["label"] == "cat"
    assert "page" not in test.query_params, "a new filter starts at the first page"
    test.slider(key="range_confidence").set_range(0.8, 1.0).run()
    assert test.query_params["in.confidence"] == "0.8.."
    test.text_input(key="filter_text").input("00004").run()
    assert test.query_params["q"] == "00004"
    test.selectbox(key="sort").select("border_focus").run()
    assert test.query_params["sort"] == "border_focus"
    complete(test)


def test_nothing_found_names_the_filter_to_drop(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", tiny, monkeypatch, q="no such file", label="cat")
    assert "No sample meets all" in test.info[0].value
    drops = [button for button in test.button if button.label.startswith("Drop")]
    assert [button.label for button in drops] == ["Drop “name contains no such file”: 6 samples"]
    drops[0].click().run()
    assert count(test) == "**6** of 12"


def test_a_wrong_link_is_explained(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", tiny, monkeypatch, label="lion")
    assert count(test) == "**12** samples"
    assert "'lion' does not occur" in test.caption[0].value


def test_walking_the_filtered_order(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"outcome": "wrong", "sort": "sample_id", "order": "asc"}
    test = opened("3_Sample.py", tiny, monkeypatch, **query)
    assert test.query_params["sample"] == "sample-00003"
    assert count(test) == "**1 of 2** that meet the filters"
    previous, following = test.button[:2]
    assert (previous.disabled, following.disabled) == (True, False)
    following.click().run()
    assert test.query_params["sample"] == "sample-00007"
    assert count(test) == "**2 of 2** that meet the filters"
    assert test.button[1].disabled


def test_a_sample_outside_the_filters_is_shown_all_the_same(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened("3_Sample.py", tiny, monkeypatch, outcome="wrong", sample="sample-00000")
    complete(test)
    assert "outside the filters" in [entry.value for entry in test.markdown]


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("sample-00000", "Truly cat, predicted cat with"),
        ("sample-00003", "wrong."),
        ("sample-00004", "not scorable: no region"),
        ("sample-00005", "No label, predicted dog"),
        ("sample-00006", "not scorable: empty map"),
        ("sample-00010", "Not predicted: expected a picture file"),
    ],
)
def test_the_answer_in_one_sentence(
    sample: str, expected: str, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened("3_Sample.py", tiny, monkeypatch, sample=sample)
    complete(test)
    assert expected in test.text[0].value


def test_an_unknown_sample_says_so(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("3_Sample.py", tiny, monkeypatch, sample="gone")
    assert "no sample named gone" in test.info[0].value


def test_the_entry_opens_the_list_of_audits(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tiny))
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    complete(test)
    assert test.title[0].value == "Which models were audited, and do they cheat?"


def test_half_a_sign_in_lets_nobody_in(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tiny))
    for page in PAGES:
        test = page_of_app(page)
        test.secrets["auth"] = {"client_id": "x"}
        test.run()
        assert "Nobody is let in: [auth] needs a redirect_uri" in test.error[0].value, page
        assert not test.title and not test.selectbox


def test_a_long_selection_travels_as_a_short_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_run(tmp_path, Recipe(n=40))
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    ids = tuple(f"sample-{row:05d}" for row in range(5, 30))
    short = state.filter_query(Filters(ids=ids[:3]))
    assert short == {"ids": list(ids[:3])}
    link = state.filter_query(Filters(ids=ids))
    assert list(link) == ["view"]
    test = opened("2_Gallery.py", tmp_path, monkeypatch, view=link["view"][0])
    assert count(test) == "**25** of 40"
    assert test.button[0].label == "selection of 25"
    test.button[0].click().run()
    assert count(test) == "**40** samples"


def test_a_view_name_cannot_leave_its_folder(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", tiny, monkeypatch, view="../runs/x")
    assert count(test) == "**12** samples"
