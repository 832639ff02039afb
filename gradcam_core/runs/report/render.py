"""A report as the text of one HTML file that asks nobody for anything: all that it needs is in it.

Names of the project reach the page through a template that escapes them, or as JSON that the page's own
script writes as text. The policy in its head allows the script and the style that are in it, by their
hashes, and pictures that are in it; everything else, connections included, is refused by the browser.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gradcam_core.base.glossary import TERMS
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import MapSet
from gradcam_core.maps.browser import scripts
from gradcam_core.maps.cams import CAMS
from gradcam_core.maps.overlay import color_table
from gradcam_core.runs.findings import LEVELS, read_findings
from gradcam_core.runs.report.answers import outcomes
from gradcam_core.runs.report.answers import rule as answer_rule
from gradcam_core.runs.report.cards import Cards, cards
from gradcam_core.runs.report.charts import chart
from gradcam_core.runs.report.chosen import chosen, rule
from gradcam_core.runs.report.inline import shown_maps
from gradcam_core.runs.report.told import quiet, told
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import headline, quantised_sentences, studio_sentences
from gradcam_core.runs.summary.finding_words import LEVEL_HELP
from gradcam_core.tasks.wording import spoken

HERE = Path(__file__).parent / "page"
SCRIPTS = ("store.js", "main.js")
VERDICTS = ("shortcut", "acceptable context", "label error", "unsure")
MADE = (
    "Made by gradcam-audit from the audit {run} of {date}. Heat is stored on 255 levels of each map's own "
    "maximum."
)
STAGE = "samples"
SPARE = 3000  # bytes of colours and sentences that stand in no empty page


def render(run: Run, wanted: Wanted, progress: Progress = silent) -> str:
    """The whole file as text, at most ``wanted.megabytes`` large unless findings alone are larger.

    Raises:
        AuditError: filters that do not fit the run, or a damaged file of the run.
    """
    map_set = shown_maps(run)
    rows = () if wanted.audience == "owner" else chosen(run, wanted)
    about = _about(run, wanted, map_set)
    empty = _page(run, wanted, about, Cards(), len(rows))
    room = wanted.megabytes * 1e6 - len(empty.encode()) - len(_script()) - SPARE
    for made in cards(run, rows, wanted, map_set, room):
        progress(STAGE, len(made.shown) + made.gone, len(rows))
    return _page(run, wanted, about, made, len(rows))


def _about(run: Run, wanted: Wanted, map_set: MapSet) -> dict[str, Any]:
    """What does not depend on the samples that fit."""
    searched = read_findings(run.path)
    silent_rows, untested = quiet(run, searched, wanted)
    return {
        "wanted": wanted,
        "title": f"Reading set of {run.name}" if wanted.blind else f"Attention audit of {run.name}",
        "alarms": run.alarms,
        "warnings": [one["warning"] for one in run.facts if one["warning"] and not one.get("alarm")],
        "facts": list(_facts(run, wanted)),
        "headline": None if wanted.blind else headline(run.table, run.manifest, searched, map_set),
        "counts": " ".join(
            (
                f"{_counts(run)}.{answer_rule(run)}",
                *studio_sentences(run.table, run.manifest),
                *quantised_sentences(run.table, run.manifest),
            )
        ),
        "searched": searched is not None and not searched.problem,
        "found": told(run, searched, wanted, map_set),
        "quiet": silent_rows,
        "untested": untested,
        "chart": chart(run, map_set) if wanted.audience == "all" else None,
        "understood": run.facts,
        "levels": [
            {"name": f"{level} {name}", "help": spoken(LEVEL_HELP[level], run.task)}
            for level, name in enumerate(LEVELS)
        ],
        "terms": TERMS,
        "made": MADE.format(run=run.id, date=run.created[:10]),
    }


def _page(run: Run, wanted: Wanted, about: dict[str, Any], made: Cards, asked: int) -> str:
    style, script = _read("page.css"), _script()
    data = None
    if made.shown:
        data = {
            "run": run.id,
            "audience": wanted.audience,
            "blind": wanted.blind,
            "cards": made.shown,
            "verdicts": VERDICTS,
            "table": base64.b64encode(color_table("inferno").tobytes()).decode(),
        }
    return _template().render(
        **about,
        style=style,
        script=script,
        policy=_policy(style, script if data else ""),
        data=data,
        samples=made.shown,
        chosen=_chosen(run, wanted, made, asked),
    )


def _chosen(run: Run, wanted: Wanted, made: Cards, asked: int) -> str:
    """How many of how many samples are shown, by which rule, and what was left out."""
    total = int(run.counts["samples"])
    parts = [f"{len(made.shown):,} of {total:,} samples: {rule(run, wanted)}."]
    parts += [f"Only those with {wanted.where}."] if wanted.where and wanted.with_names else []
    parts += ["Only those that were filtered for."] if wanted.where and not wanted.with_names else []
    parts += [f"{made.no_room:,} more did not fit into {wanted.megabytes:g} MB."] if made.no_room else []
    parts += [f"{made.gone:,} could not be read any more."] if made.gone else []
    return " ".join(parts)


def _facts(run: Run, wanted: Wanted) -> Iterator[str]:
    yield f"{int(run.counts['samples']):,} samples"
    yield f"audited on {run.created[:10]}"
    if not wanted.blind:
        maps = run.map_facts[shown_maps(run)]
        method = str(maps["method"])
        title = CAMS[method].title if method in CAMS else method
        yield f"{title} at {maps['layer']}, {'×'.join(map(str, maps['grid']))} cells"


def _counted(run: Run) -> str:
    return f"{_counts(run)}.{answer_rule(run)}"


def _counts(run: Run) -> str:
    found = Counter(outcomes(run))
    return ", ".join(f"{count:,} {name}" for name, count in found.most_common())


@cache
def _template() -> Any:
    loader = FileSystemLoader(HERE)
    kind = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return kind.get_template("page.html")


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _script() -> str:
    return f"{scripts()}\n{_read(*SCRIPTS)}"


def _policy(style: str, script: str) -> str:
    allowed = f"'sha256-{_hash(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{_hash(style)}'; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
