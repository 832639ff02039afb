"""A process as a container runs it, without one: another user, a read-only root, two writable folders."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

INSIDE = """
set -e
cd /
mount --bind "$1" "$1"
mount -t tmpfs tmpfs "$2"
mount -o remount,bind,ro /
shift 2
exec unshare --user --map-user=10001 --map-group=10001 -- "$@"
"""
OUTSIDE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", INSIDE, "boxed")


def run_boxed(
    command: Sequence[str], output: Path, scratch: Path, environment: Mapping[str, str], seconds: float
) -> subprocess.CompletedProcess[str]:
    """Run a command that can write below ``output`` and ``scratch`` (in memory, gone afterwards) only."""
    whole = [*OUTSIDE, str(output), str(scratch), *command]
    return subprocess.run(
        whole, env=dict(environment), capture_output=True, text=True, timeout=seconds, check=False
    )


@cache
def can_box() -> bool:
    """Whether this machine lets anybody make such a box."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*OUTSIDE[:4], "true"], capture_output=True, check=False).returncode == 0
