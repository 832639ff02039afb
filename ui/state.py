"""The only place that touches the query string and the session: ids and choices, never arrays.

What is seen lives in the URL (run, filters, sort, page, sample, map set), so that a reload or a link
shows the same. The session only remembers the run last looked at and how its gallery was asked for.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import read_text, write_json
from gradcam_core.base.inside import inside, is_name
from gradcam_core.base.types import MapSet, map_set_of
from gradcam_core.runs import queries
from gradcam_core.runs.filters import KEY_OF, Filters
from gradcam_core.runs.store import Run
from ui import data
from ui.prose import plain

GALLERY, SAMPLE = "pages/2_Gallery.py", "pages/3_Sample.py"
CARRIED = ("run", "maps")  # kept when the page changes
OVERLAY = (
    *("alpha", "cmap", "scale", "contour", "grain", "floor", "fade", "overlay", "outline"),
    *("level", "width", "invert"),
)
PAGE_SIZES = (60, 30, 120)
MANY_IDS = 20
MOST_OF_A_VIEW = 256 * 2**20  # bytes; a million ids

Query = dict[str, list[str]]


def query() -> Query:
    """The query string as it is now."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def get(key: str, default: str = "") -> str:
    """One value of the query string."""
    return str(st.query_params.get(key, default))


def put(**values: str | Sequence[str] | None) -> None:
    """Set query-string values; None or empty removes a key."""
    for key, value in values.items():
        if value:
            st.query_params[key] = value if isinstance(value, str) else list(value)
        elif key in st.query_params:
            del st.query_params[key]


def run_id() -> str:
    """The run in the URL, else the one last looked at, else the newest; empty without any."""
    if asked := get("run"):
        return asked
    known = data.run_paths()
    remembered = str(st.session_state.get("run", ""))
    return remembered if remembered in known else next(iter(known), "")


def current_run() -> Run | None:
    """The run that this page is about; None where there is none or the URL names an unknown one."""
    asked = run_id()
    run = data.run(asked) if asked else None
    if run is not None:
        st.session_state["run"] = run.id
        put(run=run.id)
    return run


def choose_run(run: str) -> None:
    """Look at another run: filters, page and sample belong to the old one and go."""
    kept = {key: value for key, value in query().items() if key in OVERLAY}
    st.query_params.from_dict({**kept, "run": run})


def map_set(run: Run) -> MapSet:
    """Classic or fine, as the URL says; the set that the run's own sort column belongs to otherwise."""
    asked = get("maps")
    return next((name for name in run.map_sets if name == asked), own_map_set(run))


def own_map_set(run: Run) -> MapSet:
    """The set that the run's own sort column belongs to, whatever the URL says of another run."""
    own = map_set_of(run.sort_by)
    return own if own in run.map_sets else run.map_sets[0]


def carried() -> Query:
    """Query values that go along to another page: run, map set, overlay options."""
    return {key: value for key, value in query().items() if key in (*CARRIED, *OVERLAY)}


def remember_gallery() -> None:
    """Keep filters, order and page of the gallery for the way back from other pages."""
    st.session_state["gallery"] = {key: value for key, value in query().items() if key not in OVERLAY}


def to_page(page: str) -> Query:
    """Query values of a page in the menu: what is carried; gallery and sample as they were left."""
    kept = carried()
    last: Query = st.session_state.get("gallery", {})
    if page in (GALLERY, SAMPLE) and last.get("run") == [run_id()]:
        return {**{key: value for key, value in last.items() if key != "sample"}, **kept}
    return kept


def gallery_filters() -> Filters:
    """The filters in the URL; what it says in vain is in :func:`filter_notes`."""
    return _parsed()[0]


def filter_notes() -> tuple[str, ...]:
    """One sentence for each part of the URL that could not be used as a filter."""
    return _parsed()[1]


def _parsed() -> tuple[Filters, tuple[str, ...]]:
    run = current_run()
    if run is None:
        return Filters(), ()
    return queries.from_query(with_selection(query()), data.table(run))


def filter_query(filters: Filters) -> Query:
    """The filters as query values; a long list of ids becomes the name of a stored view."""
    values = queries.to_query(filters)
    if len(filters.ids) > MANY_IDS:
        values["view"] = [_store_view(filters.ids)]
        del values["ids"]
    return values


