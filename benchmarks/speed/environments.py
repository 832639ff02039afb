"""Python environments of other libraries, made below ``cache/bench-envs`` with pip on first use."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("cache/bench-envs")
NEWEST = ("tensorflow-cpu==2.21.0", "keras==3.15.1", "tf_keras==2.21.0")
BEFORE = ("tensorflow-cpu==2.20.0", "keras==3.15.1", "tf_keras==2.20.1")  # Xplique's upper bound


@dataclass(frozen=True)
class Environment:
    """``packages`` with what they need, then ``alone`` without (its own pins would fetch CUDA)."""

    packages: tuple[str, ...]
    alone: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()


ENVIRONMENTS = {
    "tf-keras-vis": Environment(
        (*NEWEST, "scipy<=1.15.3", "pillow", "deprecated", "imageio", "packaging"),
        ("tf-keras-vis==0.8.7",),
        (("TF_USE_LEGACY_KERAS", "1"),),
    ),
    "xplique": Environment(
        (
            *BEFORE,
            "tensorflow-probability[tf]==0.25.0",
            "scipy<=1.15.3",
            "scikit-learn<=1.7.2",
            "scikit-image<=0.25.2",
            "matplotlib",
            "opencv-python-headless",
            "einops",
            "deprecated",
        ),
        ("xplique==2.0.2",),
    ),
}


class Unavailable(RuntimeError):
    """The environment could not be made; the message is the reason that the report shows."""


def python_of(name: str, folder: Path = FOLDER) -> Path:
    """The interpreter of the environment ``name``; "own" is the one that runs now.

    Raises:
        Unavailable: pip could not install it.
    """
    if name == "own":
        return Path(sys.executable)
    place = (folder / name).absolute()
    done = place / "complete"
    if not done.exists():
        wanted = ENVIRONMENTS[name]
        _run([sys.executable, "-m", "venv", "--clear", str(place)])
        install = [str(place / "bin" / "python"), "-m", "pip", "install", "-q"]
        _run([*install, *wanted.packages])
        _run([*install, "--no-deps", *wanted.alone])
        done.touch()
    return place / "bin" / "python"


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if "ERROR" in line] or ["no message"]
        raise Unavailable(f"cannot be installed: {lines[0][:200]}")
