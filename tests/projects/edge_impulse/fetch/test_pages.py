import json
from collections.abc import Iterator

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import silent
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.fetch.pages import PASSES, every_sample
from gradcam_core.projects.edge_impulse.fetch.samples import QUERY
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.reply import Reply
from tests.projects.edge_impulse.studio import Studio, serve

MANY = 5_000


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve(Studio(page=1_000, samples=samples(20))) as running:
        yield running


def samples(count: int) -> list[dict]:
    """Newest first."""
    one = {"id": 0, "filename": "x", "category": "testing"}
    return [{**one, "id": number} for number in range(count, 0, -1)]


def numbers(studio: Studio) -> list[int]:
    with Client(toy.KEY, studio.url) as client:
        return [number for number, _ in every_sample(client, toy.PROJECT, QUERY, silent)]


def test_samples_that_leave_the_list_while_it_is_read_hide_no_others(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleting what was read moves everything behind it over the edge of a page."""
    monkeypatch.setattr("tests.projects.edge_impulse.studio.said", plain)
    studio.samples, gone = samples(MANY), iter([10, 10])

    def shift(path: str) -> None:
        del studio.samples[: next(gone, 0)]

    studio.delay = shift
    found = numbers(studio)
    left = {one["id"] for one in studio.samples}
    assert left <= set(found) and len(found) == len(set(found))


def test_a_list_that_never_stands_still_is_given_up(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.projects.edge_impulse.studio.said", plain)

    def listed(query: dict[str, str]) -> object:
        studio.samples.pop()
        return Studio.listed(studio, query)

    studio.page = 5
    with pytest.raises(SourceError, match=f"{PASSES} passes of .* it changes while it is read"):
        monkeypatch.setattr(studio, "of_project", lambda path, query, method: listed(query))
        numbers(studio)


def plain(_kind: str, document: dict) -> object:
    """Without the bindings, which take a millisecond per sample."""
    return Reply(200, json.dumps(document).encode())
