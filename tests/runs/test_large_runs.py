"""What lets a run be large: parts become columns early, a page reads its own outlines only."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from scipy.stats import binom, mannwhitneyu

from gradcam_core.auditing import assembly
from gradcam_core.auditing.assembly import Assembly
from gradcam_core.auditing.batch import BatchResult
from gradcam_core.base.errors import AuditError
from gradcam_core.base.intervals import against_rest, median_interval
from gradcam_core.runs.filters import Filters
from gradcam_core.runs.queries import matching, ordering, select
from gradcam_core.runs.store import OUTLINES, Run, open_run
from gradcam_core.runs.summary import mean_maps
from gradcam_core.runs.writing import OUTLINE_GROUP, RunWriter
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(make_run(tmp_path_factory.mktemp("home"), Recipe(n=1300, every_without_region=4)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], []),
        (["sample-00000"], ["sample-00000"]),
        (
            ["sample-01298", "sample-00002", "sample-00513"],
            ["sample-00002", "sample-00513", "sample-01298"],
        ),
        (["sample-00003", "nobody"], []),  # every fourth has no region
    ],
)
def test_outlines_of_the_asked_samples(run: Run, asked: list[str], found: list[str]) -> None:
    assert sorted(run.outlines(asked)) == found


def test_a_page_reads_the_row_groups_of_its_samples_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    whole = pq.ParquetFile.read_row_group
    run.outlines(["sample-00000"])  # the ids are known from here on

    def spy(file: pq.ParquetFile, group: int, *rest: object, **more: object) -> object:
        read.append(group)
        return whole(file, group, *rest, **more)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", spy)
    run.outlines(["sample-00000", "sample-00001", "sample-01298"])
    assert pq.ParquetFile(run.path / OUTLINES).metadata.num_row_groups == -(-975 // OUTLINE_GROUP)
    assert read == [0, 1]


def part(first: int, labels: list[str | None], note: int | None) -> BatchResult:
    ids = [f"s{first + row}" for row in range(len(labels))]
    columns = {
        "sample_id": ids,
        "label": labels,
        "status": ["ok"] * len(ids),
        "reason": [""] * len(ids),
        "correct": [None if label is None else True for label in labels],
        "meta_note": [note] * len(ids),
        "score": [np.float32(0.5)] * len(ids),
    }
    maps = np.full((len(ids), 2, 3), first, np.float32)
    return BatchResult(columns, {"heatmaps.npy": maps}, {ids[0]: [[0.0, 0.0, 0.5, 0.0, 0.5, 1.0]]})


def test_parts_become_one_table_whatever_their_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "FLUSHED", 2)
    with RunWriter(tmp_path, "run", 5) as writer:
        work = Assembly(writer)
        work.add(part(0, [None, None], None))
        work.add(part(2, ["cat", None], 7))
        work.add(part(4, ["dog"], None))
        table, outlines = work.finished()
        known = {"input": {"height": 8, "width": 8}, "maps": {"classic": {"grid": [2, 3]}}}
        manifest = {"run_id": "run", "created": "now", "project": {}, **known}
        done = open_run(writer.finish(manifest, table, outlines))
    assert list(done.table["sample_id"]) == ["s0", "s1", "s2", "s3", "s4"]
    assert list(done.table["label"].fillna("")) == ["", "", "cat", "", "dog"]
    assert list(done.table["correct"]) == [None, None, True, None, True]
    assert (done.table["score"] == 0.5).all()
    np.testing.assert_array_equal(done.table["meta_note"], [np.nan, np.nan, 7, 7, np.nan])
    np.testing.assert_array_equal(done.maps()[:, 0, 0], [0, 0, 2, 2, 4])
    assert sorted(done.outlines([f"s{row}" for row in range(5)])) == ["s0", "s2", "s4"]


def test_a_run_without_one_readable_picture_is_refused(tmp_path: Path) -> None:
    bad = part(0, ["cat"], None)
    columns = {**bad.columns, "status": ["unreadable"], "reason": ["empty file"]}
    with RunWriter(tmp_path, "run", 1) as writer:
        work = Assembly(writer)
        work.add(BatchResult(columns, bad.arrays, {}))
        with pytest.raises(AuditError, match="the first: empty file"):
            work.finished()


def test_categories_are_read_in_alphabetical_order_and_gaps_stay_gaps(run: Run) -> None:
    table = run.categorised(("label", "status", "no such column"))
    assert list(table["label"].cat.categories) == ["cat", "dog"]
    assert list(table["label"]) == list(run.table["label"])
    assert table.drop(columns=["label", "status"]).equals(run.table.drop(columns=["label", "status"]))


def test_a_remembered_order_serves_every_filter(run: Run) -> None:
    table = run.categorised(("label",))
    for column in ("background_focus", "label", "sample_id"):
        for down in (False, True):
            known = ordering(table, column, down)
            for filters in (Filters(), Filters(labels=("dog",)), Filters(text="77")):
                rows = select(table, filters, column, down)
                np.testing.assert_array_equal(select(table, filters, column, down, known), rows)
                kept = table[column].iloc[np.flatnonzero(matching(table, filters))]
                expected = kept.sort_values(ascending=not down, kind="stable", na_position="last")
                np.testing.assert_array_equal(rows, expected.index)


def test_large_groups_are_thinned_evenly_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[mean_maps.__module__], "MOST", 3)
    table = pd.DataFrame(
        {"label": ["a"] * 5 + ["b"], "predicted": ["a"] * 6, "correct": [True] * 5 + [False]}
    )
    maps = np.zeros((6, 1, 2), np.float32)
    maps[:, 0, 0] = [1, 0, 1, 0, 0, 4]  # rows 0, 2 and 4 are looked at; row 4 is empty
    maps[[1, 3], 0, 1] = 1
    first, second = mean_maps(table, maps, ["a", "b"])
    assert (first.n, first.excluded, first.whole) == (2, 1, 5)
    np.testing.assert_array_equal(first.values, [[2, 0]])
    assert (second.n, second.excluded, second.whole) == (1, 0, 1)


def test_each_group_against_the_rest_is_scipys_test() -> None:
    generator = np.random.default_rng(2)
    groups = {name: generator.normal(at, 1, n).round(1) for name, at, n in
              (("a", 0, 30), ("b", 0.4, 50), ("c", 0, 25))}  # fmt: skip
    for name, found in against_rest(groups).items():
        rest = np.concatenate([part for other, part in groups.items() if other != name])
        expected = mannwhitneyu(groups[name], rest, alternative="two-sided", method="asymptotic")
        assert found.p == pytest.approx(expected.pvalue, rel=1e-9)
        cliff = 2 * expected.statistic / (len(groups[name]) * len(rest)) - 1
        assert found.delta == pytest.approx(cliff, abs=1e-12)
    assert against_rest({"a": np.ones(30), "b": np.ones(40)})["a"] == (0.0, 1.0)


def test_the_median_of_many_has_an_interval_of_order_statistics() -> None:
    values = np.random.default_rng(0).permutation(np.arange(2001.0))
    low, high = median_interval(values)
    assert low == binom.ppf(0.025, 2001, 0.5)
    assert (low + high) / 2 == pytest.approx(1000, abs=1)
    few = median_interval(np.arange(1000.0))
    assert few == pytest.approx((468, 531), abs=4), "the bootstrap says about the same"
