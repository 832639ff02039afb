"""A synthetic run investigated with a stand-in model; the commands findings and check."""

import argparse
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError, RunError
from gradcam_core.base.files import read_table
from gradcam_core.base.types import Floats
from gradcam_core.cli import check
from gradcam_core.cli import findings as command
from gradcam_core.cli._told import text
from gradcam_core.findings import investigate as module
from gradcam_core.findings.investigate import investigate
from gradcam_core.runs import findings
from gradcam_core.runs.findings import TITLES, Finding
from tests.run_factory import Recipe, make_run


class Brightness:
    """Says "dog" where the picture is bright at its edge; nothing else about a model is needed here."""

    engine = "stand-in"

    def predict(self, inputs: Floats) -> Floats:
        edge = inputs[:, :8].mean(axis=(1, 2, 3)) - 0.3
        return np.stack([-10 * edge, 10 * edge], axis=1).astype(np.float32)

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        return self.predict(inputs), np.asarray(inputs[:, 0, :8, 0], dtype=np.float32)


@pytest.fixture(scope="module")
def run_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recipe = Recipe(n=80, pictures=12, every_unreadable=40, every_empty=30, input=(64, 96, 3))
    return make_run(tmp_path_factory.mktemp("home"), recipe)


@pytest.fixture(scope="module")
def found(run_path: Path) -> list[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            module,
            "check_trust",
            lambda *_: ({"trusted": True, "checks": []}, np.ones((4, 7, 7), np.float32)),
        )
        return investigate(run_path, True, budget=20, seed=1, explainer=Brightness())  # type: ignore[arg-type]


def test_every_file_is_written_and_reads_back(run_path: Path, found: list[Finding]) -> None:
    assert {entry.flag for entry in found} == set(TITLES)
    again = findings.read_findings(run_path)
    assert again is not None
    assert [entry.to_json() for entry in again.found] == [entry.to_json() for entry in found]
    edits = read_table(run_path / findings.EDITS)
    assert edits is not None
    assert set(edits["arm"]) == {"edit", "control"}
    clusters = read_table(run_path / findings.CLUSTERS)
    assert clusters is not None
    assert len(clusters) == 80
    assert (clusters["background_cluster"].to_numpy()[[39, 79]] == -1).all()


def test_associations_count_what_occurs_together(run_path: Path, found: list[Finding]) -> None:
    """Scanner and label alternate together in the synthetic run: twice what chance would give."""
    table = read_table(run_path / findings.ASSOCIATIONS)
    assert table is not None
    row = table[
        (table["outcome"] == "label") & (table["context"] == "meta_scanner") & (table["observed"] > 0)
    ].iloc[0]
    assert row["observed"] == 40
    assert row["expected"] == pytest.approx(20)
    assert row["ratio"] == pytest.approx(2.0)
    assert row["v"] == pytest.approx(1.0)
    assert row["ratio_low"] < 2.0 <= row["ratio_high"] + 1e-9
    assert len(row["samples"]) == 40


def test_nothing_half_written_is_left(run_path: Path, found: list[Finding]) -> None:
    assert not list(run_path.glob(".*"))


def test_a_run_without_pictures_is_refused(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    for picture in (tmp_path / "projects").rglob("*.png"):
        picture.unlink()
    with pytest.raises(RunError, match="pictures of this run"):
        investigate(path, edits=False)


def parse(*arguments: str) -> argparse.Namespace:
    top = argparse.ArgumentParser()
    commands = top.add_subparsers()
    check.add_parser(commands)
    command.add_parser(commands)
    return top.parse_args(arguments)


def test_findings_json_is_a_list_of_the_promised_keys(
    run_path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = make_run(tmp_path, Recipe(n=6))
    args = parse("findings", str(copy), "--json")
    assert args.run(args) == 0
    printed = json.loads(capsys.readouterr().out)
    keys = {"flag", "level", "label", "statement", "effect", "interval", "n", "q", "cells", "samples"}
    assert all(keys <= set(entry) for entry in printed)
    assert len(printed) >= len(TITLES)


def test_findings_text_names_level_and_flag() -> None:
    said = text([Finding("border", 1, label="cat", statement="Look.")])
    assert said == "[1 look here] Border or ruler (cat): Look."


@pytest.mark.parametrize("budget", ["0", "-3", "many"])
def test_a_budget_is_a_number_above_zero(budget: str) -> None:
    with pytest.raises(SystemExit):
        parse("findings", "run", "--budget", budget)


def test_check_passes_and_breaks(run_path: Path, found: list[Finding], tmp_path: Path) -> None:
    good = parse("check", str(run_path), "--fail-level", "4", "--max-unreadable", "0.1")
    assert good.run(good) == 0
    report = tmp_path / "out" / "junit.xml"
    bad = parse(
        "check", str(run_path), "--min-accuracy", "1", "--max-far-background", "1", "--junit", str(report)
    )
    assert bad.run(bad) == 1
    (suite,) = ET.parse(report).getroot()
    assert suite.attrib["tests"] == "2"
    assert suite.attrib["failures"] == "1"
    assert [case[0].tag for case in suite] == ["system-out", "failure"]


def test_check_needs_a_bar_and_findings(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    for arguments in ((), ("--fail-level", "3")):
        args = parse("check", str(path), *arguments)
        with pytest.raises(AuditError):
            args.run(args)
