"""Which data set? A path or a demonstration; the look runs in a process of its own."""

import streamlit as st

from gradcam_core.base.errors import ProjectError
from ui import jobs, layout, state
from ui.analyse.ask import expanded, is_there

OPTIONS = {
    "images": ("Pictures", "The folder of pictures, if it is not found."),
    "regions": ("Object regions", "A folder of masks, a COCO JSON, or a folder of VOC or YOLO files."),
    "labels": ("Labels", "A table of path and label."),
}


def ask() -> None:
    """The form; pressing its button starts the look."""
    with st.form("dataset", border=False):
        path = st.text_input(
            "Data set",
            value=_asked(),
            placeholder="/data/my-pictures or demo:pets",
            help="A folder on the machine that serves this page, a project.toml, a table, or demo:NAME.",
        )
        with st.expander("The parts lie elsewhere"):
            options: dict[str, str | bool | None] = {
                name: expanded(st.text_input(title, help=said)) for name, (title, said) in OPTIONS.items()
            }
        options["samples-only"] = st.checkbox(
            "Test pictures only", help="Leave the folders of training and validation beside them out."
        )
        pressed = st.form_submit_button("Look at the pictures", type="primary")
    if pressed and not path.strip():
        st.warning("Name a folder first.")
    elif pressed and not is_there(path):
        with layout.boundary():
            place = path.strip()
            raise ProjectError("a folder or file on this machine", f"nothing at {place}", "check the path")
    elif pressed:
        before = jobs.get_job(state.get("data"))
        job = jobs.start("data", expanded(path), options)
        if before is not None and before.id != job.id:
            jobs.cancel(before)
        state.put(data=job.id)
        st.rerun()


def _asked() -> str:
    job = jobs.get_job(state.get("data"))
    return job.project if job is not None and job.kind == "data" else ""
