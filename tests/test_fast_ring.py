"""What is heavy ends a test of the fast ring; what is not goes its way."""

import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from tests import fast_ring


@pytest.fixture(autouse=True)
def _nothing_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_ring, "_left", set())


@pytest.mark.parametrize("name", ["keras.layers", "tensorflow", "ray.data"])
def test_a_heavy_package_skips_the_test(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(pytest.skip.Exception, match=f"imports {name}: not in the fast ring"):
        fast_ring.Barrier().find_spec(name, None)
    assert fast_ring.was_left_by(request.node)


def test_another_python_skips_the_test(request: pytest.FixtureRequest) -> None:
    with pytest.raises(pytest.skip.Exception, match="starts another Python"):
        fast_ring.on_process("subprocess.Popen", (sys.executable, [], None, None))
    assert fast_ring.was_left_by(request.node)


def test_in_a_thread_it_is_an_error_that_the_report_turns_into_a_skip(
    request: pytest.FixtureRequest,
) -> None:
    with ThreadPoolExecutor() as pool, pytest.raises(RuntimeError, match="imports keras"):
        pool.submit(fast_ring.Barrier().find_spec, "keras", None).result()
    assert fast_ring.was_left_by(request.node)


def test_the_rest_goes_its_way(request: pytest.FixtureRequest) -> None:
    assert fast_ring.Barrier().find_spec("kerasless", None) is None
    fast_ring.on_process("subprocess.Popen", ("git", ["git"], None, None))
    fast_ring.on_process("import", ("json", None))
    assert not fast_ring.was_left_by(request.node)


def test_a_page_that_runs_ends_a_test(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    class AppTest:
        def run(self) -> None:
            raise AssertionError("ran")

    monkeypatch.setitem(sys.modules, "streamlit.testing.v1", SimpleNamespace(AppTest=AppTest))
    fast_ring.close_pages()
    with pytest.raises(pytest.skip.Exception, match="runs a page"):
        AppTest().run()
    assert fast_ring.was_left_by(request.node)
