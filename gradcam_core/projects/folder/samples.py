"""Pictures and manifest rows -> samples with unique ids; what cannot be used gets a reason."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from gradcam_core.base.inside import holds
from gradcam_core.base.types import Meta, Sample
from gradcam_core.images.regions import Matcher
from gradcam_core.projects.folder.sample_table import TEST_SPLITS, Manifest


@dataclass
class Collected:
    """Samples, reasons of the broken ones, sentences worth a warning.

    ``class_columns`` were one class each; ``class_order`` is one that the data set lists.
    """

    samples: list[Sample] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    class_columns: tuple[str, ...] = ()
    class_order: tuple[str, ...] = ()


def from_folders(pictures: Sequence[tuple[Path, str | None]], root: Path) -> list[Sample]:
    """Samples of found files; the id is the path without suffix where that is unique."""
    paths = [file.relative_to(root).as_posix() for file, _ in pictures]
    ids = unique_ids(paths)
    return [Sample(ids[path], path, label) for path, (_, label) in zip(paths, pictures, strict=True)]


def unique_ids(paths: Sequence[str]) -> dict[str, str]:
    """Path -> id: without its suffix where no other path gives the same."""
    stems = {path: str(PurePosixPath(path).with_suffix("")) if path.strip("/.") else path for path in paths}
    count = Counter(stems.values())
    return {path: stem if count[stem] == 1 else path for path, stem in stems.items()}


def from_manifest(
    manifest: Manifest, known: Sequence[Sample], root: Path, places: Sequence[Path]
) -> Collected:
    """One sample per row of the manifest.

    A path is looked up below the manifest's folder, the project and the picture folder, then by name
    among the pictures found. Paths that lead out of these folders are broken, with a reason.

    Args:
        manifest: defines the samples.
        known: samples of all pictures found, to look names up.
        root: what sample paths are relative to.
        places: folders that a path may be relative to and has to stay in.
    """
    result = Collected(class_columns=manifest.class_columns, class_order=manifest.class_order)
    matcher, by_id = Matcher(known, root), {sample.id: sample for sample in known}
    rows: list[tuple[str, str | None, Mapping[str, Meta], str]] = []
    seen: dict[str, str | None] = {}
    for number, (text, label, metadata) in enumerate(_test_rows(manifest, result), 2):
        path, reason = _locate(text, matcher, by_id, root, places)
        if path is None:  # a name that no file can have, so nothing ever opens what lies outside
            path = f"row {number}: {text}" if text else f"row {number}"
        if path in seen:
            same = "" if seen[path] == label else f", first as {seen[path]!r}, again as {label!r}"
            result.warnings.append(f"row {number} repeats {path}{same}; left out")
            continue
        seen[path] = label
        rows.append((path, label, metadata, reason))
    ids = unique_ids([path for path, *_ in rows])
    for path, label, metadata, reason in rows:
        result.samples.append(Sample(ids[path], path, label, metadata=metadata))
        if reason:
            result.broken[ids[path]] = reason
    return result


def _test_rows(
    manifest: Manifest, result: Collected
) -> list[tuple[str | None, str | None, Mapping[str, Meta]]]:
    """All rows, or those of the test split where a split column names one."""
    rows, column = list(manifest.rows()), manifest.split_column
    if column is None:
        return rows
    test = [row for row in rows if str(row[2][column]).lower() in TEST_SPLITS]
    if test and len(test) < len(rows):
        left_out = f"{len(rows) - len(test)} rows whose {column} is not test are left out"
        result.warnings.append(left_out)
    return test or rows


def _locate(
    text: str | None, matcher: Matcher, by_id: Mapping[str, Sample], root: Path, places: Sequence[Path]
) -> tuple[str | None, str]:
    """(path below root, None where it leads elsewhere; reason why it cannot be used or "")."""
    if text is None:
        return None, "the manifest has no path in this row"
    written = text.replace("\\", "/")
    candidates = [os.path.normpath(place / written) for place in places]
    inside = [path for path in candidates if any(Path(path).is_relative_to(place) for place in places)]
    for path in inside:
        if os.path.isfile(path) and holds(root, path):
            return os.path.relpath(path, root).replace(os.sep, "/"), ""
    if len(inside) < len(candidates):
        return None, "the path leads out of the project folder"
    found = matcher.find(written)
    return (by_id[found].path, "") if found else (written, "no such file")


def join_metadata(samples: Sequence[Sample], manifest: Manifest, root: Path) -> Collected:
    """Samples with the further columns of a table that names their files; labels stay as they are."""
    matcher = Matcher(samples, root)
    metadata: dict[str, Mapping[str, Meta]] = {}
    strangers = 0
    for text, label, values in manifest.rows():
        sample = matcher.find(text) if text else None
        if sample is None:
            strangers += 1
            continue
        named = {manifest.label_column: label} if manifest.label_column else {}
        metadata[sample] = {**named, **values}
    result = Collected([replace(s, metadata=metadata.get(s.id, s.metadata)) for s in samples])
    if strangers:
        result.warnings.append(f"{strangers} rows name no picture")
    if len(metadata) < len(samples):
        result.warnings.append(f"{len(samples) - len(metadata)} pictures have no row")
    return result
