"""Write a network with random features and a head learned on drawn pets: `make_judged NAME SIDE FILE`.

Speed does not depend on the weights, but how long a search takes depends on what it finds: the head is
trained, so that the network answers well and has a background to lean on.
"""

import importlib
import sys
from pathlib import Path

import numpy as np

from benchmarks.speed.drawn import training

TAUGHT = 300


def main() -> None:
    name, side, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    keras = importlib.import_module("keras")
    keras.utils.set_random_seed(0)
    # EfficientNet scales 0..255 by itself and is given it back
    inputs = keras.Input((side, side, 3))
    scaled = keras.layers.Rescaling(127.5, 127.5)(inputs) if name.startswith("Efficient") else inputs
    build = getattr(keras.applications, name)
    net = build(weights=None, include_top=False, pooling="avg", input_tensor=scaled)
    pictures, labels = training(TAUGHT, side)
    _settle(net, pictures[:64])
    features = net.predict(pictures, verbose=0)
    head = keras.layers.Dense(2, activation="softmax", name="answer")
    model = keras.Model(inputs, head(net.output))
    head.set_weights(_learned(features, labels))
    answers = model.predict(pictures, verbose=0).argmax(axis=1)
    print(f"{name} {side}: {np.mean(answers == labels):.2f} of what it was taught on is right")
    target.parent.mkdir(parents=True, exist_ok=True)
    model.save(target)


def _settle(net, pictures) -> None:
    """Let batch normalisation see pictures: without it random features fade with depth."""
    for layer in net.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.momentum = 0.0
    for _ in range(2):
        net(pictures, training=True)


def _learned(features, labels) -> list:
    from sklearn.linear_model import LogisticRegression

    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    fitted = LogisticRegression(C=0.1, max_iter=1000).fit((features - centre) / spread, labels)
    weights = fitted.coef_[0] / spread
    bias = fitted.intercept_[0] - (weights * centre).sum()
    return [np.stack([-weights / 2, weights / 2], axis=1), np.array([-bias / 2, bias / 2])]


if __name__ == "__main__":
    main()
