"""Runs one command into its job's folder and writes down how it ended. A process of its own.

Called as ``python watch.py FOLDER COMMAND...``. It imports next to nothing of the project, so it costs
little beside the command that it watches. A job that takes turns waits for its own first. Where the folder
holds ``then.json``, what follows a command that ended well is started by ``ui.jobs.follow``.
"""

import json
import subprocess
import sys
from pathlib import Path

from gradcam_core.base.turns import await_turn


def watch(folder: Path, argv: list[str]) -> int:
    """Run ``argv`` with its output in ``folder`` and return its exit code; ``exit.json`` comes last."""
    await_turn(folder)
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        try:
            code = subprocess.run(
                argv, stdout=out, stderr=err, stdin=subprocess.DEVNULL, check=False
            ).returncode
        except OSError as error:
            err.write(f"{argv[0]} cannot be started: {error}\n".encode())
            code = 127
    temporary = folder / ".exit.json"
    temporary.write_text(json.dumps({"code": code}) + "\n", encoding="utf-8")
    temporary.replace(folder / "exit.json")
    if code == 0 and (folder / "then.json").is_file():
        subprocess.run([sys.executable, "-m", "ui.jobs.follow", str(folder)], check=False)
    return code


if __name__ == "__main__":
    sys.exit(watch(Path(sys.argv[1]), sys.argv[2:]))
