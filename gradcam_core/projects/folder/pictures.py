"""The samples of a folder: from class folders, from a manifest, or loose pictures without labels."""

import re
from dataclasses import replace
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import holds
from gradcam_core.base.text import short
from gradcam_core.base.types import Sample
from gradcam_core.images.regions import REGIONS, Matcher
from gradcam_core.projects.edge_impulse.headers import has_headers
from gradcam_core.projects.folder.label_sets import joined
from gradcam_core.projects.folder.labels_from import defined_by, label
from gradcam_core.projects.folder.listings import find_listing
from gradcam_core.projects.folder.sample_table import TABLES, Manifest, read_manifest
from gradcam_core.projects.folder.samples import Collected, from_folders, from_manifest, join_metadata
from gradcam_core.projects.folder.several import refuse_columns
from gradcam_core.projects.folder.studio_labels import labelled_by_name, studio_manifest
from gradcam_core.projects.folder.studio_model import DEPLOYED, KERAS, LITE, SAVED, UNUSABLE
from gradcam_core.projects.folder.unopened import unopened
from gradcam_core.projects.folder.work import Origin, Work, count, some

_NUMBER = re.compile(r"[_\- ]*\d+$")
_ONE_EACH = (None, "classification")  # tasks whose pictures have one class each
_PEOPLE = frozenset(("patient", "subject", "case", "study", "p"))
"""Folders called patient1, patient2, … are no classes where a table has a column for each class."""


def collect(work: Work) -> Collected:
    """Find the samples and say how.

    Raises:
        ProjectError: no pictures at all, or an unusable manifest.
    """
    known = from_folders(work.scan.pictures, work.picture_root)
    manifest = _defining_manifest(work, known)
    result = _by_manifest(work, manifest, known) if manifest else _by_folders(work, known)
    if not result.samples:
        raise ProjectError(
            "pictures in class folders, in testing/<class>/, or named by a manifest",
            *_instead(work.root),
        )
    _scan_facts(work)
    return result


def _instead(root: Path) -> tuple[str, str]:
    """What there is in place of pictures, and what to do about it."""
    if has_headers(root) or any(_is_model(file) for file in root.rglob("*")):
        todo = "this is a network without pictures: name their folder with --images, or use it as --model"
        return f"none in {root}", todo
    if next(root.rglob("*.npy"), None) is not None:
        todo = "its .npy files are taken for features of sounds if a features.json says so (docs/audio.md)"
        return f"none in {root}", todo
    todo = "point at the folder with the test pictures, or name it with --images"
    return unopened(root) or (f"none in {root}", todo)


def _is_model(file: Path) -> bool:
    return file.suffix.lower() in (*KERAS, *LITE, *UNUSABLE) or file.name in (SAVED, *DEPLOYED)


def _tables(work: Work) -> list[Path]:
    """Tables in the project folder and on the way down to the pictures; those of regions are none."""
    places = [place for place in work.scan.chain if place.is_relative_to(work.root)]
    files = [f for place in places for f in sorted(place.iterdir()) if f.suffix.lower() in TABLES]
    return [file for file in files if holds(work.root, file) and not _only_regions(file)]


def _only_regions(file: Path) -> bool:
    return any(REGIONS[name].takes(file) and not REGIONS[name].labels_too for name in REGIONS)


def _defining_manifest(work: Work, known: list[Sample]) -> Manifest | None:
    """The table that says which samples there are: given, called manifest, or beside pictures that no
    folders sort into classes; one folder alone is no class where a table has labels."""
    given = work.answers.labels
    if work.unpacked is not None and work.unpacked.table is not None:
        table = joined(work, read_manifest(work.unpacked.table))
        return replace(table, class_order=work.unpacked.classes or table.class_order)
    if given is not None and given.suffix.lower() in TABLES:
        return joined(work, read_manifest(given if given.exists() else work.root / given))
    named = [file for file in _tables(work) if file.stem.lower() == "manifest"]
    if named:
        return joined(work, read_manifest(named[0]))
    exported = studio_manifest(work) or find_listing(work.root)
    if exported is not None:
        return exported
    people = _are_people(work)
    if (len(work.scan.classes) > 1 and not people) or (
        work.scan.classes and work.answers.labels_from == "folders"
    ):
        return None
    found = _best_table(work, known)
    found = None if found is None else joined(work, found)
    if found is not None and work.answers.labels_from != "folders" and work.answers.task in _ONE_EACH:
        refuse_columns(found)
    return found if found and (found.label_column or not work.scan.classes) else None


