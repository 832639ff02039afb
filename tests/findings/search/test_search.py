"""What the searches find in drawn runs, and that they stay silent on noise."""

import json
from collections import Counter

import numpy as np
import pytest

from gradcam_core.findings.material import Material
from gradcam_core.findings.search import discover, grids, hotspots, patches, patterns, swapped_regions
from gradcam_core.findings.search.heat import hint
from gradcam_core.findings.search.leads import box_of
from tests.findings.conclude.made import conclude
from tests.findings.conclude.test_conclude import NO_EDITS
from tests.findings.findings_made import HEIGHT, WIDTH, N, material

TAG = np.random.default_rng(9).integers(0, 2, (8, 8, 1)).astype(np.uint8) * 200 + 20


def hot_corner(_p: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    maps[labels == "cat", 0, 7] += 5


def corner_tag(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
    pictures[labels == "cat", 2:10, 52:60] = TAG


def roaming_tag(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
    generator = np.random.default_rng(2)
    for row in np.flatnonzero(labels == "cat"):
        top, left = int(generator.choice([0, 30])), int(generator.integers(2, 54))
        pictures[row, top : top + 8, left : left + 8] = TAG
        maps[row, (top + 4) * 5 // HEIGHT, (left + 4) * 8 // WIDTH] += 8


def test_a_hot_corner_of_one_class_is_a_fixed_spot() -> None:
    leads = list(hotspots.search(material(hot_corner), seed=0))
    assert len(leads) == 1
    found, suspicion = leads[0].hint, leads[0].suspicion
    assert (found.flag, found.label, found.strong) == ("fixed-marker", "cat", True)
    assert found.cells == ((0, 7),)
    assert found.grid == (5, 8)
    assert suspicion is not None
    assert suspicion.boxes["s0"] == pytest.approx((0.0, 7 / 8, 0.2, 1.0))
    assert set(suspicion.samples) <= {f"s{row}" for row in range(0, N, 2)}


def test_a_corner_that_is_hot_in_every_class_is_no_lead() -> None:
    def everywhere(_p: np.ndarray, _l: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
        maps[:, 0, 7] += 5

    assert not list(hotspots.search(material(everywhere), seed=0))


def test_heat_on_the_object_is_no_hot_spot() -> None:
    def objects(_p: np.ndarray, labels: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
        maps += 20 * grids.averaged(cover, (5, 8)).astype(np.float32)

    assert not list(hotspots.search(material(objects), seed=0))


def test_noise_maps_give_hot_spots_in_few_of_many_runs() -> None:
    found = sum(
        lead.hint.strong for seed in range(200) for lead in hotspots.search(_noise_only(seed), seed)
    )
    assert found <= 9  # 2 % of 200 runs, binomial 99 % bound


def _noise_only(seed: int) -> Material:
    whole = BASE
    maps = np.random.default_rng(seed).exponential(size=(N, 5, 8)).astype(np.float32)
    return Material(
        whole.table, whole.class_names, {"classic": maps}, whole.cover, whole.pictures,
        whole.embeddings, whole.discover,
    )  # fmt: skip


BASE = material()


def test_a_tag_in_the_pictures_is_found_without_heat() -> None:
    leads = list(patterns.search(material(corner_tag), seed=0))
    found = leads[0].hint
    assert (found.flag, found.label, found.kind) == ("fixed-marker", "cat", "data")
    assert found.strong
    assert found.effect > 0.9
    assert leads[0].suspicion is not None
    top, left, bottom, right = leads[0].suspicion.boxes["s0"]
    assert top <= 2 / HEIGHT
    assert left <= 52 / WIDTH
    assert bottom >= 10 / HEIGHT
    assert right >= 60 / WIDTH
    assert (bottom - top) * (right - left) < 0.12


def test_a_tag_on_half_of_every_class_is_no_lead() -> None:
    def both(pictures: np.ndarray, *_: np.ndarray) -> None:
        pictures[np.arange(N) % 8 < 4, 2:10, 52:60] = TAG

    assert not list(patterns.search(material(both), seed=0))


def test_ticks_along_an_edge_are_a_border_and_a_faint_pattern_is_a_watermark() -> None:
    def ticks(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pictures[labels == "dog", 36:40, ::4] = 20

    def faint(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pattern = 40 * np.random.default_rng(4).integers(0, 2, (HEIGHT, WIDTH, 1)).astype(np.uint8)
        pictures[labels == "dog"] += pattern

    for paint, flag in ((ticks, "border"), (faint, "watermark")):
        leads = list(patterns.search(material(paint), seed=0))
        assert (leads[0].hint.flag, leads[0].hint.label) == (flag, "dog")


def test_a_tag_is_not_what_else_differs_beside_it() -> None:
    """Beside the tag, faint ticks all along the edges: many pixels, little of the structure."""

    def tag_and_ticks(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        corner_tag(pictures, labels)
        cat = labels == "cat"
        pictures[cat, 36:40, ::4] -= 30
        pictures[cat, 8:34:4, :3] -= 30

    (lead,) = [one for one in patterns.search(material(tag_and_ticks), seed=0) if one.suspicion]
    assert lead.hint.flag == "fixed-marker"


def test_noise_pictures_have_no_pattern() -> None:
    assert not any(list(patterns.search(material(seed=seed), seed)) for seed in range(3, 9))


def test_a_roaming_tag_is_found_and_placed() -> None:
    leads = list(patches.search(material(roaming_tag), seed=0))
    found, suspicion = leads[0].hint, leads[0].suspicion
    assert (found.flag, found.label, found.strong) == ("roaming-marker", "cat", True)
    assert suspicion is not None
    generator = np.random.default_rng(2)
    hits = []
    for row in range(0, N, 2):
        top, left = int(generator.choice([0, 30])), int(generator.integers(2, 54))
        box = suspicion.boxes.get(f"s{row}")
        hits.append(box is not None and abs(box[0] * HEIGHT - top) <= 4 and abs(box[1] * WIDTH - left) <= 4)
    assert np.mean(hits) > 0.9


def test_noise_has_no_recurrent_patch() -> None:
    assert not list(patches.search(material(), seed=0))


def test_maps_that_follow_the_object_pass_the_swap_and_others_do_not() -> None:
    def objects(_p: np.ndarray, _l: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
        maps += 20 * grids.averaged(cover, (5, 8)).astype(np.float32)

    (follows,) = swapped_regions.hints(material(objects), seed=0)
    assert not follows.strong
    assert follows.effect > 0.05
    strong = [next(iter(swapped_regions.hints(_noise_only(seed), seed))).strong for seed in range(10)]
    assert np.mean(strong) > 0.5


def test_objects_at_one_place_cannot_be_swapped() -> None:
    def centred(_p: np.ndarray, _l: np.ndarray, cover: np.ndarray, _m: np.ndarray) -> None:
        cover[:] = 0
        cover[:, 10:20, 10:20] = 1

    assert not list(swapped_regions.hints(material(centred), seed=0))


def test_boxes_are_shares() -> None:
    cells = np.zeros((4, 5), bool)
    cells[1, 2:4] = True
    assert box_of(cells) == (0.25, 0.4, 0.5, 0.8)


def test_clean_noise_runs_stay_below_level_two() -> None:
    levels = Counter(
        max(entry.level for entry in conclude(discover(material(seed=seed), seed).hints, NO_EDITS))
        for seed in range(20, 22)
    )
    assert levels[2] == 0


@pytest.mark.parametrize("spoil", ["labels", "regions", "classes", "few", "maps", "pictures", "empty"])
def test_poor_runs_survive(spoil: str) -> None:
    whole = material(n=4 if spoil == "few" else 60, regions=spoil != "regions")
    if spoil == "labels":
        whole.table["label"] = None
        whole.table["predicted"] = None
        whole.table["correct"] = None
    if spoil == "classes":
        whole.table["label"] = whole.table["predicted"] = "cat"
    if spoil == "maps":
        whole.maps["classic"][:] = np.nan
    if spoil == "pictures":
        whole.table["status"] = "unreadable"
    if spoil == "empty":
        whole = material(n=0)
    found = conclude(discover(whole, 0).hints, NO_EDITS)
    assert len(found) >= 10
    json.dumps([entry.to_json() for entry in found], allow_nan=False)


def test_failed_trust_is_said_once() -> None:
    trust = {"trusted": False, "checks": [{"verdict": "red", "sentence": "Maps stay the same."}]}
    found = conclude([hint(trust, 100)], NO_EDITS, trusted=False)
    spoken = next(entry for entry in found if entry.flag == "untrustworthy-maps")
    assert spoken.level == 1
    assert "Maps stay the same." in spoken.statement
    assert not hint(None, 100).strong
