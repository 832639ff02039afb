"""The same on SQLite and on PostgreSQL: everything that was recorded is there, once, unchanged."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.database import engine_of
from gradcam_core.runs.reviews.store import Reviews
from tests.runs.reviews.made import act
from tests.runs.reviews.postgres import postgres

READERS, VERDICTS = 20, 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def reviews(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        url = URL.create("sqlite", database=str(tmp_path / "reviews.sqlite"))
    else:
        url = make_url(request.getfixturevalue("server"))
    yield Reviews(url)
    engine_of(url).dispose()


def test_what_is_recorded_comes_back_as_it_was_and_once(reviews: Reviews) -> None:
    said = act("unsure", "Änne", "s'1\n", comment="“?” ✓", project="once")
    assert reviews.record_all([said, said]) == 1
    assert reviews.record_all([said, act("", project="once", minute=1)]) == 1
    assert reviews.acts("once")[0] == said and reviews.count("once") == 2
    assert reviews.acts("once", after=1) == reviews.acts("once")[1:]
    assert reviews.acts("another") == [] and reviews.record_all([]) == 0


def test_a_later_act_never_replaces_an_earlier_one(reviews: Reviews) -> None:
    acts = [act(word, project="later", minute=minute) for minute, word in enumerate("abca")]
    for one in acts:
        reviews.record_all([one])
    assert reviews.acts("later") == acts
    forged = act("z", project="later", id=acts[0].id)
    assert reviews.record_all([forged]) == 0 and reviews.acts("later") == acts


def test_settings_hold_the_last_value_of_each_project(reviews: Reviews) -> None:
    reviews.set("p", "words", ["a", "b", "c", "d"], "Ana")
    reviews.set("p", "words", ["e", "f", "g", "h"], "Ben")
    reviews.set("p", "blind", True, "Ana")
    assert reviews.settings("p") == {"words": ["e", "f", "g", "h"], "blind": True}
    assert reviews.settings("q") == {}


def _read(url: str, reader: int) -> None:
    reviews = Reviews(make_url(url))
    for number in range(VERDICTS):
        reviews.record_all([act("unsure", f"reader {reader}", f"s{number}", project="many")])


@pytest.mark.slow
def test_twenty_readers_at_once_from_several_processes_lose_nothing(reviews: Reviews) -> None:
    """No database before: the readers also race to make it."""
    url = reviews.url.render_as_string(hide_password=False)
    spawned = multiprocessing.get_context("spawn")
    half = [spawned.Process(target=_read_some, args=(url, range(part, 10, 2))) for part in range(2)]
    for process in half:
        process.start()
    with ThreadPoolExecutor(10) as threads:
        list(threads.map(lambda reader: _read(url, reader), range(10, READERS)))
    for process in half:
        process.join(60)
    assert [process.exitcode for process in half] == [0, 0]
    found = reviews.acts("many")
    assert len({(one.reviewer, one.sample) for one in found}) == READERS * VERDICTS == len(found)


def _read_some(url: str, readers: range) -> None:
    with ThreadPoolExecutor(len(readers)) as threads:
        list(threads.map(lambda reader: _read(url, reader), readers))


def test_reading_makes_no_file_and_a_folder_that_cannot_hold_one_is_said(tmp_path: Path) -> None:
    nowhere = Reviews(URL.create("sqlite", database=str(tmp_path / "none" / "reviews.sqlite")))
    assert (nowhere.acts("p"), nowhere.count("p"), nowhere.settings("p")) == ([], 0, {})
    assert not (tmp_path / "none").exists()
    with pytest.raises(AuditError, match="the verdicts in sqlite"):
        nowhere.record_all([act()])
