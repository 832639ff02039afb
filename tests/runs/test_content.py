"""Pictures are known by their bytes."""

import hashlib
from pathlib import Path

from gradcam_core.runs.content import content_hashes, unreadable
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


def test_a_hash_is_that_of_the_bytes_and_what_is_gone_has_none(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=6, pictures=3)))
    (run.root / "pictures" / "001.png").unlink()
    first, second, third, *again = content_hashes(run)
    assert first == hashlib.sha256((run.root / "pictures" / "000.png").read_bytes()).hexdigest()
    assert [first, second, third] == again and second == "" and third != first
    assert unreadable([first, second, third]) == 1
