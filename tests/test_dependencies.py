"""What the package declares, what is pinned, and what the lock files hold are one and the same."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.source_tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def _pins(file: str) -> dict[str, str]:
    """Package -> exact version, of a requirements or lock file."""
    lines = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", (ROOT / file).read_text(), re.MULTILINE)
    return {_plain(name): version for name, version in lines}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _required(*groups: list[str]) -> list[Requirement]:
    return [Requirement(one) for group in groups for one in group]


@pytest.mark.parametrize("one", _required(PROJECT["dependencies"], *EXTRAS.values()), ids=str)
def test_a_dependency_has_a_lower_and_an_upper_bound(one: Requirement) -> None:
    assert sorted(bound.operator for bound in one.specifier) == ["<", ">="]


@pytest.mark.parametrize("one", _required(PROJECT["dependencies"], *EXTRAS.values()), ids=str)
def test_the_locked_version_is_one_that_is_allowed(one: Requirement) -> None:
    assert one.specifier.contains(_pins("requirements-dev.lock")[_plain(one.name)])


def test_what_is_pinned_by_hand_is_what_is_declared() -> None:
    declared = _required(PROJECT["dependencies"], EXTRAS["edge-impulse"])
    assert {_plain(one.name) for one in declared} == set(_pins("requirements.txt"))
    assert {_plain(one.name) for one in _required(EXTRAS["cluster"])} == set(
        _pins("requirements-cluster.txt")
    )
    for extra in ("dicom", "heic", "pdf", "postgres", "sign-in"):
        pinned = set(_pins(f"requirements-{extra}.txt"))
        assert {_plain(one.name) for one in _required(EXTRAS[extra])} == pinned


@pytest.mark.parametrize(
    ("file", "lock"),
    [("requirements.txt", "requirements.lock"), ("requirements-dev.txt", "requirements-dev.lock")],
)
def test_the_lock_holds_what_is_pinned(file: str, lock: str) -> None:
    assert _pins(file).items() <= _pins(lock).items()


def test_both_locks_agree() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()
