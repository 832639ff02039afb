"""Threads that work ahead: the order stays, memory is bounded, errors arrive in their turn."""

import threading
from collections.abc import Iterator

import pytest

from gradcam_core.base.threads import in_order


def test_results_keep_the_order_of_the_items_whoever_is_first() -> None:
    second = threading.Event()

    def work(item: int) -> int:
        if item == 0:
            assert second.wait(20), "the second item is worked on while the first one is"
        if item == 1:
            second.set()
        return item * item

    assert list(in_order(work, range(6), 2)) == [0, 1, 4, 9, 16, 25]


def test_items_are_drawn_only_a_little_ahead() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            drawn.append(item)
            yield item

    results = in_order(str, items(), 2)
    assert [next(results), next(results)] == ["0", "1"]
    assert len(drawn) == 4
    results.close()
    assert len(drawn) == 4


def test_what_went_wrong_is_raised_after_what_went_right() -> None:
    def work(item: int) -> int:
        if item == 2:
            raise ValueError("the third")
        return item

    results = in_order(work, range(5), 3)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="the third"):
        next(results)


def test_nothing_to_do() -> None:
    assert list(in_order(str, [], 2)) == []
