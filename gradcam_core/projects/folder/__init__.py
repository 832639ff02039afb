"""A folder on disk: class sub-folders, a manifest, or loose pictures; with a project.toml or without."""

from dataclasses import fields, replace
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.picture_rules import BLACK, background_of
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.sounds import Features
from gradcam_core.base.text import short
from gradcam_core.base.types import Project
from gradcam_core.images import features_of
from gradcam_core.projects import SOURCES, Source
from gradcam_core.projects.edge_impulse.labels_file import is_export
from gradcam_core.projects.folder.class_order import order_classes
from gradcam_core.projects.folder.label_sets import TASK as MULTI_LABEL
from gradcam_core.projects.folder.label_sets import label_sets
from gradcam_core.projects.folder.model import find_model, find_quantised
from gradcam_core.projects.folder.packed import unzipped
from gradcam_core.projects.folder.pictures import collect
from gradcam_core.projects.folder.regions import find_regions
from gradcam_core.projects.folder.sample_table import TABLES
from gradcam_core.projects.folder.samples import Collected
from gradcam_core.projects.folder.scan import scan
from gradcam_core.projects.folder.shards import ABOUT, TABLE, Packed, find_packed, unpacked
from gradcam_core.projects.folder.studio_model import package_answers
from gradcam_core.projects.folder.work import Work, some
from gradcam_core.projects.overrides import Overrides
from gradcam_core.projects.project_file import FILE_NAME, check_answers, read_project_file
from gradcam_core.tasks import TASKS

AUDIO = "audio"
DEFAULTS = Overrides(scaling="0..1", resize="squash", resize_method="area", channel_order="rgb")


def open_folder(root: Path, answers: Overrides | None = None) -> Project:
    """Understand a folder; everything given, read or guessed is a fact of the project.

    Raises:
        ProjectError: no pictures, or parts that do not fit together.
    """
    answers = answers or Overrides()
    check_answers(answers)
    root = root.resolve()
    model, model_fact = find_model(root, answers.model)  # first: the quickest to be wrong
    quantised, quantised_facts = find_quantised(root, answers.quantised)
    told, where = _beside_model(root, answers)
    work = _begin(root, answers.over(told), told, where)
    answers = work.answers
    collected = collect(work)
    classes, task = _classes(work, collected)
    regions = find_regions(work, collected.samples)
    work.facts += [model_fact, *quantised_facts]
    features = _features(work)
    _input_facts(work, features)
    final = (answers if features is None else Overrides()).over(DEFAULTS)
    return Project(
        name=answers.name or root.name,
        root=work.picture_root,
        class_names=classes,
        samples=tuple(collected.samples),
        model_path=model,
        quantised_path=quantised,
        task=task if features is None else answers.task or AUDIO,
        resize=final.resize or "squash",
        resize_method=final.resize_method or "area",
        scaling=final.scaling or "0..1",
        channel_order=final.channel_order or "rgb",
        channels=answers.channels,
        orientation=answers.orientation,
        intensity=answers.intensity,
        background=background_of(answers.background or BLACK),
        regions=regions.regions,
        region_notes=regions.notes,
        broken=collected.broken,
        facts=tuple(work.facts),
        thresholds=answers.thresholds,
        features=features,
    )


def _beside_model(root: Path, answers: Overrides) -> tuple[Overrides, str]:
    """What a deployment that holds the model says of its input and classes where the user did not."""
    given = answers.model
    path = root / FILE_NAME if given is None else given if given.exists() else root / given
    told = package_answers(path)
    said = {f.name for f in fields(answers) if getattr(answers, f.name) is not None}
    said |= {"class_order"} if "labels" in said else set()
    kept = {f.name: getattr(told, f.name) for f in fields(told) if f.name not in said}
    return Overrides(**kept), f"model-parameters of {(root if given is None else path).name}"


def _classes(work: Work, collected: Collected) -> tuple[tuple[str, ...], str]:
    """The classes in the model's order, and the task; the samples' labels put in their words."""
    task = work.answers.task
    if task is not None and TASKS[task].numbers:
        return (), task
    sets = label_sets(work, collected)
    if sets is not None:
        collected.samples = list(sets.samples)
        return sets.classes, MULTI_LABEL
    return order_classes(work, collected), task or "classification"


