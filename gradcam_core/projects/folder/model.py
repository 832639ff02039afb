"""The model file of a project folder, by name; what it really is, is told later by its content."""

from collections.abc import Callable
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import below
from gradcam_core.base.types import Fact
from gradcam_core.projects.folder.studio_model import model_in

_SUFFIXES = frozenset((".keras", ".h5", ".hdf5"))
_EXCHANGE = frozenset((".onnx", ".tflite", ".lite"))
_ELSEWHERE = frozenset(
    (".pt", ".pth", ".safetensors", ".ckpt", ".torchscript", ".engine", ".trt", ".mlmodel", ".ort", ".pb")
)
_NOT_MODELS = frozenset(
    (
        ".data",
        ".onnx_data",
        ".json",
        ".txt",
        ".csv",
        ".md",
        ".toml",
        ".yaml",
        ".yml",
        ".py",
        ".ipynb",
        ".log",
    )
)
_PACKED = ("h5.zip", "h5-model.zip", "savedmodel.zip", "savedmodel-model.zip")  # of Edge Impulse
_FOLDERS = ("", "model", "models")


def find_model(root: Path, given: Path | None) -> tuple[Path | None, Fact]:
    """The model's path (None where there is none) and how it was found.

    Raises:
        ProjectError: the given one does not exist, or several could be meant.
    """
    if given is not None:
        path = given if given.exists() else root / given
        if not path.exists():
            raise ProjectError(
                "a model file or SavedModel folder", f"{given} does not exist", "check the path"
            )
        model = model_in(path.resolve())
        why = "" if model.name == path.name else f"its {model.name}"
        return model, Fact("model", path.name, "given", why)
    for kind in (_is_model, _is_exchange, _is_of_elsewhere):
        for folder in (root / name for name in _FOLDERS):
            if found := _candidates(folder, kind):
                chosen, fact = _choose(found, root)
                below(root, chosen, ProjectError)
                return model_in(chosen), fact
    missing = f"no .keras, .h5, .hdf5, .onnx or .tflite file or SavedModel folder in {root.name}"
    return None, Fact("model", "none", "guessed", missing, "name the model with --model")


def find_quantised(root: Path, given: Path | None) -> tuple[Path | None, list[Fact]]:
    """The path of the same network in few bits (None where none was named), and the fact that says so.

    Raises:
        ProjectError: it does not exist.
    """
    if given is None:
        return None, []
    path, fact = find_model(root, given)
    return path, [Fact("quantised network", fact.value, fact.origin, fact.why)]


def _candidates(folder: Path, kind: Callable[[Path], bool]) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if not child.name.startswith(".") and kind(child))


def _is_model(path: Path) -> bool:
    """A model of Keras or TensorFlow, or a file that is called model."""
    if path.is_dir():
        return (path / "saved_model.pb").is_file()
    suffix = path.suffix.lower()
    others = _NOT_MODELS | _EXCHANGE | _ELSEWHERE
    called = path.stem.lower() == "model" and bool(suffix) and suffix not in others
    return suffix in _SUFFIXES or path.name.lower().endswith(_PACKED) or called


def _is_exchange(path: Path) -> bool:
    """What a Keras model beside it was exported to; taken where there is no such model."""
    return path.is_file() and path.suffix.lower() in _EXCHANGE


def _is_of_elsewhere(path: Path) -> bool:
    """Found so that it can be said what to do with it."""
    return path.is_file() and path.suffix.lower() in _ELSEWHERE


def _choose(found: list[Path], root: Path) -> tuple[Path, Fact]:
    named = [path for path in found if path.stem.lower() == "model"]
    chosen = found if len(found) == 1 else named
    if len(chosen) != 1:
        names = ", ".join(path.name for path in found)
        raise ProjectError(f"one model in {root}", names, "choose one with --model, or name it model.*")
    others = ", ".join(path.name for path in found if path != chosen[0])
    why = f"called model, before {others}" if others else "the only model in the folder"
    return chosen[0].resolve(), Fact("model", chosen[0].name, "guessed", why)
