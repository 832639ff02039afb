"""One HTML page about a run that opens without a server. Every text of the project is escaped."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from string import Template
from urllib.parse import quote

import pandas as pd

from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.report.answers import heads, rule, texts
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import headline, studio_sentences

MOST = 500  # samples that are listed, wrong ones first
ORDER = ("incorrect", "uncertain", "unreadable", "unlabelled", "correct")
_PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>$title</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d1d1b}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;padding:.3rem .6rem;
border-bottom:1px solid #ddd;vertical-align:top}img{max-width:14rem;max-height:10rem}.warn{color:#8a4b00}
.alarm{border-left:.4rem solid #b3261e;padding:.5rem 1rem;background:#fbeae9;font-weight:600}
</style></head><body>$alarms<h1>$title</h1><p>$headline</p><p>$counts</p>$warnings
<h2>What was understood</h2>$facts<h2>Samples</h2><p>$listed</p>$samples</body></html>
""")


def summary_page(run: Run, outcomes: Sequence[str], pictures: Mapping[str, str]) -> str:
    """The page as text.

    Args:
        run: finished.
        outcomes: one per row of its table.
        pictures: sample id -> path of its overlay, relative to the page.
    """
    table = run.table.assign(outcome=list(outcomes))
    facts = run.facts
    shown = _sorted(table, run.sort_by).head(MOST)
    return _PAGE.substitute(
        title=escape(f"Attention audit of {run.name}"),
        headline=escape(str(headline(run.table, run.manifest, read_findings(run.path), run.map_sets[0]))),
        counts=escape(
            " ".join((f"{_counts(outcomes)}.{rule(run)}", *studio_sentences(run.table, run.manifest)))
        ),
        alarms="".join(f'<p class="alarm" role="alert">{escape(one)}</p>' for one in run.alarms),
        warnings="".join(
            f'<p class="warn">{escape(one["warning"])}</p>'
            for one in facts
            if one["warning"] and not one.get("alarm")
        ),
        facts=_table(
            ("", "value", "from", "why"),
            [[escape(str(one[key])) for key in ("name", "value", "origin", "why")] for one in facts],
        ),
        listed=f"{len(shown)} of {len(table)} samples, wrong ones first.",
        samples=_table(
            ("picture", "sample", "outcome", *heads(run), "note"),
            [_sample(one, pictures, run) for _, one in shown.iterrows()],
        ),
    )


def _sorted(table: pd.DataFrame, column: str) -> pd.DataFrame:
    ranked = table.assign(rank=[ORDER.index(one) for one in table["outcome"]])
    return ranked.sort_values(["rank", column], ascending=[True, False], kind="stable")


def _counts(outcomes: Sequence[str]) -> str:
    found = Counter(outcomes)
    return ", ".join(f"{found[name]} {name}" for name in ORDER[::-1] if found[name])


def _sample(one: pd.Series, pictures: Mapping[str, str], run: Run) -> list[str]:
    name = str(one["sample_id"])
    source = escape(quote(pictures[name])) if name in pictures else ""
    picture = f'<a href="{source}"><img loading="lazy" alt="" src="{source}"></a>' if source else ""
    said = (name, one["outcome"], *texts(one, run), one["reason"])
    return [picture, *(escape(str(text)) for text in said)]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    top = "".join(f"<th>{name}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