def _are_people(work: Work) -> bool:
    return _PEOPLE.issuperset({_NUMBER.sub("", name.lower()) for name in work.scan.classes})


def _best_table(work: Work, known: list[Sample]) -> Manifest | None:
    """The table in the project folder whose rows name most of the pictures."""
    matcher, best, most, others = Matcher(known, work.picture_root), None, 0, []
    for file in _tables(work):
        try:
            manifest = read_manifest(file)
        except ProjectError as error:
            others.append(f"{file.name} ({error.found})")
            continue
        matches = sum(matcher.find(text) is not None for text, _, _ in manifest.rows() if text)
        others.append(file.name)
        if matches > most:
            best, most = manifest, matches
    ignored = [name for name in others if best is None or name != best.file.name]
    if ignored:
        work.fact("tables left out", some(ignored), "guessed", "they do not name these pictures as well")
    return best


def _by_manifest(work: Work, manifest: Manifest, known: list[Sample]) -> Collected:
    scanned = (place for place in work.scan.chain if place.is_relative_to(work.picture_root))
    places = list(dict.fromkeys((work.picture_root, *scanned)))
    if manifest.file.resolve().is_relative_to(work.picture_root):
        places.insert(0, manifest.file.resolve().parent)
    result = from_manifest(manifest, known, work.picture_root, places)
    if work.unpacked is not None:
        told = {sample.id: work.unpacked.reasons.get(sample.path) for sample in result.samples}
        result.broken |= {name: reason for name, reason in told.items() if reason}
    if not _are_people(work):
        result = defined_by(work, result, manifest, known)
    origin: Origin = "given" if work.answers.labels else "read"
    work.fact(
        "samples",
        f"{len(result.samples):,} rows of {_called(work, manifest)}",
        "guessed" if manifest.guessed else origin,
        "; ".join(manifest.guessed),
        "; ".join([*result.warnings[:5], *_manifest_gaps(result, known)]),
    )
    return result


def _called(work: Work, manifest: Manifest) -> str:
    return "the packed files" if work.unpacked else work.below(manifest.file.resolve())


def _manifest_gaps(result: Collected, known: list[Sample]) -> list[str]:
    gaps = [f"{len(result.warnings) - 5} more remarks"] if len(result.warnings) > 5 else []
    if result.broken:
        first = next(iter(result.broken))
        gaps.append(f"{count(len(result.broken), 'row')} unusable, e.g. {first}: {result.broken[first]}")
    listed = {sample.path for sample in result.samples}
    missing = sum(sample.path not in listed for sample in known)
    if missing:
        gaps.append(f"{count(missing, 'picture')} on disk not in the manifest, left out")
    return gaps


def _by_folders(work: Work, known: list[Sample]) -> Collected:
    where = work.below(work.scan.base)
    how = f"class folders in {where}" if work.scan.classes else f"pictures in {where}, without labels"
    origin: Origin = "given" if work.answers.images else "guessed"
    warning = "these are training pictures" if work.scan.base.name.lower().startswith("train") else ""
    work.fact("samples", count(len(known), "picture"), origin, how, warning)
    table = _best_table(work, known) if work.scan.classes else None
    if table is None:
        return Collected(known if work.scan.classes else labelled_by_name(work, known))
    if _are_people(work):
        refuse_columns(table)
    result = join_metadata(known, table, work.picture_root)
    names = [str(name) for name in table.frame.columns if name != table.path_column]
    work.fact("metadata", some(names, 12), "read", table.file.name, "; ".join(result.warnings))
    return label(work, result, table)


def _scan_facts(work: Work) -> None:
    found = work.scan
    if found.empty:
        work.fact("empty class folders", some(found.empty), "read", warning="classes without a picture")
    if found.without:
        work.fact("left out", some(found.without), "guessed", "folders without pictures")
    if found.loose:
        names = [file.name for file in found.loose]
        work.fact("left out", some(names), "guessed", "pictures beside the class folders")
    if found.unnamable:
        names = [short(file.name) for file in found.unnamable]
        warning = f"{count(len(names), 'picture')} left out because the name is no UTF-8; rename"
        work.fact("left out", some(names), "read", warning=warning)
    if found.others:
        names = sorted(short(file.name) for file in found.others)
        verb = "1 file is no picture" if len(names) == 1 else f"{len(names):,} files are not pictures"
        work.fact("left out", f"{verb}: {some(names)}", "read")
