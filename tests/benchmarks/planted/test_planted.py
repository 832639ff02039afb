"""Six cases of the planted benchmark, trained and audited: reliant networks are found, clean ones are not.

Each takes 20 seconds of one core. What was learned is measured, so a network that learned otherwise
fails here too, with its own words.
"""

from pathlib import Path

import pytest

from benchmarks.planted import quick
from benchmarks.planted.cases import choose

main = pytest.importorskip("benchmarks.planted.__main__")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", quick.CASES)
def test_case(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_BENCH_CACHE", str(tmp_path))
    (case,) = choose([name])
    result = main.judge_quickly(case)
    assert quick.complaints([result]) == []
    if case.flags and len(case.cues) == 1:
        assert result.right_flag
