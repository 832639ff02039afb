"""Can this model's maps be believed? Green, amber or red as icon and word, and why."""

import html
from collections.abc import Mapping
from typing import Any

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.store import Run
from ui import prose
from ui.findings import load, words

WORDS: Mapping[str, tuple[str, str, str]] = {
    "green": ("green: passed", ":material/check_circle:", "green"),
    "amber": ("amber: read with care", ":material/help:", "orange"),
    "red": ("red: do not rely on these maps", ":material/cancel:", "red"),
}
BADGES: Mapping[str, str] = {
    "green": "passed: where this heat lies matters to the model",
    "amber": "read with care",
    "red": "do not rely on them",
}
SIGNS = {"green": "● passed", "amber": "▲ with care", "red": "■ failed"}
UNKNOWN = "Not checked yet: searching this audit with edits checks the maps too."
HEADS: Mapping[str, str] = {
    "pooled-dense": "The model ends in global pooling and at most one dense layer: Grad-CAM of the last "
    "layer is exact there.",
    "flatten-dense": "The model ends in one dense layer over all places: HiResCAM of the last layer is "
    "exact there, Grad-CAM averages.",
    "deep": "The model ends in more than one layer: no map method is exact, which is why two are compared.",
}


def small(run: Run, map_set: MapSet | None = None) -> None:
    """One quiet line: the verdict on the maps that are shown. For any page."""
    found, problem = load.trust(run)
    if found is None:
        prose.note(f"Trust in the maps: {problem or 'not checked yet; a search with edits checks them'}.")
        return
    report = next((one for one in reports(found) if one.get("maps") == map_set), found)
    _, icon, colour = WORDS[verdict(report)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = f"Can the {report.get('maps', '')} maps be believed? {BADGES[verdict(report)]}"
        reasons = prose.plain(" ".join(_reasons(report)))
        st.badge(prose.plain(about), icon=icon, color=colour, help=reasons)  # type: ignore[arg-type]


def reports(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The report on the maps that the findings look at, then those on the other maps."""
    return [found, *(one for one in found.get("others") or () if isinstance(one, Mapping))]


def panel(run: Run) -> None:
    """Per map set the verdict and every check with its value, threshold and sentence."""
    found, problem = load.trust(run)
    if found is None:
        prose.note(
            f"Trust in the maps. {problem + '. Search again to replace it.' if problem else UNKNOWN}"
        )
        return
    shown = reports(found)
    icon, said = WORDS[verdict(found)][1], BADGES[verdict(found)]
    others = "".join(f"; {_name(one)}: {verdict(one)}" for one in shown[1:])
    label = f"Can the maps be believed? {said.capitalize()} ({_name(found)}{others})"
    with st.expander(prose.plain(label), icon=icon, expanded=verdict(found) == "red"):
        for number, report in enumerate(shown):
            use = " The findings look at these." if number == 0 and len(shown) > 1 else ""
            about = f"<b>{html.escape(_name(report).capitalize())}</b>: {WORDS[verdict(report)][0]}.{use}"
            st.html(f'<p class="fabout">{about}</p>{table(report)}')
        st.caption(
            f"{HEADS.get(str(found.get('head')), '')} Where weight randomisation or deletion fails, heat "
            "alone raises no finding. The edits do not depend on the maps.".strip()
        )


def _name(report: Mapping[str, Any]) -> str:
    """'fine maps, layer-cam'."""
    return f"{report.get('maps', '')} maps, {report.get('method', '')}".strip(" ,")


def verdict(report: Mapping[str, Any]) -> str:
    """green, amber or red; amber for anything else."""
    said = str(report.get("verdict", ""))
    return said if said in WORDS else "amber"


def _reasons(report: Mapping[str, Any]) -> list[str]:
    """The sentences of the checks that are not green, or of all where all are."""
    checks = report["checks"]
    return [str(c["sentence"]) for c in checks if c["verdict"] != "green"] or [
        str(check["sentence"]) for check in checks
    ]


def table(report: Mapping[str, Any]) -> str:
    """HTML of one row per check, text from the file escaped."""
    head = (
        "<tr><th>Check</th><th>Result</th><th class='num'>Value</th><th class='num'>Threshold</th>"
        "<th>What it says</th></tr>"
    )
    return prose.scrolling(
        f"<table>{head}{''.join(map(_row, report['checks']))}</table>", "Checks of the maps"
    )


def _row(check: Mapping[str, Any]) -> str:
    sign = SIGNS.get(str(check["verdict"]), SIGNS["amber"])
    return (
        f"<tr><td>{html.escape(str(check['title']))}</td><td>{sign}</td>"
        f'<td class="num">{_number(check.get("value"))}</td>'
        f'<td class="num">{_number(check.get("threshold"))}</td>'
        f'<td class="said">{html.escape(str(check["sentence"]))}</td></tr>'
    )


def _number(value: Any) -> str:
    return words.number(value) if isinstance(value, int | float) else "–"
