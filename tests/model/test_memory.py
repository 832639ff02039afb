"""Memory that runs out: smaller batches, the same answers, and in the end one sentence."""

import numpy as np
import psutil
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import memory
from gradcam_core.model.explainer import FrozenExplainer
from gradcam_core.model.memory import check_room, exhausted, fewer


class ResourceExhaustedError(Exception):
    """As TensorFlow calls it; it is told by its name, since only one package imports TensorFlow."""


class Narrow:
    """An engine whose memory holds ``room`` pictures."""

    def __init__(self, room: int) -> None:
        self.room, self.asked = room, list[int]()

    def run(self, chunk: np.ndarray, names: tuple[str, ...]) -> dict[str, np.ndarray]:
        self.asked.append(len(chunk))
        if len(chunk) > self.room:
            raise ResourceExhaustedError("OOM when allocating tensor")
        return dict.fromkeys(names, chunk.reshape(len(chunk), -1).sum(axis=1, keepdims=True))


def explainer(engine: Narrow, batch: int | None = None) -> FrozenExplainer:
    made = object.__new__(FrozenExplainer)
    FrozenExplainer.__init__(made, None, {}, memory_names(), (engine, None), batch)  # type: ignore[arg-type]
    return made


def memory_names() -> object:
    return type("Names", (), {"logits": "logits"})()


def test_batches_shrink_until_they_fit_and_stay_so() -> None:
    inputs = np.arange(70 * 4, dtype=np.float32).reshape(70, 2, 2, 1)
    engine = Narrow(5)
    model = explainer(engine)
    assert np.array_equal(model.predict(inputs)[:, 0], inputs.sum(axis=(1, 2, 3)))
    assert engine.asked[:4] == [32, 16, 8, 4] and max(engine.asked[4:]) == 4
    engine.asked.clear()
    model.predict(inputs)
    assert max(engine.asked) == 4


@pytest.mark.parametrize(("room", "batch", "said"), [(0, None, "one picture"), (3, 8, "8 pictures, which")])
def test_where_less_does_not_help_one_sentence_says_so(room: int, batch: int | None, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        explainer(Narrow(room), batch).predict(np.zeros((9, 2, 2, 1), np.float32))


def test_other_failures_are_no_lack_of_memory() -> None:
    assert exhausted(MemoryError()) and exhausted(RuntimeError("std::bad_alloc"))
    assert not exhausted(RuntimeError("shapes do not fit")) and not exhausted(ValueError("out of memory"))
    assert fewer(7, False, MemoryError()) == 3


def test_a_limit_that_tensorflow_cannot_start_under_is_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "limit", lambda: 1.5)
    with pytest.raises(ModelError, match=r"to start TensorFlow; found a limit of 1\.50 GB"):
        check_room()
    monkeypatch.setattr(memory, "limit", lambda: float("inf"))
    monkeypatch.setattr(memory, "TO_WORK", psutil.virtual_memory().total / 2**30 + 1)
    with pytest.raises(ModelError, match="found free"):
        check_room()
