"""README's Python block is run as it stands, in a folder that holds what it names."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.source_tree import ROOT
from tests.tiny_pictures import CLASSES, SIZE


def test_the_python_block_runs(tiny_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert f'labels=["{CLASSES[0]}", "{CLASSES[1]}"]' in block
    shutil.copytree(tiny_project, tmp_path / "my-project")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRADCAM_HOME", raising=False)
    model = keras.models.load_model(tmp_path / "my-project" / "model.keras")
    images = np.random.default_rng(0).random((2, *SIZE, 3), dtype=np.float32)
    names = {"model": model, "images": images}
    exec(block, names)
    assert names["picture"].shape == (*SIZE, 3) and names["heat"].ndim == 2
    assert len(names["findings"]) >= 10 and len(list((tmp_path / "runs").iterdir())) == 1
    assert names["answer"].maps.shape[0] == 2
