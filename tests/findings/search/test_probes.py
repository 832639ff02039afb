"""Availability probes and picture features on drawn truth."""

import numpy as np

from gradcam_core.findings.search import appearance, probes
from gradcam_core.maps.grids import averaged
from tests.findings.findings_made import HEIGHT, WIDTH, material


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
