"""Stated against measured reliance."""

from typing import Any

from benchmarks.planted.calibration import table
from benchmarks.planted.results import Result


def row(measured: float, share: float, low: float, high: float) -> Result:
    said: dict[str, Any] = {"share": share, "low": low, "high": high}
    return Result({"reliance": {"all": measured}, "said": said})


def test_error_and_coverage_by_measured_reliance() -> None:
    rows = [
        row(0.0, 0.05, 0.0, 0.1),
        row(0.5, 0.6, 0.55, 0.7),
        row(0.9, 0.9, 0.8, 1.0),
        row(1.0, 1.0, 0.9, 1.0),
    ]
    lines = list(table([*rows, Result({"reliance": {"all": 1.0}})]))
    assert lines[2].startswith("| all | 4 | 0.037 | +0.037 | 3 of 4 (75 %, 19–99) | 1.00 |")
    assert lines[4].startswith("| 0.10 to 0.85 | 1 | 0.100 | +0.100 | 0 of 1")
    assert len(lines) == 6
