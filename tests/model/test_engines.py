"""The fast engine has to agree."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import open_explainer

Saved = Callable[[str], Path]


def test_auto_falls_back_with_a_message_where_openvino_differs(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcam_core.model.runners import OpenVinoRunner

    run = OpenVinoRunner.run

    def wrong(self: OpenVinoRunner, chunk: np.ndarray, names: Any) -> Any:
        return {name: value[..., ::-1].copy() for name, value in run(self, chunk, names).items()}

    monkeypatch.setattr(OpenVinoRunner, "run", wrong)
    explainer = open_explainer(saved("pooled"), engine="auto")
    x = np.random.default_rng(0).random((2, 24, 40, 3), dtype=np.float32)
    expected = open_explainer(saved("pooled"), engine="tensorflow").explain(x)
    np.testing.assert_allclose(explainer.explain(x).logits, expected.logits, rtol=1e-4)
    assert explainer.engine == "tensorflow"
    assert "did not agree" in explainer.notes[0]


def test_auto_falls_back_with_the_reason_where_openvino_cannot_run_a_model(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcam_core.model.runners import OpenVinoRunner

    def refuse(self: OpenVinoRunner, *_: object) -> None:
        raise RuntimeError("no such operation\nin line 7")

    monkeypatch.setattr(OpenVinoRunner, "__init__", refuse)
    x = np.random.default_rng(0).random((2, 24, 40, 3), dtype=np.float32)
    explainer = open_explainer(saved("pooled"), engine="auto")
    assert np.isfinite(explainer.explain(x).logits).all() and explainer.engine == "tensorflow"
    (note,) = explainer.notes
    assert note.startswith("TensorFlow is used because OpenVINO cannot run") and "no such operation" in note
    with pytest.raises(ModelError, match="no such operation") as raised:
        open_explainer(saved("pooled"), engine="openvino").explain(x)
    assert raised.value.todo == "choose the engine tensorflow"
