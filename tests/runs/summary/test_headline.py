"""The headline: never less than the strongest finding, never an alarm where there is none."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.intervals import accuracy
from gradcam_core.runs.door import open_run
from gradcam_core.runs.findings import CUES, EditEvidence, Finding, Searched, write_findings
from gradcam_core.runs.summary import Headline, headline
from gradcam_core.runs.summary.headline import accuracy_sentence
from gradcam_core.tasks.wording import spoken
from tests.run_factory import Recipe, make_run
from tests.runs.summary.tables import table_of
from tests.searched_run import LOOK, QUIET, uses

MANIFEST = {"maps": {"classic": {"grid": [7, 7]}}}


def arm(edit: str, filler: str, rate: float, control: float, outcome: str = "flip") -> EditEvidence:
    difference = rate - control
    ends = (difference - 0.1, difference + 0.1)
    return EditEvidence(edit, filler, outcome, 60, rate, control, difference, ends, 0.001, "confirm")


def found(flag: str, level: int, label: str | None, *arms: EditEvidence) -> Finding:
    weakest = min(arms, key=lambda one: one.difference)
    numbers = {"effect": weakest.difference, "interval": weakest.interval, "n": 60, "evidence": arms}
    return Finding(flag, level, label, smallest=0.12, details={"edit": weakest.edit}, **numbers)  # type: ignore[arg-type]


SWAP, SPOT, LOOKS = "background-swap", "spot-removal", "photometry"
UNUSED = found("background", 1, None, arm(SWAP, "swap-tiles", 0.54, 0.55), arm(SWAP, "swap", 0.9, 0.05))
RING = "high, from 6.8"
DEMOS: dict[str, tuple[str, tuple[Finding, ...]]] = {
    "pets": ("classification", (found("background", 3, None, arm(SWAP, "swap", 0.93, 0.04)), LOOK)),
    "xray": ("classification", (found("fixed-marker", 3, "ill", arm(SPOT, "tiles", 0.95, 0.0)), UNUSED)),
    "clean": ("classification", (QUIET,)),
    "tiles": (
        "visual-anomaly",
        (
            found("fixed-marker", 3, "anomaly", arm("patch-insertion", "crop", 1, 0, "to target")),
            found("global-look", 3, None, arm(LOOKS, "contrast:scale", 0.29, 0.0)),
        ),
    ),
    "defects": (
        "regression",
        (
            found("background", 4, None, arm(SWAP, "swap", 0.9, 0.74, "moved")),
            found("fixed-marker", 3, RING, arm(SPOT, "tiles", 1.0, 0.12, "moved")),
        ),
    ),
    "bench": ("object-detection", (found("background", 3, None, arm(SWAP, "swap", 0.88, 0.15)),)),
    "keywords": (
        "audio",
        (
            found("background", 3, None, arm(SWAP, "swap", 0.73, 0.05)),
            found("border", 2, "b", arm("border-crop", "zoom", 0.09, 0.06)),
        ),
    ),
}


def focus(**medians: float) -> pd.DataFrame:
    spread = np.linspace(-0.1, 0.1, 30)
    labels = np.repeat(list(medians), 30)
    known = {
        "sample_id": [f"s{row}" for row in range(len(labels))],
        "label": labels,
        "predicted": labels,
        "normalized_background_focus": np.concatenate([value + spread for value in medians.values()]),
    }
    same = {"correct": True, "status": "ok", "region_source": "mask"}
    return pd.DataFrame(known).assign(**same, chance_focus=0.5, floor_focus=0.1)


def of(demo: str) -> Headline:
    task, findings = DEMOS[demo]
    manifest = {**MANIFEST, "project": {"task": task, "thresholds": {"tolerance": 1.0}}}
    table = focus(a=0.5, b=0.55).assign(absolute_error=0.1, error=0.1, outcome="correct")
    if task not in ("classification", "audio"):
        manifest["project"] = {"task": "classification"}  # how right its answers are is no matter here
    return headline(table, manifest, Searched(findings, {"edits": True}))


@pytest.mark.parametrize("demo", DEMOS)
def test_the_headline_never_says_less_than_the_strongest_finding(demo: str) -> None:
    said, findings = of(demo), DEMOS[demo][1]
    strongest = max(entry.level for entry in findings)
    assert said.level == strongest
    assert said.said.startswith("Uses ") == (strongest >= 3)
    for entry in findings:
        named = spoken(CUES[entry.flag], DEMOS[demo][0]).split(" (")[0]
        assert entry.level < 3 or named in said.said
        assert entry.level < 4 or "hurts" in said.said
    assert "No class stands out" not in str(said)
    if strongest >= 3:
        assert str(said).startswith(said.said)
        assert said.heat.startswith("The heat alone does not tell: on no class")


def test_the_largest_effect_comes_first_and_a_label_is_quoted() -> None:
    said = of("defects").said
    assert said.startswith(
        f"Uses a marker at a fixed place for “{RING}”: all outputs move by more than the tolerance when "
        "only that spot is removed, with a control edit 1 in 10 (+88 points, 95 % interval 78 to 98, n 60)."
    )
    assert said.endswith("It also uses the background, which hurts.")


def test_two_medians_better_than_uniform_are_no_alarm() -> None:
    assert "more than on" not in str(of("clean"))
    said = headline(focus(cat=0.75, dog=0.35), MANIFEST, Searched((QUIET,), {"edits": True}))
    assert said.heat.startswith("On no class does the heat lie outside the object more than chance")
    assert headline(focus(cat=1.3, dog=0.35), MANIFEST).heat.startswith("On “cat” the attention lies")


def test_before_the_search_nothing_was_tested() -> None:
    said = headline(focus(cat=0.5, dog=0.5), MANIFEST)
    assert said.said.startswith("Not tested yet") and said.level is None and said.strongest is None
    damaged = headline(focus(cat=0.5, dog=0.5), MANIFEST, Searched(problem="findings.json is damaged"))
    assert damaged.said.startswith("Not known: findings.json is damaged") and damaged.level is None


def test_a_run_in_a_notebook_begins_with_the_finding(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe())
    assert open_run(path).headline.startswith("Not tested yet")
    write_findings(path, [uses()], edits=True)
    assert open_run(path).headline.startswith("Uses the background for “dog”")


def test_a_model_that_says_one_thing_is_told() -> None:
    table = focus(cat=0.5, dog=0.5)
    said = " Every sample is called “cat”: the model tells nothing apart."
    assert headline(table.assign(predicted="cat"), MANIFEST).answers.endswith(said)
    assert "Every sample" not in headline(table, MANIFEST).answers
    assert "Every sample" not in headline(table[table["label"] == "cat"], MANIFEST).answers


@pytest.mark.parametrize(
    ("right", "n", "said"),
    [
        (1000, 1000, "Accuracy 100 %"),
        (999, 1000, "Accuracy 99.9 %"),
        (0, 5, "Accuracy 0 %"),
        (1, 1000, "0.1 %"),
    ],
)
def test_accuracy_is_called_100_only_when_all_are_right(right: int, n: int, said: str) -> None:
    table = table_of(["a"] * n, ["a"] * right + ["b"] * (n - right), [0] * n)
    assert said in accuracy_sentence(accuracy(table))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "n 60). "), (1, " 1 labelled answer is uncertain:"), (12, " 12 labelled answers are")],
)
def test_the_headline_counts_uncertain_answers(count: int, said: str) -> None:
    table = focus(dog=1.2, cat=0.3).assign(outcome=["uncertain"] * count + ["correct"] * (60 - count))
    assert said in str(headline(table, MANIFEST))
