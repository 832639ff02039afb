"""How the drawn sounds are fed to a network."""

from gradcam_core.base.types import InputSpec
from tests.tasks.audio.sounds import BANDS, FRAMES

SPEC = InputSpec(BANDS, FRAMES, 1)
