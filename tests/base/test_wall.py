"""What a walled process can still reach. Each try runs in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = [sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", str(ROOT)]
TRY = """
import json, pathlib, socket, sys
from gradcam_core.base.wall import close_in
own, other, port = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
server = ("127.0.0.1", port)
holds = close_in(map(pathlib.Path, json.loads(sys.argv[4])), [own], 1 << 30, 60)
def tried(what):
    try:
        what()
        return "done"
    except (OSError, MemoryError) as error:
        return type(error).__name__
print(json.dumps({
    "holds": holds,
    "own": tried(lambda: (own / "new").write_text("x")),
    "read": tried(lambda: (other / "secret").read_text()),
    "write": tried(lambda: (other / "new").write_text("x")),
    "list": tried(lambda: list(other.iterdir())),
    "connect": tried(lambda: socket.create_connection(server, 2)),
    "memory": tried(lambda: bytearray(4 << 30)),
}))
"""


@pytest.fixture
def found(tmp_path: Path) -> dict[str, object]:
    """What a walled process that may only use ``own`` could do."""
    import socket

    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    (other / "secret").write_text("x", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = [str(own), str(other), str(server.getsockname()[1]), json.dumps(PYTHON)]
        done = subprocess.run(
            [sys.executable, "-c", TRY, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
        )
    return json.loads(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="walls are Linux's")
def test_what_each_wall_keeps_out(found: dict[str, object]) -> None:
    holds = found.pop("holds")
    assert found["own"] == "done"
    if "files" in holds:
        assert {found["read"], found["write"], found["list"]} == {"PermissionError"}
    if "network" in holds or "files" in holds:
        assert found["connect"] in ("PermissionError", "ConnectionRefusedError", "OSError")
    if "limits" in holds:
        assert found["memory"] == "MemoryError"
