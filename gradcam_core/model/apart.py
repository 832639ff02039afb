"""A model file is opened in a process of its own, behind walls; only its frozen graph comes back.

So the process that holds pictures, keys and runs never lets Keras read a stranger's file, and what it gets
is checked once more against the list of operations.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradcam_core
from gradcam_core.base import errors
from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.choices import Choices
from gradcam_core.model.freeze import Frozen
from gradcam_core.model.graph_cache import keep, read
from gradcam_core.model.saved_graph import check_operations

SWITCH = "GRADCAM_WALL"
MINUTES = 15
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
REFUSAL, GRAPH = "refusal.json", "graph"


def wanted() -> bool:
    """Unless ``GRADCAM_WALL=off`` says that model files are opened in this process."""
    return os.environ.get(SWITCH, "").lower() != "off"


def frozen_apart(path: Path, choices: Choices) -> Frozen:
    """The frozen graph of the model at ``path``, made by a walled process.

    Raises:
        ModelError: what the walled process refused, or that it was stopped; without trust also an
            operation in its answer that is not on the list.
    """
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "gradcam_core.model.walled", str(path.resolve()), place]
        process = subprocess.Popen(
            [*command, json.dumps(asdict(choices))],
            cwd=place,
            env=_environment(place),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            backend.tensorflow()  # takes seconds that the other process takes, too
            _, said = process.communicate(timeout=60 * MINUTES)
        except subprocess.TimeoutExpired as error:
            raise _stopped(path, f"it was not done after {MINUTES} minutes") from error
        finally:
            process.kill()
            process.wait()
        _raise_refusal(Path(place) / REFUSAL)
        if process.returncode or not (Path(place) / GRAPH).is_dir():
            raise _stopped(path, _why(process.returncode, said.decode(errors="replace")))
        frozen = read(Path(place) / GRAPH)
    if not choices.trust_code:
        check_operations(frozen.definition)
    return frozen


def _environment(place: str) -> dict[str, str]:
    """Nothing that is a secret, and every folder that a library wants to write to."""
    kept = {name: value for name, value in os.environ.items() if name in PASSED_ON}
    homes = dict.fromkeys(("HOME", "TMPDIR", "KERAS_HOME", "XDG_CACHE_HOME"), place)
    return (
        kept
        | homes
        | backend.QUIET
        | {"PYTHONPATH": os.pathsep.join(roots()), "PYTHONDONTWRITEBYTECODE": "1"}
    )


def roots() -> list[str]:
    """Where this process imports from, the project first."""
    own = str(Path(gradcam_core.__file__).parents[1])
    return [own, *dict.fromkeys(entry for entry in sys.path if entry and entry != own)]


def _raise_refusal(file: Path) -> None:
    if not file.is_file():
        return
    said = json.loads(file.read_text(encoding="utf-8"))
    kind = getattr(errors, said["kind"], ModelError)
    raise kind(said["expected"], said["found"], said["todo"])


def _why(code: int, said: str) -> str:
    if code < 0:
        return f"the process that opened it was stopped by {signal.Signals(-code).name}"
    lines = [line for line in said.splitlines() if line.strip()] or ["without a word"]
    return f"the process that opened it ended: {lines[-1][:300]}"


def _stopped(path: Path, why: str) -> ModelError:
    return ModelError(
        "a model file that can be opened in the memory and time there is",
        f"{path.name}: {why}",
        "if the file is sound, close other programs or use a machine with more memory",
    )


def write_refusal(error: ModelError, folder: Path) -> None:
    """Say in ``folder`` why the file was refused (the walled process's side)."""
    said: dict[str, Any] = {name: getattr(error, name) for name in ("expected", "found", "todo")}
    text = json.dumps({"kind": type(error).__name__, **said})
    (folder / REFUSAL).write_text(text, encoding="utf-8")


def write_graph(frozen: Frozen, folder: Path) -> None:
    """Hand the graph over in ``folder`` (the walled process's side)."""
    keep(frozen, folder / GRAPH)


def readable() -> Iterator[Path]:
    """What a walled process has to read: Python, its packages, the system's libraries and facts.

    Of this project only the package itself: beside it may lie runs, pictures and secrets.
    """
    packages = [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
    for place in (sys.prefix, sys.base_prefix, sys.exec_prefix, *packages):
        yield Path(place)
        yield Path(place).resolve()
    yield Path(gradcam_core.__file__).parent
    yield from map(Path, ("/usr", "/lib", "/lib64", "/proc", "/sys", "/opt", "/nix"))
    yield from map(Path, ("/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/etc/nsswitch.conf"))
    yield from map(Path, ("/dev/urandom", "/dev/random", "/dev/null", "/dev/zero"))
