"""Studio's model downloads, drawn small: name -> content, and what is refused with which words."""

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.container import VARIABLES

H5 = b"\x89HDF\r\n\x1a\n network"
METADATA = b"""#define EI_CLASSIFIER_RESIZE_MODE EI_CLASSIFIER_RESIZE_FIT_LONGEST
#define EI_CLASSIFIER_THRESHOLD 0.7
"""
HEADERS = {
    "model-parameters/model_metadata.h": METADATA,
    "model-parameters/model_variables.h": VARIABLES.encode(),
}
SAVED = {"saved_model/saved_model.pb": b"pb", "saved_model/variables/variables.index": b"i"}
TAKEN = {
    "ei-pets-keras-h5-model.zip": toy.zipped({"model.h5": H5}),
    "trained.h5.zip": toy.zipped({"model.h5": H5}),
    "ei-pets-tensorflow-savedmodel-model.zip": toy.zipped(SAVED),
    "deployment.zip (custom block: headers and trained.h5.zip)": toy.zipped(
        {**HEADERS, "trained.h5.zip": toy.zipped({"model.h5": H5})}
    ),
    "ei-pets-tensorflow-lite-float32-model.lite": b"xxxxTFL3",
    "python.zip (one .tflite)": toy.zipped({"model.tflite": b"xxxxTFL3", "README.md": b""}),
}
REFUSED = (
    ("pets-linux-x86_64.eim", b"\x7fELF", "a compiled Linux program"),
    ("akida.fbz", b"x", "Akida"),
    ("cpp.zip", toy.zipped({**HEADERS, "tflite-model/tflite_learn_8.cpp": b""}), "a C++ library"),
    ("lite.zip", toy.zipped({"a.lite": b"", "b.lite": b""}), "several TensorFlow Lite files"),
    ("akida.zip", toy.zipped({"m.fbz": b""}), "Akida"),
)
