"""Availability probes and picture features on drawn truth."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.findings.search import appearance, heat, probes
from gradcam_core.findings.search.grids import shares
from gradcam_core.findings.search.harm import compare
from gradcam_core.maps.grids import averaged
from tests.findings.findings_made import HEIGHT, WIDTH, N, material


def test_lab_of_white_black_and_red() -> None:
    colours = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.uint8)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.2]]
    assert appearance.to_lab(colours) == pytest.approx(np.array(expected), abs=0.1)


def test_averages_of_cells_that_do_not_divide() -> None:
    """Three cells of 1, 2, 3 on two: (1 + 2/2) / 1.5 and (2/2 + 3) / 1.5."""
    grid = np.array([[[1.0, 2.0, 3.0]]])
    assert averaged(grid, (1, 2))[0, 0] == pytest.approx([4 / 3, 8 / 3])


def test_shares_sum_to_one_or_are_undefined() -> None:
    maps = np.array([[[1.0, -1.0], [3.0, 0.0]], [[0, 0], [0, 0]], [[np.nan] * 2] * 2])
    found = shares(maps)
    assert found[0].tolist() == [[0.25, 0.0], [0.75, 0.0]]
    assert np.isnan(found[1:]).all()


def test_a_background_that_tells_the_class_is_available() -> None:
    def paint(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pictures[labels == "cat", :, :, 1] += 40

    found = probes.run_probes(material(paint), seed=0)
    assert found.background is not None
    assert found.background.lift > 0.9
    hint = next(iter(probes.hints(found)))
    assert hint.flag == "background"
    assert hint.strong
    assert hint.p < 0.001


def test_an_object_that_tells_the_class_is_not_background() -> None:
    def paint(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, _: np.ndarray) -> None:
        inside = averaged(cover, (HEIGHT, WIDTH)) > 0.9
        pictures[inside & (labels == "cat")[:, None, None]] = 250

    found = probes.run_probes(material(paint), seed=0)
    assert found.background is not None
    assert found.background.lift < 0.2
    assert not any(hint.strong and hint.p < 0.01 for hint in probes.hints(found))


def test_a_frame_is_the_border_and_no_background() -> None:
    def paint(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        edge = appearance.ring((HEIGHT, WIDTH), 0, 0.05) > 0
        framed = pictures[labels == "cat"]
        framed[:, edge] = 20
        pictures[labels == "cat"] = framed

    found = {hint.flag: hint for hint in probes.hints(probes.run_probes(material(paint), seed=0))}
    assert found["border"].strong
    assert not found["global-look"].strong


def test_a_tint_of_everything_is_a_look() -> None:
    def paint(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pictures[labels == "cat", ..., 2] += 40

    found = {hint.flag: hint for hint in probes.hints(probes.run_probes(material(paint), seed=0))}
    assert found["global-look"].strong
    assert not found["border"].strong


def test_looks_of_object_and_background_that_differ_apart_are_no_look_of_the_whole() -> None:
    """Cats have a green background and a blue object: each tells the class, in a way of its own."""

    def paint(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, _: np.ndarray) -> None:
        inside = averaged(cover, (HEIGHT, WIDTH)) > 0.5
        cat = (labels == "cat")[:, None, None]
        pictures[inside & cat] = np.array([90, 90, 200], np.uint8)
        pictures[..., 1] += (40 * (~inside & cat)).astype(np.uint8)

    found = {hint.flag: hint for hint in probes.hints(probes.run_probes(material(paint), seed=0))}
    assert found["background"].strong
    assert not found["global-look"].strong


def test_a_probe_does_not_recognise_patients() -> None:
    """Twenty patients of four alike pictures, labels by patient at random: nothing holds for a new one."""
    generator = np.random.default_rng(3)
    units = np.repeat([f"p{number}" for number in range(20)], 4).astype(object)
    values = np.repeat(generator.normal(size=(20, 20)), 4, axis=0) + 0.05 * generator.normal(size=(80, 20))
    labels = np.repeat(generator.permutation(["a", "b"] * 10), 4).astype(object)
    alone, grouped = probes.probe(values, labels, 0), probes.probe(values, labels, 0, units)
    assert alone is not None
    assert grouped is not None
    assert alone.lift - grouped.lift > 0.3
    assert grouped.p > 0.05


def test_pure_noise_is_rarely_available() -> None:
    generator = np.random.default_rng(1)
    labels = np.array(["a", "b"] * 40, dtype=object)
    alarms = 0
    for seed in range(12):
        one = probes.probe(generator.normal(size=(80, 10)), labels, seed)
        assert one is not None
        alarms += one.lift >= 0.2 and one.p < 0.01
    assert alarms <= 1


def test_one_class_or_few_samples_cannot_be_probed() -> None:
    values = np.random.default_rng(0).normal(size=(60, 3))
    assert probes.probe(values, np.array(["a"] * 60, dtype=object), 0) is None
    assert probes.probe(values, np.array(["a"] * 45 + ["b"] * 15, dtype=object), 0) is None
    assert probes.probe(values, np.array([None] * 60, dtype=object), 0) is None


def test_harm_compares_agreeing_and_conflicting_samples() -> None:
    whole = material()
    whole.table["correct"] = pd.array([True] * 60 + [False] * 60, dtype="boolean")
    agrees = np.arange(N) < 60
    (hint,) = compare(whole, "background", agrees, ~agrees)
    assert hint.strong
    assert hint.effect == 1.0
    assert not list(compare(whole, "background", agrees, np.arange(N) >= 110))


def test_far_heat_of_one_class_is_a_hint_within_object_sizes() -> None:
    whole = material()
    whole.table.loc[whole.table["label"] == "cat", "far_background_focus"] += 0.5
    found = {hint.label: hint for hint in heat.hints(whole, seed=0) if hint.flag == "background"}
    assert found["cat"].strong
    assert not found["dog"].strong
    assert set(found["cat"].samples) <= set(whole.ids)


def test_object_size_alone_is_no_hint() -> None:
    """Cats are small and so score high; within sizes there is no difference."""
    whole = material()
    small = (whole.table["label"] == "cat").to_numpy()
    whole.table["object_area"] = np.where(small, 0.05, 0.5) + np.linspace(0, 0.01, N)
    whole.table["far_background_focus"] = np.where(small, 0.6, 0.1) + whole.table["border_focus"] / 2
    found = [hint for hint in heat.hints(whole, seed=0) if hint.flag == "background"]
    assert not any(hint.strong for hint in found)


def test_empty_maps_are_counted() -> None:
    whole = material()
    whole.table.loc[:11, "status"] = "empty map"
    hint = next(hint for hint in heat.hints(whole, seed=0) if hint.flag == "empty-maps")
    assert hint.strong
    assert hint.effect == pytest.approx(0.1)
    assert len(hint.samples) == 12
