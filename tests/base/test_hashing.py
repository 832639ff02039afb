"""Halves of a test set, the same for ever."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.hashing import file_sha256, half_of

HALVES = ["discover", "confirm", "discover", "discover", "confirm", "confirm"]


def test_halves_never_change_and_are_halves():
    assert [half_of(f"s{n:03d}") for n in range(6)] == HALVES
    share = np.mean([half_of(str(n)) == "confirm" for n in range(2000)])
    assert share == pytest.approx(0.5, abs=0.04)


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_sha256(tmp_path / "a") == known
