from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import silent
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.back.calls import list_standing
from gradcam_core.projects.edge_impulse.back.changes import Change, Wish, changes_of
from gradcam_core.projects.edge_impulse.back.journal import Journal
from gradcam_core.projects.edge_impulse.back.writing import Writer
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.reply import error
from tests.projects.edge_impulse.writable import WritableStudio, writable

WISHES = {
    "9001": Wish({"gradcam_run": "r"}, "training"),
    "9002": Wish({"gradcam_run": "r"}, disabled=True),
}


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WritableStudio]:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with writable() as running:
        yield running


@pytest.fixture
def client(studio: WritableStudio) -> Iterator[Client]:
    with Client(toy.KEY, studio.url) as opened:
        yield opened


def writer(client: Client) -> Writer:
    return Writer(client, toy.PROJECT, Journal("studio", toy.PROJECT, "r"))


def wished(client: Client) -> list[Change]:
    return list(changes_of(list_standing(client, toy.PROJECT, silent), WISHES))


def write(client: Client) -> Writer:
    started = writer(client)
    started.write(wished(client), silent)
    return started


def undo(client: Client) -> Writer:
    started = writer(client)
    started.undo(silent)
    return started


def test_it_is_written_once_and_taken_back_once(studio: WritableStudio, client: Client) -> None:
    before = [dict(one) for one in studio.samples]
    assert write(client).made == 4 and write(client).made == 0
    assert studio.calls == ["metadata 9001", "move 9001", "metadata 9002", "disable 9002"]
    assert studio.sample("9001")["metadata"] == {"site": "site 1", "gradcam_run": "r"}
    assert undo(client).made == 4 and undo(client).made == 0
    assert studio.samples == before


def test_what_others_changed_since_is_theirs(studio: WritableStudio, client: Client) -> None:
    write(client)
    studio.sample("9001")["category"] = "validation"
    studio.sample("9002")["metadata"]["mine"] = "kept"
    assert undo(client).left == {"9001": "somebody changed its category meanwhile"}
    assert studio.sample("9001")["category"] == "validation" and "gradcam_run" not in str(studio.samples)
    assert studio.sample("9002")["metadata"] == {"site": "site 2", "mine": "kept"}
    planned = wished(client)
    studio.sample("9001")["metadata"]["gradcam_run"] = "another audit"
    started = writer(client)
    started.write(planned, silent)
    assert started.left["9001"] and studio.sample("9001")["metadata"]["gradcam_run"] == "another audit"


def test_a_sample_that_cannot_be_changed_is_said_and_the_others_are(
    studio: WritableStudio, client: Client
) -> None:
    studio.refuses = {"9001"}
    started = write(client)
    assert started.made == 2 and started.left == {"9001": "Sample is locked"}
    assert undo(client).made == 2, "what was begun and never arrived is no change"


def test_a_key_that_expires_half_way_leaves_a_journal_that_goes_both_ways(
    studio: WritableStudio, client: Client
) -> None:
    before = [dict(one) for one in studio.samples]
    studio.fault = lambda _number, path: (
        error("API key expired", 401) if path.endswith("9002/metadata") else None
    )
    with pytest.raises(SourceError, match="API key expired") as raised:
        write(client)
    assert toy.KEY not in str(raised.value) and studio.calls == ["metadata 9001", "move 9001"]
    studio.fault = lambda _number, _path: None
    assert write(client).made == 2
    assert undo(client).made == 4 and studio.samples == before


def test_a_key_that_may_only_read_changes_nothing(studio: WritableStudio, client: Client) -> None:
    studio.role = "readonly"
    with pytest.raises(SourceError, match="use a key whose role may do that"):
        write(client)
    assert studio.calls == []
