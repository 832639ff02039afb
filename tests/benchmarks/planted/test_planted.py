"""Six cases of the planted benchmark, trained and audited: reliant networks are found, clean ones are not.

Each takes 20 seconds of one core. What was learned is measured, so a network that learned otherwise
fails here too, with its own words.
"""

from pathlib import Path

import pytest

from benchmarks.planted import audit, quick
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


def test_the_code_that_is_judged_is_there() -> None:
    """A folder that has moved would make rows of different versions look alike."""
    core = Path(audit.__file__).parents[2] / "gradcam_core"
    assert [name for name in audit.JUDGED if not (core / name).exists()] == []
    assert len(audit.core_version()) == 12
