"""One name that is a picture, a link, HTML, an icon, a formula and more; and a run that is full of it."""

from pathlib import Path

import pandas as pd

from tests.run_factory import Recipe
from tests.searched_run import LOOK, QUIET, searched, uses

HOSTILE = (
    "![p](http://evil.example/a.png)[l](https://evil.example)<img src=x onerror=alert(1)>"
    ":material/home::red[r]$x^2$**b** www.evil.example =1+1"
)
MARKS = {
    "markdown": (
        *(r"(?<!\\)!\[p", r"(?<!\\)\[l", r"(?<!\\)<img", r":material/home", r":red(?<!\\)\["),
        *(r"(?<!\\)\$x", r"(?<!\\)\*\*b", r":\\?//evil", r"www\\?\.evil"),
    ),
    "html": ("<img src=x", "<a "),
}
"""Kind of text -> what it must not hold, because a browser would make something of it."""
CLASSES = (f"{HOSTILE}-cat", f"{HOSTILE}-dog")


def hostile_run(home: Path) -> Path:
    """A searched run of 80 samples whose names are all hostile; ids are ``HOSTILE-N``."""
    finding = uses(
        label=CLASSES[1], statement=HOSTILE, samples=(f"{HOSTILE}-0", f"{HOSTILE}-2"), examples=()
    )
    recipe = Recipe(n=80, classes=CLASSES, finish=_named, extra={"facts": [_fact()], "explain": HOSTILE})
    return searched(home, (finding, LOOK, QUIET), recipe=recipe)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    ids = [f"{HOSTILE}-{row}" for row in range(len(table))]
    table = table.assign(sample_id=ids, reason=HOSTILE, region_source=["mask", "none"] * (len(table) // 2))
    table.loc[3, ["status", "fine_status"]] = HOSTILE
    return table.rename(columns={"meta_age": f"meta_{HOSTILE}"}).assign(
        **{f"meta_x{HOSTILE}": [HOSTILE, "plain"] * (len(table) // 2)}
    )


def _fact() -> dict[str, str]:
    keys = ("name", "value", "why", "warning")
    return {**dict.fromkeys(keys, HOSTILE), "origin": "guessed"}
