"""Vectors that were trained are told from constants of the picture's range."""

import numpy as np
import tensorflow as tf

from gradcam_core.model.exchange.weights import READ, with_named_weights


def test_biases_are_weights_and_the_range_is_none() -> None:
    graph = tf.Graph()
    with graph.as_default():
        x = tf.compat.v1.placeholder(tf.float32, (None, 8, 8, 3), name="x")
        centred = tf.subtract(x, np.array([0.4, 0.5, 0.6], np.float32), name="centred")
        y = tf.nn.conv2d(centred, np.ones((3, 3, 3, 2), np.float32), 1, "SAME", name="conv")
        tf.add(y, np.array([1.0, 2.0], np.float32), name="biased")
        tf.multiply(y, np.float32(2), name="doubled")
    definition = graph.as_graph_def()
    found = with_named_weights(definition)
    assert [node.name for node in found.node if node.name.endswith(READ)] == ["biased/y" + READ]
    again = tf.Graph()
    with again.as_default():
        tf.import_graph_def(found, name="")
    picture = np.random.default_rng(0).random((1, 8, 8, 3), dtype=np.float32)
    answers = []
    for one in (graph, again):
        with tf.compat.v1.Session(graph=one) as session:
            answers.append(session.run("biased:0", {"x:0": picture}))
    np.testing.assert_array_equal(*answers)