def set_filters(filters: Filters) -> None:
    """Replace the filters in the URL and go back to the first page; everything else stays."""
    kept = {key: value for key, value in query().items() if not _is_filter(key) and key != "page"}
    st.query_params.from_dict({**kept, **filter_query(filters)})


def gallery_link(filters: Filters) -> Query:
    """Query values of the gallery with these filters, for ``st.page_link``."""
    return {**carried(), **filter_query(filters)}


def gallery_at(position: int) -> Query:
    """Query values of the gallery on the page that holds this place (1-based) of the order."""
    kept = {key: value for key, value in query().items() if key not in ("sample", "page")}
    per = int(get("per")) if get("per") in map(str, PAGE_SIZES) else PAGE_SIZES[0]
    page = max(0, position - 1) // per + 1
    return {**kept, **({"page": [str(page)]} if page > 1 else {})}


def open_gallery(filters: Filters) -> NoReturn:
    """Go to the gallery with these filters."""
    st.switch_page(GALLERY, query_params=gallery_link(filters))


def open_sample(sample_id: str) -> NoReturn:
    """Go to one sample; the filters and the order stay in the URL, for previous and next."""
    st.switch_page(SAMPLE, query_params={**query(), "sample": sample_id})


def go_to_sample(sample_id: str) -> None:
    """Show another sample on the sample page itself; for callbacks."""
    put(sample=sample_id)


def link(page: str, label: str, values: Query, icon: str | None = None) -> None:
    """A link to a page of this app with these query values; the label is text, whatever it holds."""
    with suppress(StreamlitPageNotFoundError):  # a page file that runs without app.py knows no others
        st.page_link(page, label=plain(label), query_params=values, icon=icon)


def _is_filter(key: str) -> bool:
    return key in (*KEY_OF.values(), "q", "view") or key.startswith(("in.", "is."))


def _store_view(ids: Sequence[str]) -> str:
    text = json.dumps(sorted(ids))
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    folder = paths.home() / "views"
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / f"{name}.json", list(ids))
    return name


def rule() -> Query:
    """What the gallery shows as a rule: its filters, and its order where somebody chose one."""
    kept = {key: values for key, values in query().items() if key in ("sort", "order")}
    return {**filter_query(gallery_filters()), **kept}


def with_selection(given: Mapping[str, Sequence[str]]) -> Query:
    """Query values whose selection of samples, if it is a stored one, is spelled out."""
    values = {key: list(one) for key, one in given.items()}
    name = next(iter(values.get("view", ())), "")
    if not name or not is_name(name):
        return values
    try:
        ids = json.loads(read_text(inside(paths.home() / "views", f"{name}.json"), MOST_OF_A_VIEW))
    except (AuditError, OSError, ValueError, RecursionError):
        return values
    return {**values, "ids": [str(one) for one in ids]} if isinstance(ids, list) else values


def seeded(key: str, value: Any) -> str:
    """Give a widget its value from the URL before it is drawn; returns the widget's key."""
    st.session_state[key] = value
    return key


def chosen(key: str) -> Any:
    """What a widget holds, for use in its callback."""
    return st.session_state.get(key)


def on_choice(key: str, write: Callable[[Any], None]) -> Callable[[], None]:
    """A widget callback that hands the widget's new value to ``write``."""
    return lambda: write(chosen(key))


def keep(name: str, value: Any) -> None:
    """Remember a small plain value for this session."""
    st.session_state[f"kept-{name}"] = value


def kept(name: str, default: Any) -> Any:
    """What :func:`keep` was last given under this name."""
    return st.session_state.get(f"kept-{name}", default)


def fresh(name: str) -> str:
    """The key of a widget that :func:`renew` empties."""
    return f"{name}-{st.session_state.get(f'times-{name}', 0)}"


def renew(name: str) -> None:
    """Forget what the widget of :func:`fresh` holds: the next run draws a new, empty one."""
    st.session_state.pop(fresh(name), None)
    st.session_state[f"times-{name}"] = st.session_state.get(f"times-{name}", 0) + 1
