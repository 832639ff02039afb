"""Two numbers per sample: groups stay together, the same every time, odd inputs."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from gradcam_core.findings.groups import plane as module
from gradcam_core.findings.groups.plane import plane


def rings(n: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Three groups, each about a corner of its own in 12 dimensions, and a first two that say nothing."""
    rng = np.random.default_rng(0)
    group = np.repeat(np.arange(3), n)
    values = rng.normal(size=(3 * n, 12))
    values[np.arange(3 * n), 4 + 2 * group] += 12
    return values, group


def test_groups_stay_together_and_the_seed_decides() -> None:
    values, group = rings()
    x, y = plane(values, 3)
    assert silhouette_score(np.stack([x, y], axis=1), group) > 0.5
    assert np.array_equal(x, plane(values, 3)[0])


def test_undefined_rows_are_left_out() -> None:
    values, _ = rings()
    values[5, 2] = np.nan
    x, y = plane(values, 0)
    assert np.flatnonzero(np.isnan(x)).tolist() == [5]
    assert np.isfinite(np.delete(y, 5)).all()


@pytest.mark.parametrize(
    ("values", "placed"),
    [
        (np.zeros((2, 5)), False),
        (np.zeros((40, 1)), False),
        (np.zeros((40, 0)), False),
        (np.zeros((40, 5)), True),
        (np.eye(4), True),
    ],
)
def test_odd_inputs(values: np.ndarray, placed: bool) -> None:
    x, y = plane(values, 0)
    assert x.shape == y.shape == (len(values),)
    assert np.isfinite(x).all() == placed


def test_too_many_samples_get_principal_components(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 20)
    values = np.random.default_rng(0).normal(size=(40, 6)) * [9, 1, 1, 1, 1, 1]
    x, y = plane(values, 0)
    assert abs(np.corrcoef(x, y)[0, 1]) < 1e-6
