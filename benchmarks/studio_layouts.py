"""Layouts and downloads of Studio: `python -m benchmarks.studio_layouts --write docs/edge-impulse.md`.

Each is drawn small by the tests, opened as a user would, and the table says what came out.
"""

import argparse
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import layouts, toy
from tests.projects.edge_impulse.downloads import REFUSED, TAKEN
from tests.sound_project import make

MARK = re.compile(r"(<!-- layouts -->\n).*?(<!-- /layouts -->)", re.DOTALL)
DRAWN: tuple[Callable[[], layouts.Files], ...] = (
    layouts.with_one_file_of_labels,
    layouts.with_lines,
    layouts.with_labels_per_category,
    layouts.flat,
    layouts.without_labels,
    layouts.with_boxes,
    layouts.with_boxes_inline,
    layouts.with_series,
)


def said(project: Project) -> str:
    """Samples, labels and boxes in words."""
    counts = Counter(one.label for one in project.samples)
    named = ", ".join(f"{label or 'no label'} {n}" for label, n in counts.most_common())
    boxed = f", {len(project.regions)} with boxes" if project.regions else ""
    return f"{len(project.samples)} samples: {named}{boxed}"


def understood(open_it: Callable[[], str]) -> str:
    """What came out, or what was refused and what to do."""
    try:
        return open_it()
    except AuditError as error:
        return f"refused: {error.found}; to do: {error.todo}"


def layout_rows(home: Path) -> list[str]:
    """A row per layout: as a folder, and whether the zip is the same."""
    rows = ["| layout | as a folder | as the zip | `--category training` |", "|---|---|---|---|"]
    for number, drawn in enumerate(DRAWN):
        files = drawn()
        folder, archive = layouts.unpack(files, home / f"f{number}"), home / f"{number}.zip"
        archive.write_bytes(toy.zipped(files))
        here, packed = (understood(lambda p=p: said(open_project(p))) for p in (folder, archive))
        training = Overrides(category="training")
        other = understood(lambda: said(open_project(folder, training)))  # noqa: B023  called at once
        title = (drawn.__doc__ or "").split("\n")[0].rstrip(".")
        rows.append(f"| {title} | {here} | {'the same' if packed == here else packed} | {other} |")
    return rows


def download_rows(home: Path) -> list[str]:
    """A row per download, given as the model of two pictures."""
    rows = ["| given with `--model` | network | classes, resize, threshold |", "|---|---|---|"]
    root = make(home / "pictures", "testing/cat/a.jpg", "testing/small.dog/b.jpg")
    for title, content in [*TAKEN.items(), *((name, content) for name, content, _ in REFUSED)]:
        file = root / title.split()[0]
        file.write_bytes(content)
        try:
            project = open_project(root, Overrides(model=file))
            network = project.model_path.name if project.model_path else "none"
            limits = ", ".join(f"{value:g}" for value in project.thresholds.values()) or "none"
            about = f"{', '.join(project.class_names)}; {project.resize}; {limits}"
        except AuditError as error:
            network, about = f"refused: {error.found}", error.todo
        file.unlink()
        rows.append(f"| `{title}` | {network} | {about} |")
    return rows


def main() -> None:
    """Print the tables, or write them between their marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory(prefix="layouts-") as folder:
        os.environ["GRADCAM_HOME"] = folder
        text = "\n".join([*layout_rows(Path(folder)), "", *download_rows(Path(folder))]) + "\n"
    if write is None:
        print(text)
        return
    page = write.read_text(encoding="utf-8")
    write.write_text(MARK.sub(lambda found: found[1] + text + found[2], page), encoding="utf-8")


if __name__ == "__main__":
    main()
