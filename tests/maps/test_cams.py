"""CAM methods against slow references written from their papers' formulas, and laws over all."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from gradcam_core.maps.cams import CAMS, CamInput

N, H, W, C = 3, 3, 4, 5
HEAD = np.random.default_rng(1).normal(size=(H, W, C)).astype(np.float32)
PIXELS = np.random.default_rng(2).normal(size=(6, 8, 3)).astype(np.float32)

Array = NDArray[np.float32]


def head_score(values: Array, rows: NDArray[np.intp]) -> Array:
    """A head that is linear in the activations, with a row-dependent offset."""
    return (values * HEAD).sum(axis=(1, 2, 3)) + 0.5 * rows + 1


def input_score(values: Array, rows: NDArray[np.intp]) -> Array:
    return (values * PIXELS).sum(axis=(1, 2, 3)) + 0.1 * rows


def evidence(rows: NDArray[np.intp] | None = None, scale: float = 1.0) -> CamInput:
    rng = np.random.default_rng(0)
    activations = np.maximum(rng.normal(size=(N, H, W, C)), 0).astype(np.float32)
    gradients = (scale * rng.normal(size=(N, H, W, C))).astype(np.float32)
    inputs = rng.random((N, 6, 8, 3)).astype(np.float32)
    rows = np.arange(N) if rows is None else rows
    score = head_score(activations, np.arange(N)).astype(np.float32)

    def original(call: Callable[..., Array]) -> Callable[..., Array]:
        return lambda values, picked: call(values, rows[picked])

    return CamInput(
        activations[rows], gradients[rows], inputs[rows], score[rows],
        original(head_score), original(input_score),
    )  # fmt: skip


def weighted(a: Array, weights: list[float]) -> Array:
    """ReLU(sum_k w_k A_k), with loops."""
    out = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            out[i, j] = max(0.0, sum(weights[k] * a[i, j, k] for k in range(C)))
    return out


def slow_grad_cam(e: CamInput, n: int) -> Array:
    a, g = e.activations[n], e.gradients[n]
    return weighted(a, [sum(g[i, j, k] for i in range(H) for j in range(W)) / (H * W) for k in range(C)])


def slow_grad_cam_sum_abs(e: CamInput, n: int) -> Array:
    a, g = e.activations[n], e.gradients[n]
    return weighted(a, [sum(abs(g[i, j, k]) for i in range(H) for j in range(W)) for k in range(C)])


def slow_grad_cam_pp(e: CamInput, n: int) -> Array:
    a, g = e.activations[n].astype(float), e.gradients[n].astype(float)
    weights = []
    for k in range(C):
        total = a[:, :, k].sum()
        weight = 0.0
        for i in range(H):
            for j in range(W):
                alpha = g[i, j, k] ** 2 / (2 * g[i, j, k] ** 2 + total * g[i, j, k] ** 3)
                weight += alpha * max(0.0, g[i, j, k])
        weights.append(weight)
    return weighted(a, weights)


def slow_xgrad_cam(e: CamInput, n: int) -> Array:
    a, g = e.activations[n], e.gradients[n]
    weights = []
    for k in range(C):
        total = a[:, :, k].sum()
        weights.append(sum(a[i, j, k] / total * g[i, j, k] for i in range(H) for j in range(W)))
    return weighted(a, weights)


def cell_by_cell(term: Callable[[float, float], float]) -> Callable[[CamInput, int], Array]:
    def slow(e: CamInput, n: int) -> Array:
        out = np.zeros((H, W))
        for i in range(H):
            for j in range(W):
                terms = (term(e.activations[n, i, j, k], e.gradients[n, i, j, k]) for k in range(C))
                out[i, j] = max(0.0, sum(terms))
        return out

    return slow


def slow_eigen_cam(e: CamInput, n: int) -> Array:
    flat = e.activations[n].reshape(H * W, C).astype(float)
    values, vectors = np.linalg.eigh(flat.T @ flat)
    projection = flat @ vectors[:, values.argmax()]
    return np.maximum(projection * np.sign(projection.sum()), 0).reshape(H, W)


def upsampled(channel: Array, i: int, j: int) -> float:
    """Bilinear with half-pixel centres at pixel (i, j) of the 6×8 input."""
    y = min(max((i + 0.5) * H / 6 - 0.5, 0), H - 1)
    x = min(max((j + 0.5) * W / 8 - 0.5, 0), W - 1)
    y0, x0 = int(y), int(x)
    y1, x1 = min(y0 + 1, H - 1), min(x0 + 1, W - 1)
    top = (1 - (x - x0)) * channel[y0, x0] + (x - x0) * channel[y0, x1]
    bottom = (1 - (x - x0)) * channel[y1, x0] + (x - x0) * channel[y1, x1]
    return (1 - (y - y0)) * top + (y - y0) * bottom


def slow_score_cam(e: CamInput, n: int) -> Array:
    gains = []
    for k in range(C):
        mask = np.array([[upsampled(e.activations[n, :, :, k], i, j) for j in range(8)] for i in range(6)])
        mask = (mask - mask.min()) / (mask.max() - mask.min())
        masked = (e.inputs[n] * mask[:, :, None])[None]
        row = np.array([n])
        gains.append(e.from_inputs(masked, row)[0] - e.from_inputs(0 * masked, row)[0])
    exponentials = np.exp(np.array(gains))
    return weighted(e.activations[n], list(exponentials / exponentials.sum()))


def slow_ablation_cam(e: CamInput, n: int) -> Array:
    weights = []
    for k in range(C):
        without = e.activations[n].copy()
        without[:, :, k] = 0
        y, y_k = e.score[n], e.from_activations(without[None], np.array([n]))[0]
        weights.append((y - y_k) / abs(y))
    return weighted(e.activations[n], weights)


REFERENCES = {
    "grad-cam": slow_grad_cam,
    "grad-cam-sum-abs": slow_grad_cam_sum_abs,
    "grad-cam++": slow_grad_cam_pp,
    "xgrad-cam": slow_xgrad_cam,
    "hires-cam": cell_by_cell(lambda a, g: a * g),
    "layer-cam": cell_by_cell(lambda a, g: a * max(g, 0.0)),
    "eigen-cam": slow_eigen_cam,
    "score-cam": slow_score_cam,
    "ablation-cam": slow_ablation_cam,
    "anomaly-map": lambda e, n: weighted(e.activations[n], [1.0] * C),
}


def test_every_method_has_a_reference() -> None:
    assert set(REFERENCES) == set(CAMS)


@pytest.mark.parametrize("name", sorted(CAMS))
def test_against_the_paper(name: str) -> None:
    maps = CAMS[name].compute(evidence())
    expected = np.stack([REFERENCES[name](evidence(), n) for n in range(N)])
    assert maps.dtype == np.float32
    assert expected.max() > 0
    np.testing.assert_allclose(maps, expected, rtol=2e-4, atol=1e-5)


@pytest.mark.parametrize("name", sorted(CAMS))
def test_one_sample_alone_is_what_it_is_in_a_batch(name: str) -> None:
    together = CAMS[name].compute(evidence())
    for row in range(N):
        alone = CAMS[name].compute(evidence(np.array([row])))
        np.testing.assert_allclose(alone[0], together[row], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", sorted(CAMS))
def test_maps_are_finite_and_not_negative(name: str) -> None:
    maps = CAMS[name].compute(evidence())
    assert maps.shape == (N, H, W)
    assert np.isfinite(maps).all()
    assert (maps >= 0).all()


@pytest.mark.parametrize("name", sorted(name for name in CAMS if CAMS[name].needs_gradients))
def test_zero_gradients_give_a_zero_map(name: str) -> None:
    assert not CAMS[name].compute(evidence(scale=0)).any()


def test_summed_absolute_gradients_cannot_tell_two_classes_apart() -> None:
    e = evidence()
    other = CamInput(e.activations, -e.gradients, e.inputs, -e.score, e.from_activations, e.from_inputs)
    method = CAMS["grad-cam-sum-abs"]
    np.testing.assert_array_equal(method.compute(e), method.compute(other))
    assert not method.scored
    assert not method.class_specific


def test_evidence_says_what_it_expected() -> None:
    flat = np.zeros((2, 7), np.float32)
    e = evidence()
    with pytest.raises(ValueError, match=r"activations: expected 4 axes .* got shape \(2, 7\)"):
        CamInput(flat, flat, e.inputs, e.score, e.from_activations, e.from_inputs)
