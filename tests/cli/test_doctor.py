"""``doctor``: what is there and what lacks, in lines and in JSON."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli import doctor

TRIED = doctor.walls


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "not yet"))
    monkeypatch.setattr(doctor, "walls", lambda: ("files",))
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    return {one["about"]: (one["state"], one["seen"]) for one in json.loads(capsys.readouterr().out)}


def test_this_machine_will_do(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["doctor", "--json"]) == 0
    found = listed(capsys)
    assert found["tensorflow"][0] == "ok" and found["tensorflow"][1][0].isdigit()
    assert found["wall: files"] == ("ok", "holds") and found["wall: network"][0] == "note"
    assert found["GRADCAM_HOME"] == ("ok", str(home / "not yet"))
    assert not (home / "not yet").exists(), "to look changes nothing"


def test_what_lacks_is_said_and_is_the_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "no-such-package"))
    monkeypatch.setattr(doctor, "EXTRAS", {"no-such-extra": "dicom"})
    monkeypatch.setattr(doctor, "LEAST_FILES", 10**12)
    monkeypatch.setenv("GRADCAM_WALL", "off")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "lacks no-such-package" in said and "note  no-such-extra" in said
    assert "opened without walls" in said and "fewer than 1,000,000,000,000" in said


def test_walls_are_tried_in_a_process_of_their_own() -> None:
    found = TRIED()
    assert set(found) <= set(doctor.WALLS) and "limits" in found
