"""Damaged runs: what can be used is used, what cannot is named, nothing else is ever raised."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError, RunError
from gradcam_core.runs.damage import damage
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.pictures import picture_file, root_of
from gradcam_core.runs.project import project_of
from gradcam_core.runs.store import list_runs, open_run, survey
from gradcam_core.runs.trust import read_trust
from tests import damages
from tests.hostile_paths import CANARY, OUTSIDE, plant
from tests.run_factory import Recipe, make_run
from tests.searched_run import searched, uses

CATEGORIES = ("label", "predicted", "explained", "outcome", "status", "fine_status", "region_source")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched(tmp_path_factory.mktemp("whole"), (uses(),), recipe=Recipe(n=8))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    target = tmp_path / "runs" / whole.name
    shutil.copytree(whole, target)
    return target


def used(path: Path) -> None:
    """Everything that pages and commands read of a run; only errors with a way out may come of it."""
    try:
        run = open_run(path)
    except RunError:
        return
    for look in (
        lambda: damage(run), lambda: run.table, lambda: run.categorised(CATEGORIES),
        lambda: [run.maps(name) for name in run.map_sets], lambda: run.outlines(["sample-00000"]),
        lambda: project_of(run), lambda: read_findings(path), lambda: read_trust(path),
    ):  # fmt: skip
        try:
            look()
        except AuditError as error:
            assert error.todo or error.found


def test_a_whole_run_has_no_damage(whole: Path) -> None:
    assert damage(open_run(whole)) == ()


@pytest.mark.parametrize("part", ["files", "columns", "odd JSON"])
def test_damaged_files_raise_nothing_but_errors_with_a_way_out(
    part: str, whole: Path, tmp_path: Path
) -> None:
    kinds = {
        "files": damages.of_files(),
        "columns": damages.of_columns(whole),
        "odd JSON": damages.ODD_JSON,
    }
    for number, spoil in enumerate(kinds[part].values()):
        target = tmp_path / str(number)
        shutil.copytree(whole, target)
        spoil(target)
        used(target)
        shutil.rmtree(target)


@pytest.mark.slow
def test_each_key_of_the_manifest_of_another_kind_raises_nothing_else(copy: Path) -> None:
    kept = (copy / "manifest.json").read_text()
    for spoil in damages.of_manifest(copy).values():
        spoil(copy)
        try:
            run = open_run(copy)
            damage(run)
            run.table  # noqa: B018
        except AuditError as error:
            assert "manifest.json" in str(error) or "samples.parquet" in str(error) or "run" in str(error)
        (copy / "manifest.json").write_text(kept)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damages.of_files()["heatmaps.npy cut"], "heatmaps.npy: it cannot be read"),
        (damages.of_files()["fine_heatmaps.npy remove"], "fine_heatmaps.npy: no such file"),
        (damages.of_files()["samples.parquet garble"], "samples.parquet: it cannot be read"),
        (damages.of_files()["outlines.parquet empty"], "outlines.parquet: it cannot be read"),
        (lambda run: damages.drop_column("label", run), "samples.parquet: no label"),
        (lambda run: damages.set_field(("counts",), None, run), "manifest.json: counts (of another kind)"),
        (lambda run: damages.drop_field(("facts",), run), "manifest.json: facts (missing)"),
        (lambda run: np.save(run / "heatmaps.npy", np.zeros((3, 7, 7), np.float32)), "heatmaps.npy: 3"),
        (lambda run: np.save(run / "heatmaps.npy", np.zeros((8, 9, 9), np.float32)), "the shape (8, 9, 9)"),
        (damages.of_files()["heatmaps.npy link"], "leads out of the folder"),
        (damages.of_files()["heatmaps.npy pipe"], "no regular file"),
    ],
)  # fmt: skip
def test_the_broken_file_is_named(spoil: damages.Damage, said: str, copy: Path) -> None:
    spoil(copy)
    assert any(said in one for one in damage(open_run(copy))), damage(open_run(copy))


def test_one_damaged_run_leaves_the_healthy_ones_alone(whole: Path, copy: Path) -> None:
    runs = copy.parent
    for number, (name, spoil) in enumerate(damages.ODD_JSON.items()):
        bad = runs / f"bad-{number}"
        shutil.copytree(whole, bad)
        spoil(bad)
        assert [run.path for run in list_runs(runs)] == [copy], name
    (runs / "folder").mkdir()
    (runs / "folder" / "manifest.json").mkdir()
    found, damaged = survey(runs)
    assert [run.path for run in found] == [copy]
    assert set(damaged) == {*(f"bad-{number}" for number in range(len(damages.ODD_JSON))), "folder"}


@pytest.mark.parametrize("root", ["/", "", ".", "relative", "/x/../..", "/proc/../", "~"])
def test_the_whole_disk_is_no_project(root: str, copy: Path) -> None:
    damages.set_field(("project", "root"), root, copy)
    with pytest.raises(RunError):
        root_of(open_run(copy))


def test_a_run_is_believed_within_the_roots_only(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = open_run(copy)
    root = Path(run.manifest["project"]["root"])
    assert root_of(run) == root
    monkeypatch.setenv("GRADCAM_ROOTS", str(copy))
    with pytest.raises(RunError, match="GRADCAM_ROOTS"):
        root_of(run)
    monkeypatch.setenv("GRADCAM_ROOTS", str(root.parent))
    assert root_of(run) == root


def test_no_path_of_a_run_leads_out_of_its_project(whole: Path, copy: Path, tmp_path: Path) -> None:
    root = plant(tmp_path / "gate")
    damages.set_field(("project", "root"), str(root), copy)
    run = open_run(copy)
    assert picture_file(run, "in/a.png").is_file()
    for written in OUTSIDE:
        with pytest.raises(AuditError) as caught:
            picture_file(run, written.replace("{outside}", str(tmp_path / "gate" / "outside")))
        assert CANARY not in str(caught.value)


def test_a_copy_under_another_name_is_the_same_run(copy: Path) -> None:
    shutil.copytree(copy, copy.parent / "copy")
    assert len(list_runs(copy.parent)) == 2
    assert json.loads((copy / "manifest.json").read_text())["run_id"] == copy.name


def test_findings_of_another_shape_are_an_error(copy: Path) -> None:
    for text in ("[]", "{}", '{"findings": 5}', '{"findings": [{"flag": []}]}', "{", '{"findings": [[]]}'):
        (copy / "findings.json").write_text(text)
        searched = read_findings(copy)
        assert searched is not None and "findings.json" in searched.problem


def test_a_fresh_run_without_side_files_is_whole(tmp_path: Path) -> None:
    assert damage(open_run(make_run(tmp_path, Recipe(n=3, fine=None, regions=False)))) == ()
