"""What one picture costs where, for docs/scaling.md: `python -m benchmarks.scaling --report`.

Draws photographs-sized JPEG files, audits them on this machine with MobileNetV2 at 96×96, and measures what
a cluster audit consists of: decoding, the whole audit, writing a part, merging parts, cutting pieces.
Processor seconds, so that the figures hold on a machine that does other work too.
"""

import argparse
import os
import pickle
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from gradcam_core.auditing import manifest
from gradcam_core.auditing.assembly import Assembly
from gradcam_core.auditing.batch import grids_of, join, metadata_names, one_batch
from gradcam_core.auditing.cluster.storage import Storage
from gradcam_core.auditing.parts.part_file import to_bytes
from gradcam_core.auditing.parts.pieces import Piece, cut
from gradcam_core.auditing.pipeline import ready
from gradcam_core.auditing.setup import Setup
from gradcam_core.images import load_one
from gradcam_core.images.batches import prepare
from gradcam_core.projects import open_project
from gradcam_core.runs.writing import RunWriter
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.options import AuditOptions

REPORT = Path("docs/scaling.md")
MARK = re.compile(r"(<!-- scaling -->\n).*?(<!-- /scaling -->)", re.DOTALL)
PICTURES, SIZE, NODE = 1024, (480, 640), 16  # NODE: processors of the machine in the table
MILLION = 1_000_000


def draw(root: Path) -> None:
    """JPEG files of 640×480 with coarse structure, in two classes, each with a mask."""
    generator = np.random.default_rng(0)
    mask = np.zeros(SIZE, np.uint8)
    mask[120:300, 200:400] = 255
    for number in range(PICTURES):
        coarse = generator.integers(0, 255, (24, 32, 3)).astype(np.uint8)
        picture = Image.fromarray(coarse).resize(SIZE[::-1], Image.Resampling.BICUBIC)
        for folder, image in (("testing", picture), ("masks", Image.fromarray(mask))):
            suffix = "jpg" if folder == "testing" else "png"
            path = root / folder / "ab"[number % 2] / f"{number:05d}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(path, quality=90)


def save_model(path: Path) -> None:
    """MobileNetV2 at 96×96 with random weights: what it answers does not matter here."""
    import keras

    keras.utils.set_random_seed(0)
    keras.applications.MobileNetV2((96, 96, 3), weights=None, classes=2).save(path)


def spent(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """(result, processor seconds, wall seconds)."""
    own, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - own, time.perf_counter() - wall


def compute(setup: Setup, piece: Piece) -> Any:
    """What a worker does with one piece."""
    batches = prepare(
        piece.project,
        setup.spec,
        grids_of(setup),
        setup.options.batch_size,
        TASKS[piece.project.task].medium,
    )
    return join([one_batch(setup, batch, metadata_names(setup.project)) for batch in batches])


def measure(folder: Path) -> dict[str, float]:
    """Seconds and bytes per picture."""
    draw(folder)
    save_model(folder / "model.keras")
    setup = ready(open_project(folder), AuditOptions())
    files = [setup.project.root / sample.path for sample in setup.project.samples]
    _, decode, _ = spent(lambda: [load_one(file, setup.spec) for file in files])
    pieces, cutting, _ = spent(lambda: cut(setup, PICTURES // 4))
    compute(setup, pieces[0])  # the engine is chosen on the first batch
    parts, audit, wall = spent(lambda: [compute(setup, piece) for piece in pieces])
    storage = Storage(str(folder / "parts"))
    data, packing, _ = spent(lambda: [to_bytes(part, {"engine": "x"}) for part in parts])
    for piece, content in zip(pieces, data, strict=True):
        storage.write(piece.key, content)
    _, merging, _ = spent(lambda: merge(setup, pieces, storage, folder / "runs"))
    return {
        "decode": decode / PICTURES,
        "audit": audit / PICTURES,
        "audit wall": wall / PICTURES,
        "cut": cutting / PICTURES,
        "pack": packing / PICTURES,
        "merge": merging / PICTURES,
        "picture bytes": sum(file.stat().st_size for file in files) / PICTURES,
        "part bytes": sum(map(len, data)) / PICTURES,
        "piece bytes": sum(len(pickle.dumps(piece)) for piece in pieces) / PICTURES,
    }


def merge(setup: Setup, pieces: list[Piece], storage: Storage, runs: Path) -> None:
    """What the starting machine does when all parts are there."""
    with RunWriter(runs, "merged", len(setup.project.samples)) as writer:
        work = Assembly(writer)
        for piece in pieces:
            found = storage.read(piece.key)
            if found is not None:
                work.add(found[0])
        table, outlines = work.finished()
        document = manifest.build("merged", setup, table, {"seconds": 0.0})
        writer.finish(document, table, outlines)


def report(found: dict[str, float]) -> str:
    """The measured parts and what follows from them for 1, 10 and 100 machines."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    lines = [
        f"{PICTURES:,} JPEG files of 640×480, MobileNetV2 at 96×96, classic and fine maps, engine `auto`; "
        f"{os.cpu_count()} processors, load {load}.",
        "",
        "| part | where | processor time per picture | per million pictures |",
        "|---|---|---|---|",
    ]
    where = {"decode": "worker, within the audit", "audit": "worker, everything", "pack": "worker",
             "cut": "starting machine", "merge": "starting machine"}  # fmt: skip
    lines += [
        f"| {name} | {place} | {1000 * found[name]:.3f} ms | {found[name] * MILLION / 3600:.2f} h |"
        for name, place in where.items()
    ]
    lines += [
        "",
        f"Bytes per picture: read {found['picture bytes']:,.0f}, part {found['part bytes']:,.0f}, sent "
        f"to a worker {found['piece bytes']:,.0f}. Wall time on this machine: "
        f"{found['audit wall'] * MILLION / 3600:.1f} h per million pictures.",
        "",
        f"Worked out from these for machines of {NODE} processors, a million pictures:",
        "",
        "| machines | computing | reading must deliver | driver (cut and merge) | together | limit |",
        "|---|---|---|---|---|---|",
        *(_row(count, found) for count in (1, 10, 100)),
    ]
    return "\n".join([*lines, ""])


def _row(count: int, found: dict[str, float]) -> str:
    work = (found["audit"] + found["pack"]) * MILLION / (NODE * count)
    driver = (found["cut"] + found["merge"]) * MILLION
    megabytes = found["picture bytes"] * MILLION / work / 1e6
    limit = "computing" if work > driver else "the driver's merge"
    share = found["decode"] / (found["audit"] + found["pack"])
    limit += (
        f" ({share:.0%} of it decoding)" if work > driver else ", and storage that delivers the pictures"
    )
    together = (work + driver) / 60
    return (
        f"| {count} | {work / 60:.1f} min | {megabytes:,.0f} MB/s | {driver / 60:.1f} min "
        f"| {together:.1f} min | {limit} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("--report", action="store_true", help=f"write {REPORT} between its marks")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(measure(Path(folder)))
    print(text)
    if args.report:
        whole = REPORT.read_text(encoding="utf-8")
        REPORT.write_text(MARK.sub(lambda mark: mark[1] + text + mark[2], whole), encoding="utf-8")


if __name__ == "__main__":
    main()
