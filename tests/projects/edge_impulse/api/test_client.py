"""The wire: patience, time limits, and a key that goes nowhere else."""

import logging
import threading

import httpx
import pytest

from gradcam_core.projects.edge_impulse.api.client import ATTEMPTS, Client
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.faults import always
from tests.projects.edge_impulse.studio import Fault, Reply, Studio, error

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def once(part: str, reply: Reply) -> Fault:
    """This reply to the first request with ``part`` in its path."""
    left = [reply]
    return lambda _number, path: left.pop() if part in path and left else None


def test_every_third_call_502_and_all_arrives(studio: Studio, waits: list[float]) -> None:
    studio.fault = lambda number, _path: (
        Reply(502, b"Bad gateway", "text/plain") if number % 3 == 0 else None
    )
    assert len(fetched(studio).samples) == toy.COUNT
    assert len(waits) == len(studio.asked) // 3
    assert all(0.5 <= pause <= 21 for pause in waits)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_passing_fault_is_waited_out_as_long_as_the_server_says(
    studio: Studio, waits: list[float], status: int
) -> None:
    studio.fault = once("/metadata", Reply(status, b"", "text/plain", {"retry-after": "7"}))
    fetched(studio)
    assert waits == [7.0]


def test_a_lasting_fault_is_told_after_six_attempts(studio: Studio, waits: list[float]) -> None:
    studio.fault = always("/metadata", Reply(503, b"<h1>Down</h1>", "text/html"))
    said = refused(studio)
    assert said.expected == "an answer to GET /api/1234/training/keras/8/metadata"
    assert said.found == "503 Service Unavailable, again and again" and said.todo == "try again later"
    assert studio.count("/metadata") == ATTEMPTS == len(waits) + 1


def test_a_server_that_asks_for_an_hour_is_not_waited_for(studio: Studio, waits: list[float]) -> None:
    studio.fault = always("/metadata", Reply(429, b"", "text/plain", {"retry-after": "3600"}))
    assert "asks to wait 3600 seconds" in refused(studio).found and not waits


@pytest.mark.parametrize("part", ["/metadata", "/image", "tflite-h5"])
def test_a_connection_dropped_half_way_is_tried_again(
    studio: Studio, waits: list[float], part: str
) -> None:
    studio.fault = once(part, Reply(200, b'{"success": true, "half": "way"}', drop=True))
    project = fetched(studio)
    assert len(waits) == 1 and len(project.samples) == toy.COUNT and not project.broken


def test_a_host_that_does_not_answer(studio: Studio) -> None:
    studio.url = "http://127.0.0.1:9"
    said = refused(studio)
    assert "no connection to 127.0.0.1, again and again" in said.found and "--host" in said.todo


def test_a_host_that_says_nothing_is_not_waited_for_for_ever(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "gradcam_core.projects.edge_impulse.api.client.TIMEOUT", httpx.Timeout(0.1, pool=None)
    )
    silent = threading.Event()
    studio.delay = lambda path: silent.wait(20) and None if path.endswith("/impulse") else None
    said = refused(studio)
    silent.set()
    assert "/impulse" in said.expected and "again and again" in said.found


def test_html_instead_of_json(studio: Studio) -> None:
    studio.fault = always("/impulse", Reply(200, b"<!DOCTYPE html><p>Log in</p>", "text/html"))
    said = refused(studio)
    assert said.expected == "JSON in answer to GET /api/1234/impulses"
    assert said.found == "HTML: Log in" and "proxy or a login page" in said.todo


def test_a_wrong_key(studio: Studio) -> None:
    studio.key = "another"
    said = refused(studio)
    assert said.expected == "an API key that the server accepts"
    assert said.found == "401 Unauthorized: Invalid API key (in answer to GET /api/projects/api-key-info)"
    assert "EI_API_KEY" in said.todo and "Dashboard > Keys" in said.todo


def test_an_error_that_repeats_the_key_is_cleaned(studio: Studio) -> None:
    studio.fault = always("/downloads", error(f"no rights for {toy.KEY}"))
    assert refused(studio).found == "no rights for [key]"


def test_success_false_with_status_200_is_an_error(studio: Studio) -> None:
    studio.fault = always("/raw-data", error("Project is locked"))
    said = refused(studio)
    assert said.found == "Project is locked" and said.expected.startswith(
        "an answer to GET /api/1234/raw-data"
    )


def test_the_key_does_not_follow_a_redirect_to_another_host(studio: Studio) -> None:
    def elsewhere(_number: int, path: str) -> Reply | None:
        away = {"location": f"{studio.storage}/model.zip"}
        return Reply(302, b"", "text/plain", away) if "tflite-h5" in path else None

    studio.fault = elsewhere
    project = fetched(studio)
    (headers,) = [headers for host, _, headers in studio.asked if host == "storage"]
    assert "x-api-key" not in {name.lower() for name in headers} and toy.KEY not in str(headers)
    assert project.model_path is not None and project.model_path.read_bytes() == toy.h5()


def test_redirects_that_go_round_end(studio: Studio) -> None:
    studio.fault = always("/impulse", Reply(302, b"", "text/plain", {"location": "/v1/api/1234/impulse"}))
    assert refused(studio).found == "more than 5 redirects"


def test_the_key_is_in_no_log_and_no_repr(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fetched(studio)
    assert caplog.text and toy.KEY not in caplog.text
    with Client(toy.KEY, studio.url) as client:
        assert toy.KEY not in repr(client)
