import numpy as np
import pytest

from gradcam_core.base.sounds import Features
from gradcam_core.edits import CHECKS
from gradcam_core.runs.edit_words import EDIT_WORDS
from gradcam_core.runs.findings import CUES, TITLES
from gradcam_core.runs.summary.finding_said import EDITS, HINTS
from gradcam_core.tasks.audio.heard import heard, hot_span
from gradcam_core.tasks.wording import spoken

SOUND = Features(
    "spectrogram", 50, 8, 0.02, 0.02, (60.0, 120.0, 240.0, 480.0, 960.0, 1900.0, 3800.0, 7600.0)
)
COEFFICIENTS = Features("mfcc", 50, 8, 0.02, 0.02)
ROW_OF_120 = [(6, column) for column in range(10)]


@pytest.mark.parametrize(
    ("cells", "grid", "said"),
    [
        (ROW_OF_120, (8, 10), "a hum at 120 Hz"),
        ([(row, column) for row in (6, 7) for column in range(8)], (8, 10), "a hum at 60 to 120 Hz"),
        ([(row, 0) for row in range(8)], (8, 10), "a click in the first 100 ms"),
        ([(0, 0)], (1, 10), "a click in the first 100 ms"),
        ([(0, 9), (0, 8)], (1, 10), "a sound in the last 200 ms"),
        ([(2, 4)], (8, 10), "a sound from 0.40 to 0.50 s, at 1,900 Hz"),
        ([(0, column) for column in range(10)], (1, 10), "the sound as a whole"),
        ([], (8, 10), ""),
    ],
)
def test_a_place_is_said_as_it_is_heard(
    cells: list[tuple[int, int]], grid: tuple[int, int], said: str
) -> None:
    assert heard(cells, grid, SOUND) == said


def test_cells_of_a_map_coarser_than_the_bands_stand_for_all_of_them() -> None:
    assert heard([(3, 5)], (4, 10), SOUND) == "a sound from 0.50 to 0.60 s, at 60 to 120 Hz"
    assert heard([(6, 4)], (8, 10), COEFFICIENTS) == "a sound from 0.40 to 0.50 s, coefficient 1"


def test_the_hot_span_is_the_shortest_that_holds_half_of_the_heat() -> None:
    heat = np.zeros((4, 10), np.float32)
    heat[:, 2], heat[1, 6], heat[2, 7] = 0.25, 1.0, 1.5
    assert hot_span(heat, SOUND) == pytest.approx((0.6, 0.8))
    assert hot_span(heat[:, ::-1], SOUND) == pytest.approx((0.2, 0.4))
    assert hot_span(np.ones((2, 10)), SOUND) == pytest.approx((0.0, 0.5))
    assert hot_span(np.zeros((4, 10)), SOUND) is None and hot_span(np.full((4, 10), np.nan), SOUND) is None


def test_nothing_that_is_said_of_a_sound_is_a_word_of_pictures() -> None:
    every = [*TITLES.values(), *CUES.values(), *EDITS.values(), *HINTS.values(), *EDIT_WORDS.values()]
    every += (
        [check.title for check in CHECKS.values()] if hasattr(next(iter(CHECKS.values())), "title") else []
    )
    said = " ".join(spoken(one, "audio") for one in every).lower()
    for word in ("object", "border", "picture", "marker", "watermark", "colour", "brightness", "sharpness"):
        assert word not in said, word
