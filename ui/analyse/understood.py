"""What was understood of a project, and the choices that can still be changed before computing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

import streamlit as st

from gradcam_core.base.types import ChannelOrder, Engine, Resize, ResizeMethod, Scaling
from gradcam_core.maps.cams import CAMS
from gradcam_core.tasks.options import Maps, Pooling
from ui import jobs, overview, prose, state
from ui.analyse import reading
from ui.analyse.after import search_after, search_options
from ui.analyse.ask import look_at
from ui.analyse.seen import seen
from ui.analyse.wording import in_page, sentence
from ui.banner import box
from ui.jobs import Job
from ui.readings import of_task

ENGINES: tuple[Engine, ...] = ("auto", "tensorflow", "openvino")  # bfloat16 is for the command line
MOST_TODO = 3
Choices = dict[str, str | bool | None]
MAPS = "Both are stored and scored by default; the pages switch between them."
EXPLAIN = (
    "The class whose evidence the maps show. The predicted one for an audit; the true one to see "
    "what was missed."
)
POOLING = (
    "sum_abs is Edge Impulse's variant. It shows the same for both classes of a two-class model and "
    "is never scored."
)


def understood(job: Job) -> None:
    """Counts, warnings, facts, then the form that changes guesses and starts the audit."""
    found = job.result or {}
    st.header("What was understood", anchor=False)
    _counts(found)
    if alarms := list(found.get("alarms", ())):
        box([sentence(str(text)) for text in alarms])
    warn([str(one) for one in found.get("todo", found.get("warnings", ())) if one not in alarms], alarms)
    seen(list(found.get("preview", ())))
    overview.fact_table([_said(fact) for fact in found.get("facts", ())])
    _broken(list(found.get("broken", ())))
    _choose(job, found)


def warn(texts: list[str], alarms: list[str]) -> None:
    """Three things to do at most, alarms included; the rest is one click away."""
    most = max(0, MOST_TODO - len(alarms))
    for text in texts[:most]:
        st.warning(prose.plain(sentence(text)), icon=":material/help:")
    if rest := texts[most:]:
        with st.expander(f"{prose.count(len(rest), 'more remark')} on what was understood"):
            for text in rest:
                st.markdown(prose.plain(sentence(text)))


def _counts(found: Mapping[str, Any]) -> None:
    model, given = found["model"], found["input"]
    regions = {name: count for name, count in found["regions"].items() if name != "none"}
    without = int(found["regions"].get("none", 0))
    prose.facts(
        [
            str(found["name"]),
            prose.count(int(found["samples"]), "sample"),
            _labels(found["labels"]),
            f"{int(found['unlabelled']):,} unlabelled" if found["unlabelled"] else "",
            ", ".join(f"{count:,} with {name}" for name, count in regions.items()) or "no object regions",
            f"{without:,} without a region" if regions and without else "",
        ]
    )
    grids = {layer["name"]: f"{layer['height']}×{layer['width']}" for layer in model["layers"]}
    fine = f"{model['fine']} {grids.get(model['fine'], '')}" if model["fine"] else "no finer layer"
    prose.facts(
        [
            f"{model['path']} ({model['format']})",
            f"input {given['height']}×{given['width']}×{given['channels']}",
            f"{prose.count(int(model['outputs']), 'output')}, {model['activation']}",
            f"classic maps at {model['classic']} {grids.get(model['classic'], '')}",
            f"fine maps at {fine}",
        ]
    )
    for text in model.get("notes", ()):
        prose.note(sentence(str(text)))


def _said(fact: Mapping[str, Any]) -> dict[str, Any]:
    """A fact that names the fields of this page where it named options of the command line."""
    return {**fact, **{name: in_page(str(fact.get(name, ""))) for name in ("why", "warning")}}


def _labels(labels: Mapping[str, int]) -> str:
    if len(labels) <= 8:
        return ", ".join(f"{name} {count:,}" for name, count in labels.items())
    return f"{len(labels)} classes, {min(labels.values()):,} to {max(labels.values()):,} samples each"


def _broken(rows: list[dict[str, str]]) -> None:
    if rows:
        with st.expander(f"{prose.count(len(rows), 'sample')} cannot be used"):
            st.dataframe(
                [{"Sample": r["sample_id"], "File": r["path"], "Reason": r["reason"]} for r in rows],
                hide_index=True,
            )


def _choose(job: Job, found: Mapping[str, Any]) -> None:
    with st.form("choices", border=False):
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown("**How a picture becomes the network's input**")
            changed = _input_choices(found["input"])
            changed |= reading.choices(found, job.options)
        with right:
            st.markdown("**Which maps**")
            changed |= _map_choices(found, job.options)
        with st.container(horizontal=True, vertical_alignment="center"):
            start = st.form_submit_button("Start the audit", type="primary")
            search = search_after("then_search")
            look_again = st.form_submit_button("Look again with these")
    options = {**job.options, **changed}
    if look_again:
        look_at(job.project, options)
    if start:
        started = jobs.start(
            "audit", job.project, options, then=search_options(options) if search else None
        )
        state.put(look=None, audit=started.id)
        st.rerun()


def _input_choices(given: Mapping[str, Any]) -> Choices:
    """Only what differs from what was understood is handed on, so that a guess stays called a guess."""
    kinds = {
        "scaling": ("Scaling of pixel values", get_args(Scaling)),
        "resize": ("Resizing", get_args(Resize)),
        "resize-method": ("Resampling", get_args(ResizeMethod)),
        "channels": ("Channels", ("1", "3")),
        "channel-order": ("Channel order", get_args(ChannelOrder)),
    }
    changed: Choices = {}
    for name, (title, values) in kinds.items():
        now = str(given.get(name.replace("-", "_"), values[0]))
        chosen = st.selectbox(title, values, index=values.index(now) if now in values else 0)
        if chosen != now:
            changed[name] = chosen
    return changed


def _map_choices(found: Mapping[str, Any], given: Mapping[str, str | bool]) -> Choices:
    """What differs from the defaults; None takes back what an earlier look was given."""
    model = found["model"]
    layers = {layer["name"]: f"{layer['height']}×{layer['width']}" for layer in reversed(model["layers"])}
    methods = {name: method.title for name, method in CAMS.items()}
    own = of_task(str(found.get("task", ""))).explained
    classes = own or {name: name for name in ("predicted", "true", *found["class_names"])}
    pick = partial(_pick, given)
    chosen = pick("maps", "Map sets", dict.fromkeys(get_args(Maps)), "both", MAPS)
    chosen |= pick("method", "Method of the classic maps", methods, "grad-cam")
    chosen |= pick("layer", "Layer of the classic maps", layers, model["classic"])
    chosen |= pick("fine-layer", "Layer of the fine maps", layers, model["fine"])
    chosen |= pick("explain", "Explained class" if not own else "Explained", classes, "predicted", EXPLAIN)
    with st.expander("More"):
        chosen |= pick("pooling", "Pooling of gradients", dict.fromkeys(get_args(Pooling)), "mean", POOLING)
        chosen |= pick("engine", "Engine", dict.fromkeys(ENGINES), "auto")
    return chosen


def _pick(
    given: Mapping[str, str | bool],
    name: str,
    title: str,
    values: Mapping[str, str | None],
    default: str | None,
    said: str | None = None,
) -> Choices:
    """One list; ``values`` maps what is handed on to what is shown, a grid size before a layer's name."""
    now = str(given.get(name) or default or "")
    chosen = st.selectbox(
        title,
        list(values),
        index=list(values).index(now) if now in values else None,
        format_func=lambda value: _shown(value, values[value]),
        placeholder="none",
        help=said,
    )
    return {name: None if chosen == default else chosen}


def _shown(value: str, words: str | None) -> str:
    if not words or words == value:
        return value
    return f"{words}  {value}" if "×" in words else words
