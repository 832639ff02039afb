"""The n-th write, rename, sync or close fails: afterwards the old or the new is there, and nothing else."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.source_tree import ROOT

pytestmark = pytest.mark.slow
SOURCE = ROOT / "tests" / "hostile" / "faults" / "faults.c"
EVERY = 83  # of the changes; `make faults` fails each


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler and Linux")
    folder = tmp_path_factory.mktemp("faults")
    library = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    command = [sys.executable, "-W", "ignore", "-m", "tests.hostile.faults", folder, library, str(EVERY)]
    done = subprocess.run(
        command, env={"LD_PRELOAD": str(library)}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_either_the_old_or_the_new_is_there(disturbed: dict[str, Any]) -> None:
    assert disturbed["problems"] == []


def test_every_kind_of_work_changes_the_disk(disturbed: dict[str, Any]) -> None:
    assert min(disturbed["changes"].values()) >= 3, "what changes nothing was not disturbed"


def test_work_without_care_is_found_out(disturbed: dict[str, Any]) -> None:
    assert "neither old nor new" in disturbed["careless"]


def test_counts_are_those_of_the_page(disturbed: dict[str, Any]) -> None:
    total = sum(disturbed["changes"].values())
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    told = next(int(line.split()[1]) for line in page.splitlines() if line.startswith("Altogether "))
    assert abs(total - told) <= told // 10, f"{total} changes now: renew the table by `make faults`"
