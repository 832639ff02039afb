"""The three small pictures that annotation files are about."""

from pathlib import Path

import pytest

from gradcam_core.base.types import Sample
from tests.images.regions.region_files import make_samples


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    return make_samples(tmp_path)
