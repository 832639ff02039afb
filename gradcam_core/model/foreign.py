"""Model files that are read elsewhere: what they are, and the lines that export them."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Foreign:
    """``title`` in words; ``todo`` of a file's name: what to run where the model is at home."""

    title: str
    todo: Callable[[str], str]


def _torch(name: str) -> str:
    return (
        "export it where its class is at hand: import torch; model = YourNetwork(); "
        f'model.load_state_dict(torch.load("{name}", map_location="cpu")); model.eval(); '
        'torch.onnx.export(model, (torch.zeros(1, 3, 224, 224),), "model.onnx") '
        "– with the size that it was trained on, then give model.onnx"
    )


def _safetensors(name: str) -> str:
    return (
        "export it where its class is at hand: import torch; from safetensors.torch import load_file; "
        f'model = YourNetwork(); model.load_state_dict(load_file("{name}")); model.eval(); '
        'torch.onnx.export(model, (torch.zeros(1, 3, 224, 224),), "model.onnx") '
        "– with the size that it was trained on, then give model.onnx"
    )


def _script(name: str) -> str:
    return (
        f'export it: import torch; model = torch.jit.load("{name}", map_location="cpu").eval(); '
        'torch.onnx.export(model, (torch.zeros(1, 3, 224, 224),), "model.onnx", dynamo=False) '
        "– with the size that it was trained on, then give model.onnx"
    )


def _before(of: str) -> Callable[[str], str]:
    return lambda _: f"give the file that {of}: .onnx, .keras, .h5, a SavedModel folder or .tflite"


def _checkpoint(name: str) -> str:
    return (
        "a checkpoint holds weights without the network. Where its code is at hand, run: import keras; "
        f'model = your_network(); model.load_weights("{name}"); model.save("model.keras") – then give '
        "model.keras"
    )


def _scikit(_: str) -> str:
    return "maps need a convolutional network over the picture; give one as .onnx, .keras or .h5"


TORCH = Foreign("weights of PyTorch, which do not say what network they belong to", _torch)
SCRIPT = Foreign("a TorchScript network", _script)
SAFETENSORS = Foreign("weights in safetensors, which do not say what network they belong to", _safetensors)
ENGINE = Foreign("a TensorRT engine, made for one graphics card", _before("the engine was built from"))
CHECKPOINT = Foreign("a checkpoint of weights", _checkpoint)
PICKLE = Foreign("a pickle of Python objects, which runs code when it is opened", _scikit)
CORE_ML = Foreign("a Core ML model", _before("it was converted from"))
ORT = Foreign("a network in ONNX Runtime's own format", _before("it was converted from"))
OPENVINO = Foreign("a network in OpenVINO's own format", _before("it was converted from"))
FROZEN = Foreign("a TensorFlow graph without signatures", _before("it was frozen from"))
PADDLE = Foreign(
    "a Paddle model", lambda name: f"export it: paddle2onnx --model_filename {name} --save_file model.onnx"
)

BY_NAME = {
    **dict.fromkeys((".pt", ".pth", ".ckpt", ".bin"), TORCH),
    **dict.fromkeys((".engine", ".plan", ".trt"), ENGINE),
    **dict.fromkeys((".pkl", ".pickle", ".joblib", ".sav"), PICKLE),
    **dict.fromkeys((".mlmodel", ".mlpackage"), CORE_ML),
    **dict.fromkeys((".pdmodel", ".pdiparams"), PADDLE),
    ".torchscript": SCRIPT,
    ".safetensors": SAFETENSORS,
    ".index": CHECKPOINT,
    ".ort": ORT,
    ".xml": OPENVINO,
    ".pb": FROZEN,
}
SUFFIXES = frozenset(BY_NAME) - {".bin", ".xml", ".index"}
"""Ends of names that a model file of another kind has, and hardly anything else."""


def kind_of(path: Path, head: bytes) -> Foreign | None:
    """What kind of foreign model file begins with ``head`` (8 bytes); by its content, else by its name."""
    if head.startswith(b"PK"):
        return _archive(path)
    if head[4:] == b"ORTM":
        return ORT
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return BY_NAME.get(path.suffix.lower(), PICKLE)
    if len(head) == 8 and 0 < int.from_bytes(head, "little") < path.stat().st_size and _json(path):
        return SAFETENSORS
    if ".ckpt" in path.name or (path / "checkpoint").is_file():
        return TORCH if head[:1] == b"\x80" else CHECKPOINT
    return BY_NAME.get(path.suffix.lower())


def _archive(path: Path) -> Foreign | None:
    """Zip files of PyTorch hold data.pkl; those of TorchScript its code, too."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return BY_NAME.get(path.suffix.lower())
    if not any(name == "data.pkl" or name.endswith("/data.pkl") for name in names):
        return None
    return SCRIPT if any("/code/" in name or name.startswith("code/") for name in names) else TORCH


def _json(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(8)
        return file.read(1) == b"{"
