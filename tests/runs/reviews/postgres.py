"""Debian's PostgreSQL on a free port, started and stopped by the test that needs it."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = Path("/usr/lib/postgresql")


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``; skips the test where there is none."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    named = shutil.which("initdb")
    if not found and not named:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1].parent if found else Path(str(named)).parent


def _identity() -> dict[str, object]:
    """PostgreSQL refuses to run as root; then the user that Debian made for it runs it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL of an empty database; its files lie in ``folder``."""
    binaries, identity = programs(), _identity()
    data = Path(shutil.copytree(folder, Path("/tmp") / f"pg-{os.getpid()}"))  # short: a socket's path
    if identity:
        shutil.chown(data, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(*command: str) -> None:
        subprocess.run(
            command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **identity
        )  # type: ignore[call-overload]

    cluster = str(data / "data")
    try:
        call(str(binaries / "initdb"), "-D", cluster, "-A", "trust", "-U", "reader", "--no-sync")
        options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
        call(str(binaries / "pg_ctl"), "-D", cluster, "-w", "-l", f"{data}/log", "-o", options, "start")
        try:
            yield f"postgresql://reader@127.0.0.1:{port}/postgres"
        finally:
            call(str(binaries / "pg_ctl"), "-D", cluster, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data, ignore_errors=True)
