"""Model files opened by the walled process: same graph, same refusals, and no traceback when it dies."""

import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError, OpenSizeError, UntrustedModelError
from gradcam_core.model import apart, open_explainer
from gradcam_core.model.apart import frozen_apart, wanted, write_refusal
from gradcam_core.model.choices import Choices
from gradcam_core.model.opening import opened
from tests.model import hostile


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import keras

    path = tmp_path_factory.mktemp("apart") / "model.keras"
    hostile.healthy(keras).save(path)
    return path


def test_the_walled_process_gives_the_same_answers(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.random.default_rng(0).random((2, 8, 12, 3), dtype=np.float32)
    found = []
    for switch in ("on", "off"):
        monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / switch))
        monkeypatch.setenv(apart.SWITCH, switch)
        assert wanted() == (switch == "on")
        found.append(open_explainer(model, engine="tensorflow").explain(x))
    np.testing.assert_array_equal(found[0].logits, found[1].logits)
    maps = [one.evidence["classic"].gradients for one in found]
    np.testing.assert_array_equal(*maps)


def test_its_answer_is_not_believed(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the walled process taken over, its graph would still have to pass the list."""
    frozen = opened(model, Choices())
    node = frozen.definition.node.add()
    node.name, node.op = "out", "WriteFile"
    place = {}

    class Taken:
        returncode = 0

        def __init__(self, command: list[str], **_: object) -> None:
            place["folder"] = Path(command[4])
            apart.write_graph(frozen, place["folder"])

        def communicate(self, timeout: float) -> tuple[bytes, bytes]:
            return b"", b""

        def kill(self) -> None: ...

        def wait(self) -> None: ...

    monkeypatch.setattr(apart.subprocess, "Popen", Taken)
    with pytest.raises(UntrustedModelError, match="WriteFile in out"):
        frozen_apart(model, Choices())


def _child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The walled process runs ``code`` instead."""
    popen = apart.subprocess.Popen
    monkeypatch.setattr(
        apart.subprocess,
        "Popen",
        lambda command, **options: popen([sys.executable, "-c", code, *command[3:]], **options),
    )


def test_a_refusal_keeps_its_kind_and_words(
    model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_refusal(OpenSizeError("a size", "none", "give one"), tmp_path)
    text = (tmp_path / apart.REFUSAL).read_text(encoding="utf-8")
    _child(
        monkeypatch, f"import pathlib, sys; pathlib.Path(sys.argv[2], 'refusal.json').write_text({text!r})"
    )
    with pytest.raises(OpenSizeError, match="expected a size; found none; to do: give one"):
        frozen_apart(model, Choices())


def test_a_process_that_dies_is_told_in_words(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})")
    with pytest.raises(ModelError, match=r"model.keras: the process that opened it was stopped by SIGSEGV"):
        frozen_apart(model, Choices())


def test_a_process_that_ends_early_is_told_in_words(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "raise SystemExit('no room')")
    with pytest.raises(ModelError, match="ended: no room"):
        frozen_apart(model, Choices())


def test_the_walled_process_sees_no_secrets(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EI_API_KEY", "secret")
    _child(monkeypatch, "import os; raise SystemExit(str('EI_API_KEY' in os.environ))")
    with pytest.raises(ModelError, match="ended: False"):
        frozen_apart(model, Choices())


def test_beside_python_only_the_package_itself_can_be_read() -> None:
    places = {place.resolve() for place in apart.readable()}
    root = Path(__file__).parents[2].resolve()
    assert root / "gradcam_core" in places
    assert not places & {root, *root.parents}
