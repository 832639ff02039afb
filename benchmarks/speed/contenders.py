"""Who takes part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    """``way`` is a file in ``ways/``; ``library`` writes the model file that it reads.

    ``share``: of the round's pictures, for the slow ones. ``limit``: the ratio to ``keras.predict`` that
    is aimed at, NaN where there is none.
    """

    title: str
    way: str
    choice: str = ""
    library: str = "keras"
    environment: str = "own"
    share: float = 1.0
    limit: float = float("nan")


YARDSTICK = "keras.predict"
CONTENDERS = (
    Contender(YARDSTICK, "predict", "keras"),
    Contender("tf_keras.predict", "predict", "tf_keras", "tf_keras"),
    Contender("ours, TensorFlow, classic", "ours", "tensorflow classic", limit=1.0),
    Contender("ours, TensorFlow, classic + fine", "ours", "tensorflow both"),
    Contender("ours, OpenVINO float32, classic", "ours", "openvino classic", limit=1.5),
    Contender("ours, OpenVINO float32, classic + fine", "ours", "openvino both", limit=0.8),
    Contender("ours, OpenVINO bfloat16, classic", "ours", "openvino-bf16 classic"),
    Contender("ours, Keras 2 file, OpenVINO float32, classic", "ours", "openvino classic", "tf_keras"),
    Contender("Xplique", "xplique", "", "keras", "xplique", 0.5),
    Contender("tf-keras-vis", "tf_keras_vis", "", "tf_keras", "tf-keras-vis", 0.5),
    Contender("loop of the reference script", "reference_loop", share=0.02),
)
