"""Hostile SavedModels: refused by the operation's name before anything is loaded; no canary is touched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model, open_explainer
from tests.model import hostile
from tests.model.hostile import network, refused


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that must never come to be."""
    return tmp_path / "canary"


def writes(path: Path) -> Callable[[Any], Any]:
    """A network that writes a file on the way."""

    def serve(x: Any) -> Any:
        import tensorflow as tf

        with tf.control_dependencies([tf.io.write_file(str(path), "x")]):
            return network(x)

    return serve


def reads(path: Path) -> Callable[[Any], Any]:
    """A network whose answer holds a file's length."""

    def serve(x: Any) -> Any:
        import tensorflow as tf

        return network(x) + tf.cast(tf.strings.length(tf.io.read_file(str(path))), tf.float32)

    return serve


def prints(path: Path) -> Callable[[Any], Any]:
    """A network that prints into a file."""

    def serve(x: Any) -> Any:
        import tensorflow as tf

        tf.print("x", output_stream=f"file://{path}")
        return network(x)

    return serve


@pytest.mark.parametrize(
    ("serve", "found"),
    [(writes, "WriteFile"), (reads, "ReadFile"), (prints, "PrintV2")],
    ids=["WriteFile", "ReadFile", "PrintV2"],
)
def test_a_saved_model_that_reaches_files(
    serve: Callable[[Path], Any], found: str, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hostile.saved_model(canary.with_name("model"), serve(canary))
    refused(path, found, monkeypatch)
    assert not canary.exists()


def test_a_function_that_nothing_calls_is_checked_too(
    canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tensorflow as tf

    spec = [tf.TensorSpec([None, 8, 12, 3], tf.float32)]
    other = tf.function(writes(canary), input_signature=spec)
    path = hostile.saved_model(canary.with_name("model"), network, other=other)
    refused(path, "WriteFile", monkeypatch)


def test_a_table_that_reads_a_file_when_it_is_made(canary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf

    words = canary.with_name("words.txt")
    words.write_text("a\n", encoding="utf-8")
    start = tf.lookup.TextFileInitializer(
        str(words),
        tf.string,
        tf.lookup.TextFileIndex.WHOLE_LINE,
        tf.int64,
        tf.lookup.TextFileIndex.LINE_NUMBER,
    )
    table = tf.lookup.StaticHashTable(start, -1)
    refused(hostile.saved_model(canary.with_name("model"), network, table=table), "HashTable", monkeypatch)


def test_an_operation_in_a_second_graph_or_beside_the_saver(
    canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcam_core.model.saved_graph import read_saved_model

    folder = hostile.saved_model(canary.with_name("model"), network)
    message = read_saved_model(folder)
    second = message.meta_graphs.add()
    second.CopyFrom(message.meta_graphs[0])
    node = second.graph_def.node.add()
    node.name, node.op = "quiet", "RestoreV2"
    (folder / "saved_model.pb").write_bytes(message.SerializeToString())
    refused(folder, "RestoreV2 in quiet", monkeypatch)


def test_weights_of_a_saved_model_that_lead_elsewhere(tmp_path: Path) -> None:
    folder = hostile.saved_model(tmp_path / "model", network)
    (folder / "variables" / "more").symlink_to("/etc/passwd")
    with pytest.raises(ModelError, match="leads elsewhere"):
        inspect_model(folder)


def test_the_healthy_saved_model_is_no_false_alarm(tmp_path: Path) -> None:
    folder = hostile.saved_model(tmp_path / "model", network)
    assert inspect_model(folder).outputs == 2
    assert np.isfinite(inspect_model(folder).classic.height)


@pytest.mark.parametrize("resources", [False, True], ids=["reference variables", "resource variables"])
def test_a_saved_model_of_tensorflow_1_gives_what_its_session_gave(resources: bool, tmp_path: Path) -> None:
    import tensorflow as tf

    tf1 = tf.compat.v1
    x = np.random.default_rng(0).random((2, 8, 12, 3), dtype=np.float32)
    with tf.Graph().as_default(), tf1.Session() as session:
        entry = tf1.placeholder(tf.float32, [None, 8, 12, 3], name="x")
        kernel = tf1.get_variable("kernel", [3, 3, 3, 2], use_resource=resources)
        made = tf.nn.relu(tf.nn.conv2d(entry, kernel, 2, "SAME", name="conv"))
        scores = tf.matmul(
            tf.reduce_mean(made, [1, 2]), tf1.get_variable("dense", [2, 2], use_resource=resources)
        )
        session.run(tf1.global_variables_initializer())
        tf1.saved_model.simple_save(session, str(tmp_path / "model"), {"x": entry}, {"y": scores})
        expected = session.run(scores, {entry: x})
    explainer = open_explainer(tmp_path / "model", engine="tensorflow")
    assert explainer.info.classic.grid == (4, 6)
    np.testing.assert_allclose(explainer.predict(x), expected, rtol=1e-5)
