"""serve: the dashboard, for a browser on this machine."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError

PORT = 8501


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("serve", help=__doc__)
    parser.add_argument("--port", type=port, default=PORT, help=f"default: {PORT}")
    parser.add_argument(
        "--home", type=Path, help="folder with runs and demos (default: GRADCAM_HOME, else the current one)"
    )
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """A port that a program may listen on, for argparse."""
    value = int(text)
    if not 0 < value < 2**16:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 65535, found {text}")
    return value


def run(args: argparse.Namespace) -> int:
    home = (args.home or paths.home()).resolve()
    if not home.is_dir():
        raise AuditError("a folder as --home", f"{home} is none", "make it first, or correct the path")
    os.environ["GRADCAM_HOME"] = str(home)
    sys.stdout.flush()
    os.execv(sys.executable, command(args.port))  # noqa: S606  # signals reach the server
    return 0


def command(port: int) -> list[str]:
    """Streamlit on the dashboard; ``-P`` keeps modules of the current folder out of its way."""
    app = dashboard() / "app.py"
    return [sys.executable, "-P", "-m", "streamlit", "run", str(app), "--server.port", str(port)]


def dashboard() -> Path:
    """The folder of ``app.py``, pages and theme: within an installed package, or the top of a checkout."""
    core = Path(__file__).parents[1]
    installed = core / "_dashboard"
    return installed if installed.is_dir() else core.parent
