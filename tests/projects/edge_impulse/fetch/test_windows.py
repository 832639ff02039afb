"""Features of the windows of all sounds."""

import numpy as np
import pytest

from tests.projects.edge_impulse import audio_studio
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.audio_studio import LONG, SoundStudio
from tests.sound_project import fact

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_without_features_of_the_split_each_window_is_asked_for(sounds: SoundStudio) -> None:
    sounds.split = False
    project = fetched(sounds)
    assert [one.id for one in project.samples] == ["9004", f"{LONG}@0", f"{LONG}@500", "9002", "9001"]
    np.testing.assert_allclose(
        np.load(project.root / project.samples[2].path), audio_studio.features(LONG, 500), rtol=1e-6
    )
    assert "window by window" in fact(project, "features")


@pytest.mark.parametrize("kinds", [("mfe", "raw"), ("mfe", "mfcc")])
def test_joined_features_are_refused(sounds: SoundStudio, kinds: tuple[str, str]) -> None:
    sounds.kinds, sounds.blocks[0]["dsp"] = kinds, [2, 3]
    said = refused(sounds)
    assert ", ".join(kinds) in said.found and "no common time and frequency" in said.todo
