"""Which class is the normal one, and which pictures a detector may learn from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import holds, stays
from gradcam_core.base.types import Fact, Project, Sample
from gradcam_core.images import is_picture_name

NORMAL_WORDS = frozenset(
    (
        *("good", "normal", "ok", "okay", "noanomaly", "nonanomaly", "noanomalies", "nominal", "regular"),
        *("healthy", "intact", "fine", "pass", "passed", "nodefect", "nondefective", "defectfree", "sound"),
    )
)
ANOMALY = "anomaly"
TRAINING = ("training", "train")
FIRST = "the first of the two classes; the other order with class_order in project.toml"
KIND = "kind"  # metadata: what the label was, where several kinds of anomaly are one class


def is_normal(label: str) -> bool:
    """Whether a label says that nothing is wrong, whatever its case and punctuation."""
    return re.sub(r"[\W_]+", "", label).casefold() in NORMAL_WORDS


def two_classes(project: Project) -> Project:
    """The project with the classes (normal, anomaly); other labels than the normal one become kinds.

    Raises:
        ProjectError: nothing says which label is the normal one.
    """
    names = project.class_names
    normal, how = _normal_name(names, _trained_on(project.root))
    others = [name for name in names if name != normal]
    anomaly = others[0] if len(others) == 1 else ANOMALY
    samples = tuple(_renamed(one, normal, anomaly, len(others) > 1) for one in project.samples)
    value = f"normal: {normal}; anomaly: {', '.join(others) or ANOMALY}"
    fact = Fact("normal class", value, "guessed", how, _doubt(project, how))
    return replace(project, class_names=(normal, anomaly), samples=samples, facts=(*project.facts, fact))


def _normal_name(names: Sequence[str], trained_on: Sequence[str]) -> tuple[str, str]:
    known = [name for name in names if is_normal(name)]
    if len(known) == 1:
        return known[0], "by its name"
    if not known and len(trained_on) == 1:
        return trained_on[0], "by the name of a folder of training pictures"
    if not names:
        return "normal", "no labels were found"
    if len(names) == 2:
        return names[0], FIRST
    raise ProjectError(
        "one label that means normal (such as good, normal, ok or no anomaly)",
        ", ".join(known or names),
        "rename the folder or label of the normal pictures",
    )


def _trained_on(root: Path) -> list[str]:
    """Names of folders of training pictures that mean normal."""
    folders = [child for name in TRAINING if (root / name).is_dir() for child in (root / name).iterdir()]
    return sorted({child.name for child in folders if child.is_dir() and is_normal(child.name)})


def _doubt(project: Project, how: str) -> str:
    said = any(one.name == "class order" and one.origin != "guessed" for one in project.facts)
    return (
        "which of the two labels means that nothing is wrong is not known"
        if how == FIRST and not said
        else ""
    )


def _renamed(one: Sample, normal: str, anomaly: str, several: bool) -> Sample:
    if one.label in (None, normal) or not several:
        return one
    return replace(one, label=anomaly, metadata={**one.metadata, KIND: one.label})


@dataclass(frozen=True)
class Normal:
    """Pictures to learn from. ``crossed``: they are test samples, so halves have to score each other."""

    paths: tuple[Path, ...]
    crossed: bool
    where: str


def normal_pictures(project: Project) -> Normal:
    """Training pictures of the normal class where the project has some, else its normal test samples."""
    tested = {(project.root / one.path).resolve() for one in project.samples}
    for folder in (project.root / name for name in TRAINING):
        found = tuple(
            path for path in _below(folder, project.class_names[0]) if path.resolve() not in tested
        )
        if found:
            return Normal(found, False, folder.name)
    known = [
        project.root / one.path
        for one in project.samples
        if one.label == project.class_names[0]
        and one.id not in project.broken
        and stays(project.root, one.path)
    ]
    return Normal(tuple(known), True, "test samples")


def _below(folder: Path, normal: str) -> Iterator[Path]:
    """Pictures of the normal class's folder; of ``folder`` itself where it has no folders at all."""
    if not folder.is_dir():
        return
    classes = [child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")]
    named = [child for child in classes if child.name == normal or is_normal(child.name)]
    for place in sorted(named) if classes else [folder]:
        yield from sorted(p for p in place.rglob("*") if is_picture_name(p) and holds(folder, p.absolute()))
