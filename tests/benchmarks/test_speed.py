"""The speed report on made-up measurements, and the workers' protocol with a worker of its own."""

import math
import sys
from pathlib import Path

import pytest

from benchmarks.speed import interleave, report
from benchmarks.speed.contenders import CONTENDERS, YARDSTICK
from benchmarks.speed.growth import Audited
from benchmarks.speed.interleave import Measured, Task, compete

OURS = "ours, OpenVINO float32, classic"


def measured(title: str, *seconds: float, failed: str = "") -> Measured:
    own = [2 * one for one in seconds]
    return Measured(title, list(seconds), own, ready=3.0, peak_mb=512, failed=failed)


def row_of(text: str, title: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {title} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize(("ours", "ratio", "verdict"), [(0.005, "2.00", "met"), (0.008, "1.25", "missed")])
def test_ratios_are_of_medians_and_stand_beside_their_limit(ours: float, ratio: str, verdict: str) -> None:
    text = report.speed(
        "Maps", [measured(YARDSTICK, 0.01, 0.01, 0.04), measured(OURS, ours, ours * 3, ours / 2)]
    )
    assert row_of(text, YARDSTICK)[1:5] == ["100.0", "1.00", "", "4.00"]
    assert row_of(text, OURS)[2:4] == [ratio, f"≥ 1.50, {verdict}"]
    assert row_of(text, OURS)[6] == "0.50"


def test_a_contender_that_cannot_run_keeps_its_line_and_its_reason() -> None:
    text = report.speed("Maps", [measured(YARDSTICK, 0.01), measured("Xplique", failed="no wheel")])
    assert row_of(text, "Xplique")[-1] == "no wheel"
    assert math.isnan(measured("Xplique").rate)


def test_the_whole_is_compared_with_the_slower_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report.os, "cpu_count", lambda: 2)
    parts = [measured("decode", 0.002), measured("maps", 0.010)]
    bound = [measured("decode, one core", 0.003), measured("maps, one core", 0.009)]
    whole = measured("whole", 0.011)
    said = report.end_to_end("End to end", [*parts, *bound, whole])
    assert "the slower part: 1.10, limit ≤ 1.15, met" in said
    assert "a core of its own: 1.22, limit ≤ 1.15, missed" in said
    # 24 ms of processor in all: with two cores the 10 ms of the slower part become 12 at best
    assert "24.00 ms of processor" in said
    assert "on these 2 cores no order of work can bring the whole below 1.20" in said
    late = report.end_to_end("", [*parts, *bound, measured("whole", 0.055)])
    assert "the slower part: 5.50, limit ≤ 1.15, missed" in late
    broken = report.end_to_end("", [measured("decode", failed="no files"), parts[1], *bound, whole])
    assert "decode: no files" in broken


def test_growth_divides_large_by_small() -> None:
    text = report.growth("Growth", [Audited(1000, 30, 100, 1000), Audited(10_000, 200, 80, 1050)])
    assert "10,000 ÷ 1,000: 1.25, limit ≤ 1.05, missed" in text
    assert "memory: 1.05, limit ≤ 1.10, met" in text


def test_tables_go_between_the_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("before\n<!-- speed -->\n<!-- /speed -->\nafter\n", encoding="utf-8")
    report.write(document, "### Maps\n\nold \\1\n")
    report.write(document, "### Growth\n\nkept\n")
    report.write(document, "### Maps\n\nnew \\1\n")
    text = document.read_text(encoding="utf-8")
    tables = "### Maps\n\nnew \\1\n\n### Growth\n\nkept\n"
    assert text == f"before\n<!-- speed -->\n{tables}<!-- /speed -->\nafter\n"
    document.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="marks"):
        report.write(document, "new")


def test_the_document_has_the_marks_and_every_way_is_a_file() -> None:
    root = Path(__file__).parents[2]
    assert report.MARK.search((root / "docs" / "performance.md").read_text(encoding="utf-8"))
    ways = {path.stem for path in (root / "benchmarks" / "speed" / "ways").glob("*.py")}
    assert {one.way for one in CONTENDERS} <= ways
    assert len({one.title for one in CONTENDERS}) == len(CONTENDERS)


WAYS = {
    "steady": (
        "import time\ndef make(job):\n    print('noise')\n    return lambda pictures: time.sleep(0.2)\n"
    ),
    "bound": (
        "import os\ndef make(job):\n    cores = os.sched_getaffinity(0)\n"
        "    if cores != {0}:\n        raise OSError(cores)\n    return len\n"
    ),
    "broken": "def make(job):\n    raise OSError('no such library\\nmore')\n",
    "dying": "import os\ndef make(job):\n    return lambda pictures: os._exit(3)\n",
}


@pytest.fixture
def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A worker package of the tests' own: the real worker with other ways."""
    root = Path(__file__).parents[2]
    for package in ("benchmarks", "benchmarks/speed", "benchmarks/speed/ways"):
        (tmp_path / package).mkdir()
        source = root / package / "__init__.py"
        (tmp_path / package / "__init__.py").write_bytes(source.read_bytes())
    worker = root / "benchmarks" / "speed" / "worker.py"
    (tmp_path / "benchmarks" / "speed" / "worker.py").write_bytes(worker.read_bytes())
    for name, code in WAYS.items():
        (tmp_path / "benchmarks" / "speed" / "ways" / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interleave, "python_of", lambda name: Path(sys.executable))
    return tmp_path


def test_workers_answer_every_round_and_failures_are_reasons(ways: Path) -> None:
    tasks = [Task(name, "own", (name, "model", "", "4", "8", "2"), 8, name == "bound") for name in WAYS]
    steady, bound, broken, dying = compete(tasks, rounds=3)
    assert len(steady.seconds) == 3 and min(steady.seconds) >= 0.2 / 8
    assert 0 < steady.rate <= 40
    assert not bound.failed
    assert len(steady.processor) == 3 and min(steady.processor) >= 0
    assert steady.ready >= 0
    assert steady.peak_mb > 1
    assert (broken.failed, broken.seconds) == ("OSError: no such library", [])
    assert (dying.failed, dying.seconds) == ("the process ended", [])
