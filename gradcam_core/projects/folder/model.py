"""The model file of a project folder, by name; what it really is, is told later by its content."""

from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import below
from gradcam_core.base.types import Fact
from gradcam_core.projects.folder.studio_model import model_in

_SUFFIXES = frozenset((".keras", ".h5", ".hdf5"))
_NOT_MODELS = frozenset((".json", ".txt", ".csv", ".md", ".toml", ".yaml", ".yml", ".py", ".ipynb", ".log"))
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
        return model, Fact(
            "model", path.name, "given", "" if model.name == path.name else f"its {model.name}"
        )
    for folder in (root / name for name in _FOLDERS):
        found = _candidates(folder)
        if found:
            chosen, fact = _choose(found, root)
            below(root, chosen, ProjectError)
            return model_in(chosen), fact
    missing = f"no .keras, .h5, .hdf5 file or SavedModel folder in {root.name}"
    return None, Fact("model", "none", "guessed", missing, "name the model with --model")


def _candidates(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if _is_model(child))


def _is_model(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    if path.is_dir():
        return (path / "saved_model.pb").is_file()
    suffix, name = path.suffix.lower(), path.name.lower()
    return (
        name.endswith(_PACKED)
        or suffix in _SUFFIXES
        or (path.stem.lower() == "model" and bool(suffix) and suffix not in _NOT_MODELS)
    )


def _choose(found: list[Path], root: Path) -> tuple[Path, Fact]:
    named = [path for path in found if path.stem.lower() == "model"]
    chosen = found if len(found) == 1 else named
    if len(chosen) != 1:
        names = ", ".join(path.name for path in found)
        raise ProjectError(f"one model in {root}", names, "choose one with --model, or name it model.*")
    others = ", ".join(path.name for path in found if path != chosen[0])
    why = f"called model, before {others}" if others else "the only model in the folder"
    return chosen[0].resolve(), Fact("model", chosen[0].name, "guessed", why)
