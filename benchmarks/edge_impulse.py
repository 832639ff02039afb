"""Edge Impulse through the contract server, for docs/edge-impulse.md: `python -m benchmarks.edge_impulse`.

A whole audit against one from a folder, every fault with what the user reads, and what a killed download
fetches twice. Waiting is real: the job of 25 seconds takes 25 seconds.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.errors import AuditError
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.store import Run, open_run
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import by_hand, toy
from tests.projects.edge_impulse.studio import Reply, Studio, serve

ROOT = Path(__file__).parents[1]
MARK = re.compile(r"(<!-- contract -->\n).*?(<!-- /contract -->)", re.DOTALL)
COMMAND = (
    sys.executable,
    "-m",
    "gradcam_core",
    "audit",
    "edge-impulse",
    "--engine",
    "tensorflow",
    "--json",
)
KILLED_AFTER = (1, 4, 7)  # pictures that have arrived whole


@contextmanager
def home() -> Iterator[Path]:
    """An empty home folder, and the key, in the environment."""
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        os.environ |= {"GRADCAM_HOME": folder, "EI_API_KEY": toy.KEY, "NO_PROXY": "127.0.0.1"}
        yield Path(folder)


def whole_audit() -> list[str]:
    """The command line through the API, and the same project from a folder."""
    with home() as folder, serve(Studio()) as studio:
        before = sum(os.times()[2:4])  # processor seconds of children
        done = subprocess.run(
            [*COMMAND, "--host", studio.url], cwd=ROOT, capture_output=True, text=True, check=True
        )
        seconds = sum(os.times()[2:4]) - before
        api = open_run(Path(json.loads(done.stdout.strip().splitlines()[-1])["run"]))
        (folder / "by-hand").mkdir()
        options = AuditOptions(engine="tensorflow")
        other = audit(by_hand.project(folder / "by-hand"), options, folder / "runs")
        written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        return [
            *compared(api, other, seconds),
            f"| files that hold the key | {written.count(toy.KEY.encode())} |",
        ]


def compared(api: Run, other: Run, seconds: float) -> list[str]:
    """Rows: what the run is, and how it agrees with the one from a folder."""
    model, maps = api.model, api.map_facts
    shares = [float(one.table["correct"].astype(float).mean()) for one in (api, other)]
    logits = [one.array("logits.npy") for one in (api, other)]
    bits = logits[0].tobytes() == logits[1].tobytes()
    same = [np.array_equal(api.maps(name), other.maps(name), equal_nan=True) for name in api.map_sets]
    grids = ", ".join(f"{name} {one['grid'][0]}×{one['grid'][1]}" for name, one in maps.items())
    return [
        f"| model | {model['format']}, {model['head']} head, a nested MobileNetV2; maps {grids} |",
        f"| test samples | {len(api.table)}, {int((api.table['status'] == 'ok').sum())} of them ok |",
        f"| processor time of the whole command, fetching included | {seconds:.0f} s |",
        f"| accuracy through the API, from a folder | {shares[0]:.4f}, {shares[1]:.4f} |",
        f"| predictions the same bit for bit | {'yes' if bits else 'NO'}, {logits[0].size} logits |",
        f"| maps the same bit for bit | {'yes' if all(same) else 'NO'}, {' and '.join(api.map_sets)} |",
    ]


def third_call_502(studio: Studio) -> None:
    studio.fault = lambda number, _path: (
        Reply(502, b"Bad gateway", "text/plain") if number % 3 == 0 else None
    )


def job_of_25_seconds(studio: Studio) -> None:
    studio.export, studio.polls = toy.export_zip(), 6


def failing_job(studio: Studio) -> None:
    studio.job_succeeds = False


def stale_export(studio: Studio) -> None:
    studio.export, studio.export_created = toy.export_zip(), "2026-03-02T09:59:59.000Z"


def truncated_export(studio: Studio) -> None:
    studio.export = toy.export_zip()[:5000]


def truncated_model(studio: Studio) -> None:
    studio.files["tflite-h5"] = toy.model_zip()[:9000]


def html(studio: Studio) -> None:
    page = Reply(200, b"<!DOCTYPE html><title>Log in</title>", "text/html")
    studio.fault = lambda _number, path: page if path.endswith("/impulse") else None


def wrong_key(studio: Studio) -> None:
    studio.key = "another"


FAULTS: tuple[tuple[str, Callable[[Studio], None], str], ...] = (
    ("every third call answers 502", third_call_502, "samples"),
    ("an export job of 25 seconds", job_of_25_seconds, "export"),
    ("the export job fails", failing_job, "export"),
    ("only a stale earlier export", stale_export, "export"),
    ("the export's zip is truncated", truncated_export, "export"),
    ("the model's zip is truncated", truncated_model, "samples"),
    ("HTML instead of JSON", html, "samples"),
    ("a wrong key", wrong_key, "samples"),
)


def fault_row(name: str, breaks: Callable[[Studio], None], via: str) -> str:
    """What happens, and the line that the user reads."""
    with home(), serve(Studio()) as studio:
        breaks(studio)
        started = time.monotonic()
        try:
            project = open_project("edge-impulse", Overrides(host=studio.url, via=via))
            said = f"{len(project.samples)} samples arrive, {len(project.broken)} broken"
        except AuditError as error:
            said = str(error).replace("|", "\\|")
        return f"| {name} | {said} | {time.monotonic() - started:.0f} s, {len(studio.asked)} calls |"


def asked(studio: Studio) -> Counter[str]:
    """Sample id -> how often its picture was asked for."""
    return Counter(found[1] for _, path, _ in studio.asked if (found := re.search(r"/(\d+)/image", path)))


def killed_row(whole: int) -> str:
    """SIGKILL when ``whole`` pictures have arrived and the next ones are under way; then start again."""
    served, go_on = threading.Semaphore(0), threading.Event()

    def hold(path: str) -> None:
        if path.endswith("/image"):
            served.release()
            if sum(asked(studio).values()) > whole:
                go_on.wait(60)

    with home(), serve(Studio(delay=hold)) as studio:
        process = subprocess.Popen(
            [*COMMAND, "--host", studio.url], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(whole + 4):
            served.acquire(timeout=120)
        process.send_signal(signal.SIGKILL)
        process.wait()
        go_on.set()
        project = open_project("edge-impulse", Overrides(host=studio.url))
        counts = asked(studio)
        twice, model = sum(count > 1 for count in counts.values()), studio.count("tflite-h5")
        return f"| {whole} of {len(project.samples)} | {len(counts)} | {twice} | {model} |"


def report() -> str:
    """The part of the page between its marks."""
    lines = ["| a nested Keras 2 `.h5` project | |", "|---|---|", *whole_audit(), ""]
    lines += ["| fault | what happens, word for word | took |", "|---|---|---|"]
    lines += [fault_row(*one) for one in FAULTS]
    lines += [
        "",
        "| killed when so many pictures were whole | pictures fetched in the end | of them fetched twice |",
    ]
    lines[-1] += " requests for the model, both starts |"
    return "\n".join([*lines, "|---|---|---|---|", *(killed_row(whole) for whole in KILLED_AFTER), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", type=Path, help="replace the part between the contract marks of this file"
    )
    args = parser.parse_args()
    text = report()
    print(text)
    if args.write:
        page = args.write.read_text(encoding="utf-8")
        args.write.write_text(MARK.sub(lambda m: m[1] + text + m[2], page), encoding="utf-8")


if __name__ == "__main__":
    main()
