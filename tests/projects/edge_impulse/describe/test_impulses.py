from collections.abc import Iterator

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.describe.discover import understand
from gradcam_core.projects.edge_impulse.describe.impulses import impulses_fact, list_impulses
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.reply import error
from tests.projects.edge_impulse.studio import Studio, serve


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve(Studio(impulses=(toy.IMPULSE, 5))) as running:
        yield running


def told(studio: Studio, **answers: object) -> dict[str, str]:
    with Client(toy.KEY, studio.url) as client:
        described = understand(client, "", Overrides(**answers))  # type: ignore[arg-type]
    return {fact.name: fact.value for fact in described.facts}


def test_several_impulses_are_told_in_words_and_which_one_is_audited(studio: Studio) -> None:
    words = "“Impulse #1”, 64×64 pixels, Anomaly, Transfer"
    assert told(studio)["impulses"] == f"2 {words} (this one); 5 {words}"
    studio.impulses = (toy.IMPULSE,)
    assert "impulses" not in told(studio)


def test_a_number_that_is_none_is_refused_with_the_list(studio: Studio) -> None:
    with pytest.raises(ProjectError, match=r"an impulse of the project; found 7.*2 “Impulse #1”.*5 “"):
        told(studio, impulse=7)


def test_a_key_that_may_not_ask_is_told_nothing(studio: Studio) -> None:
    studio.fault = lambda _number, path: (
        error("Insufficient permissions", 403) if path.endswith("/impulses") else None
    )
    assert "impulses" not in told(studio)
    with Client(toy.KEY, studio.url) as client:
        assert list_impulses(client, toy.PROJECT) == {} and impulses_fact({}, 2) == ()
