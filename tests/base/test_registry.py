import importlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.registry import Registry


def test_two_entries_of_one_name_are_refused() -> None:
    registry: Registry[str] = Registry("score", "gradcam_core.maps.scores")
    registry.add("a", "one")
    with pytest.raises(ValueError, match="two score entries are called 'a'"):
        registry.add("a", "two")


def test_an_unknown_name_lists_the_known_ones() -> None:
    registry: Registry[str] = Registry("colour", "gradcam_core.runs.report")
    registry.add("red", "r")
    registry.add("blue", "b")
    with pytest.raises(AuditError, match=r"a colour out of: blue, red.*'green'"):
        registry["green"]


def test_threads_that_come_while_it_is_filled_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "slow_colours"
    package.mkdir()
    text = "from gradcam_core.base.registry import Registry\nCOLOURS = Registry('colour', 'slow_colours')\n"
    (package / "__init__.py").write_text(text)
    entry = "import time\ntime.sleep(0.3)\nfrom slow_colours import COLOURS\nCOLOURS.add('red', 1)\n"
    (package / "red.py").write_text(entry)
    monkeypatch.syspath_prepend(str(tmp_path))
    colours = importlib.import_module("slow_colours").COLOURS
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: list(colours), range(4))) == [["red"]] * 4
