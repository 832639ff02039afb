"""What may go wrong on the wire, each with its message; and patience where that is right."""

import logging
import threading

import httpx
import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.address import base_url
from gradcam_core.projects.edge_impulse.api.client import ATTEMPTS, Client
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Fault, Reply, Studio, error

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def once(part: str, reply: Reply) -> Fault:
    """This reply to the first request with ``part`` in its path."""
    left = [reply]
    return lambda _number, path: left.pop() if part in path and left else None


def always(part: str, reply: Reply) -> Fault:
    return lambda _number, path: reply if part in path else None


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
    assert said.expected == "JSON in answer to GET /api/1234/impulse"
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


def test_a_full_disk_is_told(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gradcam_core.projects.edge_impulse.api.transfer._stream", full)
    said = refused(studio)
    assert said.found == "No space left on device" and "model.download" in said.expected


def test_redirects_that_go_round_end(studio: Studio) -> None:
    studio.fault = always("/impulse", Reply(302, b"", "text/plain", {"location": "/v1/api/1234/impulse"}))
    assert refused(studio).found == "more than 5 redirects"


def test_one_picture_that_cannot_be_had_is_a_sample_with_a_reason(studio: Studio) -> None:
    studio.fault = always("9004/image", error("File is gone", 404))
    studio.files["9005"] = b"not a picture"
    project = fetched(studio)
    assert set(project.broken) == {"9004", "9005"} and len(project.samples) == toy.COUNT
    assert "404 Not Found: File is gone" in project.broken["9004"]
    assert "another kind of file" in project.broken["9005"]


def test_no_picture_at_all_is_an_error(studio: Studio) -> None:
    studio.fault = always("/image", error("File is gone", 404))
    assert "File is gone" in refused(studio).found


def test_no_test_samples(studio: Studio) -> None:
    studio.samples = []
    said = refused(studio)
    assert said.expected == "test samples in the project" and "Test data" in said.todo


@pytest.mark.parametrize("has_metadata", [True, False])
def test_no_trained_model(studio: Studio, has_metadata: bool) -> None:
    if has_metadata:
        studio.metadata[toy.BLOCK]["hasTrainedModel"] = False
    else:
        studio.metadata = {}
    said = refused(studio)
    assert said.expected == "a trained model" and "8 “Transfer”" in said.found
    assert has_metadata or "No trained model yet" in said.found


def test_no_impulse_and_no_learn_block(studio: Studio) -> None:
    studio.blocks = []
    assert "no impulse yet" in refused(studio).found


def test_no_h5_for_this_kind_of_block(studio: Studio) -> None:
    studio.downloads = [("TensorFlow Lite (float32)", "tflite-float")]
    said = refused(studio)
    assert "Keras .h5" in said.expected and said.found == "TensorFlow Lite (float32)"
    assert "--model" in said.todo


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda: toy.model_zip()[: len(toy.model_zip()) // 2], "truncated or damaged"),
        (lambda: b"xxxxTFL3 and more", "TensorFlow Lite"),
        (lambda: b"plain", "begins with b'plain'"),
        (lambda: toy.zipped({"readme.txt": b"x"}), "readme.txt"),
    ],
)
def test_a_model_download_that_is_no_model(studio: Studio, body, words: str) -> None:
    studio.files["tflite-h5"] = body()
    assert words in refused(studio).found


def test_the_key_is_in_no_log_and_no_repr(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fetched(studio)
    assert caplog.text and toy.KEY not in caplog.text
    with Client(toy.KEY, studio.url) as client:
        assert toy.KEY not in repr(client)


def test_a_key_that_is_missing_or_no_key(monkeypatch: pytest.MonkeyPatch, studio: Studio) -> None:
    monkeypatch.delenv("EI_API_KEY")
    assert "EI_API_KEY" in refused(studio).expected
    monkeypatch.setenv("EI_API_KEY", "schlüssel secret")
    said = refused(studio)
    assert "schlüssel" not in str(said) and "secret" not in str(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("studio.edgeimpulse.com", "https://studio.edgeimpulse.com/v1"),
        ("https://ei.example.org/v1/", "https://ei.example.org/v1"),
        ("localhost:4800", "http://localhost:4800/v1"),
        ("http://127.0.0.1:80/studio", "http://127.0.0.1/studio/v1"),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert str(base_url(text)) == expected


@pytest.mark.parametrize("text", ["http://studio.example.org", "https://me:pw@host", "", "ftp://localhost"])
def test_addresses_to_which_no_key_is_sent(text: str) -> None:
    with pytest.raises(SourceError, match="--host"):
        base_url(text)
