"""Write an architecture with random weights: `make_model LIBRARY NAME SIZE FILE`."""

import importlib
import sys
from pathlib import Path

MODELS = ("MobileNetV2", "EfficientNetB0")
CLASSES = 10


def main() -> None:
    library, name, size, target = sys.argv[1:]
    keras = importlib.import_module(library)
    keras.utils.set_random_seed(0)
    side = int(size)
    build = getattr(keras.applications, name)
    model = build(weights=None, input_shape=(side, side, 3), classes=CLASSES)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    model.save(target)


if __name__ == "__main__":
    main()
