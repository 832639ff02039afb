"""A server that means harm: it gets no key elsewhere, no file of ours, and not all of the memory."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.client import Client
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.faults import always
from tests.projects.edge_impulse.reply import Reply
from tests.projects.edge_impulse.studio import Studio, serve

PATH, LIMIT = "/api/1234/impulse", 1 << 20
LONG = b'{"success": true, "x": "' + b"a" * (2 * LIMIT) + b'"}'
GZIP = {"content-encoding": "gzip"}


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(Client, "wait", lambda _self, _seconds: None)
    with serve(Studio()) as running:
        yield running


def refused(studio: Studio, reply: Reply, target: Path | None = None) -> str:
    studio.fault = always(PATH, reply)
    with Client(toy.KEY, studio.url) as client, pytest.raises(SourceError) as raised:
        client.get(PATH) if target is None else client.download(PATH, target)
    assert toy.KEY not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, LONG),
        Reply(200, gzip.compress(LONG, 1), headers=GZIP),
        Reply(404, gzip.compress(LONG, 1), headers=GZIP),
    ],
    ids=["long", "bomb", "bomb as an error"],
)
def test_an_answer_that_would_fill_the_memory_is_not_read_to_its_end(
    studio: Studio, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradcam_core.projects.edge_impulse.api.transfer.MOST_OF_A_DOCUMENT", LIMIT)
    assert "more than 1 MB" in refused(studio, reply)


def test_an_answer_nested_without_end_is_no_json(studio: Studio) -> None:
    assert "expected JSON in answer to" in refused(studio, Reply(200, b'{"a":' * 100_000))


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x", "//"])
def test_a_redirect_to_a_file_or_another_protocol_is_refused(
    studio: Studio, place: str, tmp_path: Path
) -> None:
    redirect = Reply(302, b"", headers={"location": place})
    refused(studio, redirect)
    refused(studio, redirect, tmp_path / "target")
    assert not list(tmp_path.iterdir())


def test_a_redirected_change_is_not_made_elsewhere(studio: Studio) -> None:
    studio.fault = always(PATH, Reply(307, b"", headers={"location": f"{studio.storage}/x"}))
    with Client(toy.KEY, studio.url) as client, pytest.raises(SourceError, match="a redirect to"):
        client.post(PATH, {"metadata": {"a": "b"}})
    assert [host for host, _, _ in studio.asked] == ["api"]
