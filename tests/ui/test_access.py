"""Sign-in fails closed: whatever cannot be read of the secrets means that nobody is let in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from tests.run_factory import make_run
from tests.ui.app_pages import shown
from ui import access

PAGES = sorted(path.name for path in (Path(__file__).parents[2] / "pages").glob("*_*.py"))
AUTH = '[auth]\nredirect_uri = "https://a.example/oauth2callback"\ncookie_secret = "s"\nclient_id = "i"\n'
Write = Callable[[bytes], Path]


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the server looks for its secrets; nothing is there yet."""
    file = tmp_path / "secrets.toml"
    normal = config.get_option
    monkeypatch.setattr(config, "get_option", lambda n: [str(file)] if n == "secrets.files" else normal(n))
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    monkeypatch.setattr(secrets_singleton, "_file_watchers_installed", True)
    make_run(tmp_path)
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return file


def locked(test: AppTest) -> None:
    """Nothing of any run stands on the page: no component, no picture, no link, no chart."""
    assert not test.exception
    kinds = {element.type for element in test.main} | {element.type for element in test.sidebar}
    assert kinds <= {"main", "sidebar", "error", "title", "button", "html"}
    assert "tiny" not in str(test.main) + str(test.sidebar)


BROKEN = {
    "a broken line": AUTH.encode() + b"oops",
    "a broken line before": b"oops\n" + AUTH.encode(),
    "not UTF-8": AUTH.encode() + b'name = "\xff"\n',
    "NUL": AUTH.encode() + b"\0",
    "a key twice": AUTH.encode() + b'client_id = "j"\n',
    "deep": b"a = " + b"[" * 50_000,
}


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_line_beside_a_valid_sign_in_closes_every_page(page: str, secrets: Path) -> None:
    secrets.write_bytes(BROKEN["a broken line"])
    test = shown(page)
    locked(test)
    assert "cannot be read" in test.error[0].value


@pytest.mark.parametrize("kind", BROKEN)
def test_whatever_cannot_be_read_means_closed(kind: str, secrets: Path) -> None:
    secrets.write_bytes(BROKEN[kind])
    assert access.door() == "closed"


def test_a_folder_a_dangling_link_and_a_forbidden_file_mean_closed(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.symlink_to(secrets.parent / "gone")
    assert access.door() == "closed"
    secrets.unlink()
    secrets.mkdir()
    assert access.door() == "closed"

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "lstat", forbidden)
    secrets.rmdir()
    assert access.door() == "closed"


def test_secrets_that_were_named_and_are_not_there_mean_closed(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert access.door() == "open"
    monkeypatch.setattr(config, "is_manually_set", lambda name: name == "secrets.files")
    assert access.door() == "closed"


@pytest.mark.parametrize("page", PAGES)
def test_with_a_sign_in_nobody_sees_a_page_before(page: str, secrets: Path) -> None:
    secrets.write_text(AUTH)
    test = shown(page)
    locked(test)
    assert test.button[0].label == "Sign in"


@pytest.mark.parametrize("page", PAGES)
def test_secrets_without_a_sign_in_leave_the_pages_open(page: str, secrets: Path) -> None:
    secrets.write_text('EI_API_KEY = "x"\n')
    assert access.door() == "open"
    assert shown(page).title
