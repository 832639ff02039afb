"""Times of one run in one fresh process, through the functions that the pages call; JSON on stdout."""

import json
import logging
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

ROUNDS = int(os.environ.get("DASHBOARD_ROUNDS", "3"))
SMALL = 100  # samples of the run that a new server is warmed up with
PAGES = ("pages/2_Gallery.py", "pages/1_Overview.py")
Times = list[tuple[float, float]]  # wall and processor seconds


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """(wall, processor) seconds of one call."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - own


def resident_mb() -> float:
    """Memory that is this process's own: without pages of mapped files, which the system may drop."""
    fields = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) for line in fields if line.endswith(" kB")}
    return (found["Private_Clean"] + found["Private_Dirty"]) / 1024


def questions(generator: np.random.Generator) -> dict[str, Callable[[], Any]]:
    """One new filter per call and kind, so that no answer is remembered from an earlier one."""
    from benchmarks.dashboard.make import CLASSES
    from gradcam_core.runs.filters import Filters, OneOf, Range

    def classes() -> tuple[str, ...]:
        return tuple(str(name) for name in generator.choice(CLASSES, 3, replace=False))

    def low() -> float:
        return float(generator.uniform(0.1, 0.5))

    return {
        "true class": lambda: Filters(labels=classes()),
        "predicted and wrong": lambda: Filters(predicted=classes(), outcomes=("wrong",)),
        "range of a score": lambda: Filters(ranges=(Range("fine_background_focus", low()),)),
        "two ranges and a class": lambda: Filters(
            labels=classes(), ranges=(Range("confidence", low()), Range("margin", low()))
        ),
        "metadata": lambda: Filters(
            equals=(OneOf("meta_scanner", classes()),), ranges=(Range("meta_age", low()),)
        ),
        "text": lambda: Filters(text=f"{generator.integers(10, 99)}"),
    }


SORTED = ("fine_normalized_background_focus", "confidence", "margin", "label", "sample_id", "meta_age")


def ask(run: Any) -> dict[str, Times]:
    """Filters in the default order, then every sort column both ways, each on its own filter."""
    from gradcam_core.runs.filters import Filters, Range
    from ui import data

    generator = np.random.default_rng(1)
    found: dict[str, Times] = {}
    for kind, make in questions(generator).items():
        asked = [make() for _ in range(5 * ROUNDS)]
        found[f"filter: {kind}"] = [
            timed(lambda one=one: data.order(run, one, SORTED[0], True)) for one in asked
        ]
    for column in SORTED:
        asked = [Filters(ranges=(Range("confidence", step / 1e6),)) for step in range(ROUNDS)]
        found[f"sort: {column}"] = [
            timed(lambda one=one, column=column, way=way: data.order(run, one, column, way))
            for one in asked
            for way in (False, True)
        ]
    return found


def page(run: Any) -> Times:
    """Sixty cards of pages far apart, pictures from the cache."""
    from gradcam_core.runs import queries
    from gradcam_core.runs.filters import Filters
    from ui import data, thumbnails
    from ui.gallery import cards

    order = data.order(run, Filters(), SORTED[0], True)

    def draw(number: int) -> None:
        rows = queries.page_of(order, number, 60)[0]
        found = data.records(run, rows)
        root = str(run.root)
        shown = thumbnails.page(root, [(row["path"], (row["height"], row["width"])) for row in found])
        made = [cards.card(run, row, one, "fine") for row, one in zip(found, shown, strict=True)]
        cards.payload(run, rows, "fine", made)

    draw(1)
    return [timed(lambda number=number: draw(number)) for number in range(2, 2 + 5 * ROUNDS)]


def answers(run: Any) -> dict[str, Times]:
    """The Overview's answers, each computed once, as its cache keeps them."""
    from ui.overview import cached as answer

    path = str(run.path)
    every = answer.groups(path, "normalised", "fine")
    labels = tuple(group.label for group in every)[:6]
    work = {
        "headline": lambda: answer.headline(path, "fine"),
        "medians by class, other map set": lambda: answer.groups(path, "normalised", "classic"),
        "medians by class, right and wrong apart": lambda: answer.split_groups(path, "normalised", "fine"),
        "confusion": lambda: answer.confusion(path),
        "mean maps of six classes": lambda: answer.mean_maps(path, "fine", labels),
        "samples without a map": lambda: answer.skipped(path, "fine"),
    }
    return {f"overview: {name}": [timed(one)] for name, one in work.items()}


def opened(page_file: str, run: str) -> tuple[float, float]:
    """A page drawn for the first time by this process.

    A server looks through the installed packages for components once, when it starts; the test harness
    would do it for every page, more than a second each.
    """
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(Path("app.py").resolve(), default_timeout=600).switch_page(page_file)
    app.query_params["run"] = run
    with patch.object(BidiComponentManager, "discover_and_register_components"):
        spent = timed(app.run)
    if app.exception:
        raise RuntimeError(str(app.exception))
    return spent


def main(home: str, run: str) -> None:
    """Everything about one run."""
    os.environ["GRADCAM_HOME"] = home
    logging.disable(logging.WARNING)
    from benchmarks.dashboard.make import run_id
    from ui import data

    before = resident_mb()
    found: dict[str, Times] = {
        f"new server: {page_file}, {SMALL} samples": [opened(page_file, run_id(SMALL))]
        for page_file in PAGES
    }
    for page_file in PAGES:
        name = "opening: " + page_file.split("_")[1].removesuffix(".py").lower()
        found[name] = [opened(page_file, run)]
    one = data.run(run)
    found |= ask(one)
    found["page of 60 cards"] = page(one)
    found |= answers(one)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = {"before": before, "own": resident_mb(), "peak": peak}
    json.dump({"times": found, "memory": memory}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
