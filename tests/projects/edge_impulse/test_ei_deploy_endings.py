"""How the deployment block ends: exit codes, one line, nothing half-written, no key in what it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli._deployment import Contents, Deployed
from gradcam_core.runs.gate import Bar, Checked
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]
Spoil = Callable[..., object]


def test_the_key_may_be_missing_and_the_exit_code_says_so(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EI_API_KEY")
    metadata = mount(tmp_path, studio, apiKey=None)
    assert main(["deploy", "--metadata", str(metadata)]) == 2
    said = capsys.readouterr()
    assert "privileged" in said.err and not said.out
    assert list((tmp_path / "output").iterdir()) == []


@pytest.mark.parametrize(
    ("breakage", "words"),
    [
        (
            lambda file, _studio: (file.parent / "trained.h5.zip").unlink(),
            "trained.h5.zip in the input folder",
        ),
        (
            lambda file, _studio: (file.parent / "trained.h5.zip").write_bytes(b"PK\3\4xx"),
            "truncated or damaged",
        ),
        (lambda file, _studio: file.write_text('{"project": {"apiKey": "' + toy.KEY), "JSONDecodeError"),
        (lambda file, _studio: file.write_text('{"project": {"id": 1}}'), "folders"),
        (lambda _file, studio: setattr(studio, "key", "other"), "401"),
        (lambda _file, studio: studio.samples.clear(), "test samples"),
    ],
)
def test_failures_end_with_a_code_and_one_line_without_secrets(
    studio: Studio,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    breakage: Callable[..., object],
    words: str,
) -> None:
    metadata = mount(tmp_path, studio)
    breakage(metadata, studio)
    assert main(["deploy", "--metadata", str(metadata), "--unknown", "x"]) == 2
    said = capsys.readouterr()
    assert words in said.err and toy.KEY not in said.err + said.out
    assert list((tmp_path / "output").iterdir()) == []


@pytest.mark.parametrize(("level", "code"), [("", 0), ("1", 1), ("4", 0)])
def test_a_broken_level_fails_the_job_and_says_why(
    level: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def deploy(metadata: Path, options: object, contents: Contents, *_: object) -> Deployed:
        assert contents.minutes == 10 and contents.pictures == "full"
        wanted = contents.fail_level
        bar = None if wanted is None else Bar(f"fail-level {wanted}", wanted > 2, "the stand at level 2")
        return Deployed(tmp_path / "deploy.zip", "", None if bar is None else Checked("r", (bar,)))

    monkeypatch.setattr("gradcam_core.cli._deployment.deploy", deploy)
    assert main(["deploy", "--metadata", "x.json", "--fail-level", level]) == code
    said = capsys.readouterr().out
    assert "written: " in said and ("BROKEN fail-level 1" in said) == bool(code)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--alpha", "7"],
        ["--pooling-gradients", "max"],
        ["--fail-level", "9"],
        ["--findings", "perhaps"],
        ["--minutes", "-1"],
        ["--pictures", "some"],
        [],
    ],
)
def test_wrong_arguments_end_with_a_code(arguments: list[str], tmp_path: Path) -> None:
    given = ["--metadata", str(tmp_path / "none.json"), *arguments] if arguments else []
    with pytest.raises(SystemExit) as ended:
        main(["deploy", *given])
    assert ended.value.code == 2


def test_only_deploy_tolerates_unknown_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["runs", "--from-the-future"])
    assert "unrecognized arguments: --from-the-future" in capsys.readouterr().err
