"""The command that says what was understood."""

from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.cli.cli_output import last_json


def test_inspect_says_what_was_understood(tiny_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(tiny_project), "--json"]) == 0
    document = last_json(capsys.readouterr().out)
    assert document["labels"] == {"dark": 6, "light": 5}
    assert document["model"]["classic"] == "top"
    assert document["model"]["layers"][0]["name"] == "early"
    assert {"scaling", "class order", "input size"} <= {fact["name"] for fact in document["facts"]}
    assert document["warnings"] == []
    assert main(["inspect", str(tiny_project)]) == 0
    assert "<- classic" in capsys.readouterr().out


def test_a_wrong_scaling_and_a_wrong_class_order_are_said(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "labels.txt"
    order.write_text("light\ndark\n")
    assert main(["inspect", str(tiny_project), "--json", "--labels", str(order)]) == 0
    warnings = " ".join(last_json(capsys.readouterr().out)["warnings"])
    assert "class order dark, light fits the labels clearly better" in warnings


def test_inspect_says_what_it_knows_before_it_says_what_does_not_fit(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "labels.txt"
    order.write_text("dark\nlight\nthird\n", encoding="utf-8")
    assert main(["inspect", str(tiny_project), "--labels", str(order)]) == 2
    said = capsys.readouterr()
    assert "What I understood" in said.out and "class order" in said.out
    assert "3 classes" in said.err and "What I understood" not in said.err
