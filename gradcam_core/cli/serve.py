"""serve: the dashboard, for a browser on this machine, or behind a sign-in for others, too."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError

PORT = 8501
LOOPBACK = "127.0.0.1"


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("serve", help=__doc__)
    parser.add_argument("--port", type=port, default=PORT, help=f"default: {PORT}")
    parser.add_argument(
        "--home", type=Path, help="folder with runs and demos (default: GRADCAM_HOME, else the current one)"
    )
    parser.add_argument(
        "--address", default=LOOPBACK,
        help=f"where to listen (default: {LOOPBACK}); others need the sign-in of SECURITY.md",
    )  # fmt: skip
    parser.add_argument(
        "--name", action="append", metavar="HOST",
        help="a name or address by which browsers reach it, such as audit.example.org; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--i-know", action="store_true", help="listen there without a sign-in: whoever reaches it sees all"
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
    os.execv(sys.executable, command(args.port, args.address, args.name or (), knowing=args.i_know))  # noqa: S606  # signals reach the server
    return 0


def command(
    port: int, address: str = LOOPBACK, names: Sequence[str] = (), *, knowing: bool = False
) -> list[str]:
    """Streamlit on the dashboard; ``-P`` keeps modules of the current folder out of its way."""
    app = dashboard() / "app.py"
    hosts = [part for name in names for part in ("--server.allowedHosts", name)]
    where = ["--server.address", address] if address != LOOPBACK else []
    told = ["--", "--i-know"] if knowing else []
    options = [*where, *hosts, "--server.port", str(port), *told]
    return [sys.executable, "-P", "-m", "streamlit", "run", str(app), *options]


def dashboard() -> Path:
    """The folder of ``app.py``, pages and theme: within an installed package, or the top of a checkout."""
    core = Path(__file__).parents[1]
    installed = core / "_dashboard"
    return installed if installed.is_dir() else core.parent
