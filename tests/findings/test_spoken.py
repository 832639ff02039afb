from gradcam_core.base.sounds import Features
from gradcam_core.findings.spoken import spoken_findings
from gradcam_core.runs.findings import CUES, Finding
from gradcam_core.runs.summary.finding_said import sentence

SOUND = Features("spectrogram", 50, 4, 0.02, 0.02, (60.0, 120.0, 240.0, 480.0))
HUM = tuple((2, column) for column in range(10))


def spot(flag: str, cells: tuple[tuple[int, int], ...]) -> Finding:
    said = f"The model relies on {CUES[flag]}. {CUES[flag].capitalize()} is in every picture."
    return Finding(flag, 2, "yes", said, cells=cells, grid=(4, 10))


def test_a_spot_of_a_sound_is_called_what_it_sounds_like() -> None:
    (one,) = spoken_findings([spot("fixed-marker", HUM)], "audio", SOUND)
    assert one.statement == "The model relies on a hum at 120 Hz. A hum at 120 Hz is in every sound."
    assert sentence(one).startswith("Could use a hum at 120 Hz for “yes”:")


def test_pictures_and_findings_without_a_place_are_said_as_before() -> None:
    here = [spot("fixed-marker", HUM), spot("background", HUM)]
    assert spoken_findings(here, "classification") == here
    for one in spoken_findings([spot("fixed-marker", ()), here[1]], "audio", SOUND):
        assert not one.details and "hum" not in one.statement
