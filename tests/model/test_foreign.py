"""Model files of elsewhere are named, with the lines that export them."""

import json
import struct
import zipfile
from pathlib import Path

import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return path


def refusal(path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    return caught.value


@pytest.mark.parametrize("name", ["resnet.pt", "resnet.pth", "last.ckpt", "renamed.h5"])
def test_weights_of_pytorch(name: str, tmp_path: Path) -> None:
    error = refusal(zipped(tmp_path / name, "archive/data.pkl", "archive/data/0"))
    assert "weights of PyTorch" in error.found
    assert f'torch.load("{name}"' in error.todo and "torch.onnx.export" in error.todo


def test_torchscript_needs_no_class(tmp_path: Path) -> None:
    error = refusal(zipped(tmp_path / "m.pt", "m/data.pkl", "m/code/__torch__.py"))
    assert "TorchScript" in error.found and 'torch.jit.load("m.pt"' in error.todo


def test_safetensors_by_content(tmp_path: Path) -> None:
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path = tmp_path / "weights.bin"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))
    error = refusal(path)
    assert "safetensors" in error.found and 'load_file("weights.bin")' in error.todo


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("net.engine", b"ftrt....", "TensorRT"),
        ("net.pkl", b"\x80\x04\x95....", "pickle"),
        ("old.pth", b"\x80\x02\x8a\x0a....", "PyTorch"),
        ("net.mlmodel", b"\x08\x01....", "Core ML"),
        ("net.ort", b"\x14\0\0\0ORTM", "ONNX Runtime"),
        ("graph.pb", b"\x0a\x10....", "without signatures"),
        ("model.ckpt.index", b"........", "checkpoint"),
        ("net.xml", b"<?xml version", "OpenVINO"),
    ],
)
def test_others_are_named(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refusal(path)
    assert said in error.found and name in error.found and error.todo


@pytest.mark.parametrize("name", ["a.pt", "a.safetensors", "a.ckpt.index"])
def test_the_lines_are_python(name: str, tmp_path: Path) -> None:
    """What is advised between the colon and the dash can be compiled."""
    path = tmp_path / name
    content = struct.pack("<Q", 2) + b"{}" if name.endswith("tensors") else b"........"
    path.write_bytes(content)
    lines = refusal(path).todo.split(": ", 1)[1].split(" – ")[0]
    compile(lines, name, "exec")
