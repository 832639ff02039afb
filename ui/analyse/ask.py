"""Which project? A path, one of the built-in demonstrations, or an Edge Impulse project."""

from pathlib import Path
from typing import NoReturn

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import among
from gradcam_core.projects.demos.catalogue import DEMOS
from gradcam_core.runs.packed import holds_run, unpack_run
from gradcam_core.tasks import TASKS
from ui import jobs, layout, prose, state
from ui.analyse.edge_impulse import ask_edge_impulse
from ui.analyse.running import OVERVIEW

PLACES = {"folder": "A folder or a demonstration", "edge-impulse": "Edge Impulse"}
PER_ROW = 4
FILES = {
    "model": (
        "Model",
        "A .keras, .h5, .onnx or .tflite file or a SavedModel folder, if it is not found in the project.",
    ),
    "quantised": ("Int8 network", "The same network in few bits, as it ships: asked beside the model."),
    "images": ("Pictures", "The folder of test pictures, if it is not found in the project."),
    "regions": ("Object regions", "A folder of masks, a COCO JSON, or a folder of VOC or YOLO files."),
    "labels": (
        "Labels",
        "Class names in the model's order, one per line; or a table of path and label.",
    ),
    "output": ("Output of the model", "Its name, where the model has several."),
    "input-size": ("Input size", "Height and width such as 224x224, where the model leaves them open."),
    "label-names": (
        "Names of labels",
        "Label=class, with commas between, where labels are called otherwise.",
    ),
    "category": ("Category", "Of an Edge Impulse export: testing, training or validation."),
    "threshold": (
        "Threshold",
        "The anomaly score, or the probability of a label, from which it counts; of classes: below that "
        "confidence an answer is uncertain.",
    ),
    "class-threshold": (
        "Thresholds of single classes",
        "Name=probability, with commas between, of several labels.",
    ),
    "tolerance": (
        "Tolerance",
        "For numbers: the largest error, in the labels' unit, that counts as correct.",
    ),
}
TASK_HELP = "Found out for most projects. Choose visual regression where labels are numbers, not classes."


def ask() -> None:
    """Where the project is, then the form for that place."""
    st.segmented_control(
        "Where the project is",
        list(PLACES),
        key=state.seeded("place", "edge-impulse" if state.get("from") == "edge-impulse" else "folder"),
        format_func=PLACES.__getitem__,
        on_change=state.on_choice("place", lambda place: state.put(**{"from": place, "look": None})),
        required=True,
    )
    if state.get("from") == "edge-impulse":
        ask_edge_impulse()
    else:
        _ask_folder()


def _ask_folder() -> None:
    """The form; pressing its button starts to look at the project in a process of its own."""
    with st.form("project", border=False):
        path = st.text_input(
            "Project",
            value=state.get("project"),
            placeholder="/data/my-project, /data/my-project/project.toml or demo:pets",
            help="A folder or zip on this page's machine, a project.toml, demo:NAME or a deploy.zip.",
        )
        last = jobs.get_job(state.get("look"))
        failed = last is not None and last.state == "failed"  # its message may name one of these fields
        with st.expander("The parts lie elsewhere", expanded=failed):
            options: dict[str, str | bool | None] = {
                name: expanded(st.text_input(title, help=said)) for name, (title, said) in FILES.items()
            }
            options["task"] = st.selectbox(
                "What the model answers", list(TASKS), index=None, placeholder="found out",
                format_func=lambda name: TASKS[name].title, help=TASK_HELP,
            )  # fmt: skip
        options["trust-code"] = st.checkbox(
            "I trust the code inside this model file",
            help="A model file can hold code (Lambda layers and the like) that would run here when it is "
            "loaded. Without this tick such a file is refused before it is loaded.",
        )
        pressed = st.form_submit_button("Look at it", type="primary")
    if pressed and not path.strip():
        st.warning("Name a project first.")
    elif pressed and not is_there(path):
        with layout.boundary():
            raise ProjectError(
                "a folder or file on this machine", f"nothing at {path.strip()}", "check the path"
            )
    elif pressed and holds_run(Path(expanded(path))):
        with layout.boundary():
            _open_packed(Path(expanded(path)))
    elif pressed:
        look_at(expanded(path), options)
    if not state.get("look"):
        _demos()


def _open_packed(archive: Path) -> None:
    """Put the run of a deploy.zip among the runs here and show it."""
    opened = unpack_run(among(archive, paths.roots_of_pages()), paths.runs_dir())
    st.switch_page(OVERVIEW, query_params={"run": opened.id})


def is_there(path: str) -> bool:
    """False for a path that leads nowhere, said at once; names of other sources are looked up later."""
    full = Path(expanded(path))
    return not full.is_absolute() or full.exists()


def look_at(project: str, options: jobs.Options) -> NoReturn:
    """Start to look at a project and show it."""
    before = jobs.get_job(state.get("look"))
    job = jobs.start("inspect", project, options)
    if before is not None and before.id != job.id:
        jobs.cancel(before)
    state.put(project=project, look=job.id)
    st.rerun()


def expanded(text: str) -> str:
    """What was typed, with the home folder in place of ~."""
    text = text.strip()
    return str(Path(text).expanduser()) if text.startswith("~") else text


def _demos() -> None:
    st.header("Or a demonstration, whose truth is known", anchor=False)
    known = list(DEMOS.values())
    for start in range(0, len(known), PER_ROW):
        row = known[start : start + PER_ROW]
        for column, demo in zip(st.columns(PER_ROW, gap="medium"), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{prose.plain(demo.title)}**")
                prose.note(demo.description)
                if st.button("Open", key=f"demo-{demo.name}", help=f"demo:{demo.name}"):
                    look_at(f"demo:{demo.name}", {})
