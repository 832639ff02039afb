"""Demo projects on disk: drawn on first use, atomically, and again when renderer or model changed."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.base.files import write_json
from gradcam_core.base.partial import partial_folder
from gradcam_core.base.paths import demos_dir
from gradcam_core.images import encode_jpeg, encode_png
from gradcam_core.projects.demos.catalogue import MODELS, RENDERER_VERSION, SPLITS, TRUTH, Demo
from gradcam_core.projects.demos.scenes.bench import BOXES, ObjectScene, write_boxes
from gradcam_core.projects.demos.scenes.scene import Scene
from gradcam_core.projects.demos.scenes.sounds import SPANS, SoundScene, write_sound

PICTURES = 200
UNREADABLE, UNLABELLED, UNMASKED = 37, 81, 120
"""Which samples of a demo with metadata are imperfect, as in any real collection."""

Plan = tuple[int, str, str]


def draw_project(demo: Demo, count: int = PICTURES) -> Path:
    """The project's folder; it is drawn unless it is there and current.

    Holds the pictures, ``masks/``, ``model.*``, ``project.toml`` and ``truth.json`` (what is planted,
    what was measured, and seed, class and cue of every picture).
    """
    target, stamp = demos_dir() / demo.name, _stamp(demo, count)
    if _is_current(target, stamp):
        return target
    with partial_folder(target.parent) as partial:
        _fill(partial, demo, count, stamp)
        partial.chmod(0o755)
        _swap(partial, target, stamp)
    return target


def read_truth(demo: Demo) -> dict[str, Any]:
    """What was measured about the shipped model of a demo; made by tools/train_demos.py."""
    measured: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))[demo.name]
    return measured


def _stamp(demo: Demo, count: int) -> str:
    digest = hashlib.sha256((MODELS / demo.model).read_bytes() + TRUTH.read_bytes()).hexdigest()
    return f"{RENDERER_VERSION}-{count}-{digest[:16]}"


def _is_current(folder: Path, stamp: str) -> bool:
    try:
        return bool(json.loads((folder / "truth.json").read_text(encoding="utf-8"))["stamp"] == stamp)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _swap(partial: Path, target: Path, stamp: str) -> None:
    """Put the new folder in the old one's place; another process may have been faster."""
    if _is_current(target, stamp):
        return
    old = partial.with_name(f"{partial.name}-old")
    if target.exists():
        target.rename(old)
    try:
        partial.rename(target)
    except OSError:
        if not _is_current(target, stamp):
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _fill(folder: Path, demo: Demo, count: int, stamp: str) -> None:
    plan = list(demo.plan("test", count))
    names = [_place(demo, number, label) for number, (_, label, _) in enumerate(plan)]
    (folder / "masks").mkdir()
    for parent in {(folder / name).parent for name in names}:
        parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        scenes = pool.map(lambda scene: demo.render_scene(*scene), plan)
        for number, (name, scene) in enumerate(zip(names, scenes, strict=True)):
            _write(folder, demo, number, name, scene)
    write_normal(folder, demo)
    shutil.copyfile(MODELS / demo.model, folder / f"model{Path(demo.model).suffix}")
    if demo.task == "object-detection":
        write_boxes(folder / BOXES, plan, names)
    elif demo.metadata or demo.planned:
        rows = _rows(plan) if demo.metadata else None
        _write_manifest(folder / "manifest.csv", plan, names, rows)
    _write_project_file(folder / "project.toml", demo)
    scenes_truth = {
        name: {"seed": seed, "label": label, "cue": cue}
        for name, (seed, label, cue) in zip(names, plan, strict=True)
    }
    write_json(folder / "truth.json", {"stamp": stamp, **read_truth(demo), "scenes": scenes_truth})


def write_normal(folder: Path, demo: Demo) -> None:
    """The pictures that a detector of anomalies learns from, where the demo has any."""
    for number in range(demo.normal):
        scene = demo.render_scene(SPLITS["train"] + number, demo.classes[0], demo.cues[0])
        file = folder / "training" / demo.classes[0] / f"{number:03d}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encode_png(scene.picture))


def _place(demo: Demo, number: int, label: str) -> str:
    """Where a picture lies below the project folder: class folders, or one folder beside a manifest."""
    if demo.metadata or demo.planned:
        return f"images/{demo.name}-{number:04d}{demo.suffix}"
    return f"testing/{label}/{label}-{number // 2:03d}{demo.suffix}"


def _write(folder: Path, demo: Demo, number: int, name: str, scene: Scene) -> None:
    if isinstance(scene, SoundScene):
        write_sound(folder, name, scene)
        return
    is_jpeg = demo.suffix == ".jpg"
    shown = scene.picture[..., 0] if demo.input[2] == 1 else scene.picture
    data = encode_jpeg(shown, 92) if is_jpeg else encode_png(shown)
    broken = demo.metadata and number == UNREADABLE
    (folder / name).write_bytes(data[: len(data) // 3] if broken else data)
    boxed, unmasked = isinstance(scene, ObjectScene), demo.metadata and number == UNMASKED
    if scene.mask.any() and not boxed and not unmasked:
        mask = np.where(scene.mask, 255, 0).astype(np.uint8)
        (folder / "masks" / f"{Path(name).stem}.png").write_bytes(encode_png(mask))


def _write_manifest(
    path: Path, plan: Sequence[Plan], names: Sequence[str], further: Iterable[Sequence[object]] | None
) -> None:
    """Path and label, and for demos with metadata further columns and one missing label."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("path", "label", *(() if further is None else ("site", "device", "view", "age"))))
        columns = [()] * len(plan) if further is None else list(further)
        for number, (name, row) in enumerate(zip(names, columns, strict=True)):
            label = "" if further is not None and number == UNLABELLED else plan[number][1]
            table.writerow((name, label, *row))


def _rows(plan: Sequence[Plan]) -> Iterator[tuple[str, str, str, int]]:
    """Site, device, view and age; the portable device is the one that burns the marker in."""
    for seed, _, cue in plan:
        rng = np.random.default_rng(seed)
        portable = cue == "marker"
        site = rng.choice(
            ("Harbour", "Hill", "Old Town"), p=(0.6, 0.2, 0.2) if portable else (0.2, 0.4, 0.4)
        )
        view = "AP" if portable and rng.random() < 0.8 else "PA"
        yield str(site), "portable" if portable else "fixed", view, int(rng.integers(19, 91))


def _write_project_file(path: Path, demo: Demo) -> None:
    lines: dict[str, str | float | list[str]] = {
        "name": demo.name,
        "regions": SPANS if demo.task == "audio" else "masks",
        "scaling": "0..1",
        "channel_order": "rgb",
        "resize": "squash",
    }
    if demo.task != "classification":
        lines["task"] = demo.task
    lines |= {"class_order": list(demo.classes)} if demo.classes else {"tolerance": demo.tolerance}
    if demo.metadata or demo.planned:
        lines |= {"images": "images", "labels": "manifest.csv", "channels": demo.input[2]}
    if demo.task == "object-detection":
        lines["regions"] = BOXES
        del lines["labels"]
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())
    path.write_text(text, encoding="utf-8")
