"""Measurements -> Markdown tables, and their place between marks in a document."""

import math
import os
import platform
import re
import statistics
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.speed.contenders import CONTENDERS, YARDSTICK
from benchmarks.speed.growth import Audited
from benchmarks.speed.interleave import Measured

MARK = re.compile(r"(<!-- speed -->\n)(.*?)(<!-- /speed -->)", re.DOTALL)
HEADINGS = re.compile(r"^(?=### )", re.MULTILINE)
PACKAGES = ("tensorflow", "keras", "tf_keras", "openvino", "numpy", "opencv-python-headless", "pillow")
DECODE, FEATURES = "decode and fit alone", "maps alone, classic + fine"
WHOLE = "whole audit once the model is ready"
END_TO_END_LIMIT, COST_LIMIT, MEMORY_LIMIT = 1.15, 1.05, 1.1


def machine() -> str:
    """One line: processor, cores, memory, load, system, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, load before {os.getloadavg()[0]:.1f}; "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def speed(title: str, measured: Sequence[Measured]) -> str:
    """Pictures per second and the ratio to the yardstick, both of the same rounds."""
    base = next(one.rate for one in measured if one.title == YARDSTICK)
    limits = {one.title: one.limit for one in CONTENDERS}
    rows = [
        [one.title, "", "", "", "", "", one.failed]
        if one.failed
        else [
            one.title,
            f"{one.rate:.1f}",
            f"{one.rate / base:.2f}",
            at_least(limits.get(one.title, math.nan), one.rate / base),
            spread(one.seconds),
            f"{one.ready:.1f}",
            f"{one.peak_mb / 1024:.2f}",
        ]
        for one in measured
    ]
    head = ["", "pictures/s", f"÷ {YARDSTICK}", "limit", "slowest ÷ fastest round", "ready s", "peak GB"]
    return f"### {title}\n\n{table(head, rows)}"


def end_to_end(title: str, measured: Sequence[Measured]) -> str:
    """Decode alone and maps alone, on all cores and on one each, and both with scores and writing.

    Args:
        title: of the table.
        measured: decode, maps, decode on one core, maps on one core, whole.
    """
    failed = [f"{one.title}: {one.failed}" for one in measured if one.failed]
    if failed:
        return f"### {title}\n\n{'; '.join(failed)}\n"
    rows = [
        [one.title, f"{one.rate:.1f}", f"{1000 * work(one):.2f}", f"{one.peak_mb / 1024:.2f}"]
        for one in measured
    ]
    *parts, decode, features, whole = measured
    slower = min(part.rate for part in parts)
    cores = os.cpu_count() or 1
    needed = sum(work(part) for part in parts)
    possible = max(1.0, needed / cores * slower)
    ratio, alone = slower / whole.rate, min(decode.rate, features.rate) / whole.rate
    said = (
        f"Whole ÷ the slower part: {ratio:.2f}, {at_most(END_TO_END_LIMIT, ratio)}. Both parts alone need "
        f"{1000 * needed:.2f} ms of processor per picture, so on these {cores} cores no order of work can "
        f"bring the whole below {possible:.2f}. Whole on {cores} cores ÷ the slower part on a core of its "
        f"own: {alone:.2f}, {at_most(END_TO_END_LIMIT, alone)}."
    )
    head = ["", "pictures/s", "processor ms per picture", "peak GB"]
    return f"### {title}\n\n{table(head, rows)}\n{said}\n"


def work(one: Measured) -> float:
    """Processor seconds per picture, the median over rounds."""
    return statistics.median(one.processor)


def growth(title: str, found: Sequence[Audited]) -> str:
    """Cost per sample and memory of the larger run over those of the smaller one."""
    rows = [
        [f"{one.samples:,}", f"{one.seconds:.1f}", f"{one.rate:.1f}", f"{one.peak_mb / 1024:.2f}"]
        for one in found
    ]
    small, large = found
    cost, memory = small.rate / large.rate, large.peak_mb / small.peak_mb
    said = (
        f"Cost per sample {large.samples:,} ÷ {small.samples:,}: {cost:.2f}, {at_most(COST_LIMIT, cost)}; "
        f"memory: {memory:.2f}, {at_most(MEMORY_LIMIT, memory)}."
    )
    head = ["samples", "whole audit s", "pictures/s once ready", "peak GB"]
    return f"### {title}\n\n{table(head, rows)}\n{said}\n"


def at_least(limit: float, value: float) -> str:
    """ "≥ 1.50, met" or "≥ 1.50, missed"; nothing without a limit."""
    return "" if math.isnan(limit) else f"≥ {limit:.2f}, {'met' if value >= limit else 'missed'}"


def at_most(limit: float, value: float) -> str:
    """As :func:`at_least`, the other way round."""
    return f"limit ≤ {limit:.2f}, {'met' if value <= limit else 'missed'}"


def spread(seconds: Sequence[float]) -> str:
    return f"{max(seconds) / min(seconds):.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def write(document: Path, part: str) -> None:
    """Put a part, which begins with its heading, between the marks of the document; a part of the same
    heading makes room, the others stay.

    Raises:
        ValueError: the document has no such marks.
    """
    text = document.read_text(encoding="utf-8")
    marked = MARK.search(text)
    if not marked:
        raise ValueError(f"{document} has no <!-- speed --> and <!-- /speed --> marks")
    parts = {one.splitlines()[0]: one for one in HEADINGS.split(marked[2]) if one.strip()}
    parts[part.splitlines()[0]] = f"{part}\n"
    new = "".join(parts.values()).rstrip("\n") + "\n"
    document.write_text(MARK.sub(lambda found: found[1] + new + found[3], text), encoding="utf-8")