def _begin(root: Path, answers: Overrides, told: Overrides, where: str) -> Work:
    given = answers.images or _category_folder(root, answers)
    if given is None:
        found = scan(root)
        packed = None if found.pictures else find_packed(root)
        work = Work(root, root, answers, found, told=told, told_by=where)
        return work if packed is None else _unpacked(work, packed)
    images = (given if given.exists() else root / given).resolve()
    if (packed := find_packed(images)) is not None and not (images.is_dir() and scan(images).pictures):
        return _unpacked(Work(root, root, answers, scan(root), told=told, told_by=where), packed)
    if not images.is_dir():
        raise ProjectError("a folder with pictures", f"{given} is none", "check the path")
    picture_root = root if images.is_relative_to(root) else images
    return Work(root, picture_root, answers, scan(root, images), told=told, told_by=where)


def _unpacked(work: Work, packed: Packed) -> Work:
    """The same work on the pictures that packed files hold."""
    made = unpacked(packed)
    folder, names = made.folder, [work.below(file) for file in packed.files]
    inner = [one for one in folder.iterdir() if one.name not in (TABLE, ABOUT)]
    base = inner[0] if len(inner) == 1 and inner[0].is_dir() else folder
    work.fact("pictures", f"unpacked from {packed.title}: {some(names, 3)}", "read")
    if packed.left_out:
        others = [work.below(file) for file in packed.left_out]
        todo = "those of another split: --images FILE or its folder"
        work.fact("left out", some(others, 3), "guessed", f"other splits; {todo}")
    return replace(work, picture_root=folder, scan=scan(folder, base), unpacked=made)


def _category_folder(root: Path, answers: Overrides) -> Path | None:
    """The folder called as the category that the user wants, where the project has one."""
    if answers.category is None:
        return None
    found = root / answers.category
    if found.is_dir() and found.resolve().parent == root:
        return found
    if not is_export(root):
        raise ProjectError(
            f"an export of Edge Impulse, or a folder {short(answers.category)} in {root.name}",
            "neither",
            "leave --category out, or name the pictures with --images",
        )
    return None


def _features(work: Work) -> Features | None:
    """What the features of sounds mean, where the samples are those."""
    if work.answers.task not in (None, AUDIO):
        return None
    found = features_of(work.scan.base)
    if found is not None:
        work.fact("features", found.words(), "read", "features.json")
        if work.answers.task is None:
            work.fact("task", TASKS[AUDIO].title, "guessed", "features.json describes features of sounds")
    return found


def _input_facts(work: Work, features: Features | None) -> None:
    answers = work.answers
    why = {
        "resize": "stretched to the model's input size",
        "resize_method": "area average, the least aliasing",
        "scaling": "what most small models and Edge Impulse's take",
        "channel_order": "what most libraries read",
    }
    for name, reason in why.items():
        given, default = getattr(answers, name), getattr(DEFAULTS, name)
        if features is not None:
            work.fact(name, "none", "read", "features are fed to the network as they are")
        elif given is None:
            work.fact(name, str(default), "guessed", reason)
        else:
            work.said(name, str(given), name)
    if answers.threshold is not None and answers.threshold == work.told.threshold:
        work.said("threshold", f"{answers.threshold:g}", "threshold")
    if answers.task is not None:
        work.fact("task", TASKS[answers.task].title, "given")
    if answers.channels is not None:
        work.fact("channels", str(answers.channels), "given")


def open_spec(text: str, overrides: Overrides, progress: Progress = silent) -> Project:
    """Open a folder (its project.toml is used), a project.toml, or a manifest by its path.

    Nothing here takes long enough to tell ``progress`` about it.

    Raises:
        ProjectError: as :func:`open_folder`, or a file of another kind.
    """
    path = Path(text)
    if path.is_file():
        if path.suffix.lower() == ".toml":
            return open_folder(path.parent, overrides.over(read_project_file(path, overrides)))
        if find_packed(path) is not None:
            return open_folder(path.parent, overrides.over(Overrides(images=path, name=path.name)))
        if path.suffix.lower() in TABLES:
            return open_folder(path.parent, overrides.over(Overrides(labels=path)))
        if path.suffix.lower() == ".zip":
            return _open_known(unzipped(path), overrides, path.stem)
        raise ProjectError(
            "a folder, a project.toml, a manifest or a zip", str(path), "point at the folder"
        )
    if not path.is_dir():
        raise ProjectError(
            "a folder, a project.toml or a manifest", f"{text} does not exist", "check the path"
        )
    return _open_known(path, overrides)


def _open_known(folder: Path, answers: Overrides, name: str | None = None) -> Project:
    """A folder with what its project.toml says; the name where that says none."""
    file = folder / FILE_NAME
    own = read_project_file(file, answers) if file.is_file() else Overrides()
    return open_folder(folder, answers.over(own).over(Overrides(name=name)))


SOURCES.add("folder", Source("A folder on this machine", "a folder, project.toml or manifest", open_spec))
