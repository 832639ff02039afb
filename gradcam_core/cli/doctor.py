"""doctor: what this machine offers: versions, limits, walls, fonts, browser; exit 1 where one lacks."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, NamedTuple

import psutil

from gradcam_core import __version__
from gradcam_core.base import paths, wall
from gradcam_core.cli._say import say

State = Literal["ok", "note", "lacks"]
PACKAGES = (
    *("numpy", "pandas", "pyarrow", "pillow", "opencv-python-headless"),
    *("tensorflow", "openvino", "streamlit"),
)
EXTRAS: Mapping[str, str] = {"ray": "cluster", "pydicom": "dicom", "pi-heif": "heic", "psycopg": "postgres"}
WALLS = ("network", "files", "limits")
BROWSERS = ("chromium", "google-chrome", "firefox", "chromium-browser", "microsoft-edge")
LEAST_MEMORY, LEAST_DISK, LEAST_FILES = 4, 5, 1_024  # GB, GB, open files
SECONDS = 60


class Finding(NamedTuple):
    """One line: what was looked at, whether it will do, and what was seen."""

    about: str
    state: State
    seen: str


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("doctor", help=__doc__)
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found = [finding for look in LOOKS for finding in look()]
    if args.json:
        print(json.dumps([finding._asdict() for finding in found]))
    else:
        for about, state, seen in found:
            say(f"{state:<6}{about:<28}{seen}")
    return int(any(finding.state == "lacks" for finding in found))


def _versions() -> Iterator[Finding]:
    yield Finding(
        "gradcam-audit", "ok", f"{__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    for name in PACKAGES:
        found = _version(name)
        yield Finding(
            name, "ok" if found else "lacks", found or "not installed: pip install -r requirements.txt"
        )
    for name, extra in EXTRAS.items():
        yield Finding(
            name,
            *(("ok", found) if (found := _version(name)) else ("note", f"not installed: extra {extra}")),
        )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _limits() -> Iterator[Finding]:
    gigabytes = psutil.virtual_memory().available / 2**30
    yield _enough("memory free", gigabytes, LEAST_MEMORY, "GB")
    yield _enough(
        "disk free below GRADCAM_HOME",
        shutil.disk_usage(_existing(paths.home())).free / 2**30,
        LEAST_DISK,
        "GB",
    )
    if sys.platform != "win32":
        import resource

        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        yield _enough(
            "open files", float("inf") if files == resource.RLIM_INFINITY else files, LEAST_FILES, ""
        )
        for name, kind in (("address space", resource.RLIMIT_AS), ("file size", resource.RLIMIT_FSIZE)):
            most = resource.getrlimit(kind)[0]
            if most != resource.RLIM_INFINITY:
                yield Finding(f"limit of {name}", "note", f"{most / 2**30:.1f} GB (ulimit)")
    writable = os.access(_existing(paths.home()), os.W_OK)
    yield Finding(
        "GRADCAM_HOME",
        "ok" if writable else "lacks",
        f"{paths.home()}{'' if writable else ' cannot be written'}",
    )


def _enough(about: str, value: float, least: float, unit: str) -> Finding:
    few = f", fewer than {least:,}: large audits may fail" if value < least else ""
    return Finding(about, "note" if few else "ok", f"{value:,.0f} {unit}".strip() + few)


def _existing(place: Path) -> Path:
    return next(one for one in (place, *place.parents) if one.exists())


def _walls() -> Iterator[Finding]:
    holds = walls()
    for name in WALLS:
        seen = "holds" if name in holds else "this system has none; open models of strangers in a container"
        yield Finding(f"wall: {name}", "ok" if name in holds else "note", seen)
    if os.environ.get("GRADCAM_WALL", "").lower() == "off":
        yield Finding("GRADCAM_WALL", "note", "off: model files are opened without walls")


def walls() -> tuple[str, ...]:
    """Which walls a process of this machine can build around itself, tried in one."""
    script = "from pathlib import Path; from gradcam_core.base.wall import close_in; "
    script += "print(*close_in([Path('/')], [], 0, 60))"
    root = str(Path(wall.__file__).parents[2])
    command = [sys.executable, "-c", script]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=root, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(done.stdout.split())


def _shown() -> Iterator[Finding]:
    found = _fonts()
    yield Finding(
        "fonts", "ok" if found else "note", found or "none found: pictures of pages may lack letters"
    )
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    yield Finding(
        "browser", "ok" if browser else "note", browser or "none here; any other machine's will do"
    )


def _fonts() -> str:
    lister = shutil.which("fc-list")
    if lister is None:
        return ""
    done = subprocess.run(
        [lister, ":", "family"], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    families = {line.split(",")[0] for line in done.stdout.splitlines() if line}
    return f"{len(families):,} families" if families else ""


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_versions, _limits, _walls, _shown)
