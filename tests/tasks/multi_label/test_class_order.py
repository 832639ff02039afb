"""The class order that labels decide."""

import numpy as np

from gradcam_core.tasks.multi_label.class_order import as_flags, better_order

RNG = np.random.default_rng(0)
LABELS = RNG.random((40, 3)) < 0.4


def test_a_turned_order_is_found() -> None:
    turned = [2, 0, 1]
    order = better_order(LABELS[:, turned], LABELS)
    assert order is not None
    np.testing.assert_array_equal(order, turned)


def test_nothing_is_said_where_the_order_fits_or_nothing_does() -> None:
    assert better_order(LABELS, LABELS) is None
    assert better_order(RNG.random((40, 3)) < 0.4, LABELS) is None
    assert better_order(LABELS[:4, ::-1], LABELS[:4]) is None, "too few"


def test_sets_as_flags() -> None:
    np.testing.assert_array_equal(as_flags([("b",), ()], ("a", "b")), [[False, True], [False, False]])


def test_what_nobody_knows_speaks_for_no_order() -> None:
    known = RNG.random((40, 3)) < 0.7
    turned = (LABELS ^ ~known)[:, [2, 0, 1]]  # wrong wherever nobody knows
    order = better_order(turned, LABELS, known)
    assert order is not None and order.tolist() == [2, 0, 1]
    assert better_order(turned, LABELS, np.zeros_like(known)) is None
