"""Sign-in fails closed: whatever cannot be read of the secrets means that nobody is let in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import auth_util, config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from gradcam_core.base.errors import AuditError
from tests.run_factory import make_run
from tests.ui.app_pages import shown
from tests.ui.test_server import asked
from ui import access, jobs
from ui.access import entry, person, requests
from ui.reviews import board, record, regions, who
from ui.server import refused

AUTH = """[auth]
redirect_uri = "https://a.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "i"
client_secret = "c"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
"""
ROLES = '[roles]\nviewer = ["*@a.example"]\n'
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


def fresh() -> None:
    """The file is read anew, as the server does when it changes."""
    secrets_singleton._secrets = None


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


@pytest.mark.parametrize("page", ("0_Audits.py", "2_Gallery.py"))
def test_a_broken_line_beside_a_valid_sign_in_closes_a_page(page: str, secrets: Path) -> None:
    """What every page does before a gate is asked of the real server: ``test_access_served.py``."""
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


def test_a_whole_sign_in_is_one_and_other_secrets_are_none(secrets: Path) -> None:
    secrets.write_text('EI_API_KEY = "x"\n')
    assert access.door() == "open" and access.role() == "editor" and access.identity() == ""
    fresh()
    secrets.write_text(AUTH + ROLES)
    assert access.door() == "sign-in" and access.role() is None and not access.may("viewer")


HALF = {
    "redirect_uri": AUTH.replace("oauth2callback", "back") + ROLES,
    "cookie_secret": AUTH.replace("0123456789abcdef0", "") + ROLES,
    "client_secret": AUTH.replace('client_secret = "c"', "") + ROLES,
    "who may come in": AUTH,
    "not 'admin'": AUTH + ROLES + 'admin = ["*"]\n',
    "has to be a list": AUTH + '[roles]\nviewer = "*"\n',
    "'ana'": AUTH + '[roles]\nviewer = ["ana"]\n',
    "has 7": AUTH + "[roles]\nviewer = [7]\n",
    "cannot be read": 'auth = "yes"\n',
    "Authlib": AUTH + ROLES,
}


@pytest.mark.parametrize("told", HALF)
def test_a_sign_in_that_is_half_filled_in_closes(
    told: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth_util, "is_authlib_installed", lambda: told != "Authlib")
    secrets.write_text(HALF[told])
    assert access.door() == "closed" and told in access.closed_because()
    assert not access.is_let_in("/media/a.png", "") and access.is_let_in("/Gallery", "")


def test_a_sign_in_that_was_there_is_never_given_up(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "_guarded", False)
    secrets.write_text(AUTH + ROLES)
    access.begin([])
    secrets.unlink()
    fresh()
    assert access.door() == "closed" and "is gone" in access.closed_because()


def test_nobody_listens_to_others_without_a_sign_in(
    secrets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(requests, "_knowingly", False)
    given = {"secrets.files": [str(secrets)], "server.address": "127.0.0.1", "server.allowedHosts": []}
    monkeypatch.setattr(config, "get_option", given.__getitem__)
    for loopback in ("127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]", "unix:///run/a"):
        given["server.address"] = loopback
        access.begin([])
    for address in ("0.0.0.0", "::", "192.168.1.5", "audit.example", "::ffff:10.0.0.1", None):
        given["server.address"] = address  # type: ignore[assignment]
        with pytest.raises(SystemExit) as caught:
            access.begin([])
        said = capsys.readouterr().err
        assert caught.value.code == 2 and "[auth]" in said and "[roles]" in said and "--i-know" in said
    assert access.is_shared_openly("192.168.1.5") and not access.is_shared_openly("127.0.0.1")
    assert refused({**asked(), "server": ("192.168.1.5", 80)}) == 403
    access.begin(["--i-know"])
    assert not access.is_shared_openly("192.168.1.5")


def test_with_a_sign_in_any_address_will_do_and_a_broken_one_starts_nothing(
    secrets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "_guarded", False)
    given = {"secrets.files": [str(secrets)], "server.address": "0.0.0.0"}
    monkeypatch.setattr(config, "get_option", given.__getitem__)
    secrets.write_text(AUTH + ROLES)
    access.begin([])
    secrets.write_text(AUTH)
    fresh()
    with pytest.raises(SystemExit):
        access.begin(["--i-know"])
    assert "who may come in" in capsys.readouterr().err


def test_without_the_role_nothing_is_done(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.write_text(AUTH + ROLES)
    person_claims = {"is_logged_in": True, "email": "v@a.example", "email_verified": True}
    monkeypatch.setattr(person, "claims", lambda: person_claims)
    assert access.role() == "viewer" and access.identity() == "v@a.example"
    for forbidden in (jobs.start, jobs.cancel, record.take, regions.keep, board._set):
        with pytest.raises(AuditError, match="viewer"):
            forbidden()
    who.remember("somebody else")
    assert who.reviewer() == "v@a.example"
