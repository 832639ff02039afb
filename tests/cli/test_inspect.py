"""The command that says what was understood."""

import base64
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli.inspect import lines
from gradcam_core.images import read_rgb
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


def test_a_preview_shows_inputs_of_every_class_as_they_are_fed(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "preview.png"
    assert main(["inspect", str(tiny_project), "--json", "--scaling=-1..1", f"--preview={file}"]) == 0
    shown = last_json(capsys.readouterr().out)["preview"]
    assert [one["label"] for one in shown] == ["dark", "light"] * 3
    assert sum("not a picture" in one["words"] and not one["png"] for one in shown) == 1
    first = shown[0]
    data = cv2.imdecode(np.frombuffer(base64.b64decode(first["png"]), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert np.array_equal(data, read_rgb(tiny_project / first["path"])), "as large as the network's input"
    assert first["words"].startswith("values -0.9")
    assert read_rgb(file).shape[0] > 2 * 48


def _document(todo: int, layers: int) -> dict[str, Any]:
    said = [f"thing {number}" for number in range(todo)]
    sizes = [2 ** (8 - number // 3) for number in range(layers)]
    named = [
        {"name": f"layer{n}", "height": s, "width": s, "channels": 4, "kind": "Relu"}
        for n, s in enumerate(sizes)
    ]
    model = {"layers": named, "classic": f"layer{layers - 1}", "fine": "layer0", "why": ""}
    about = {"name": "pets", "samples": 2, "unlabelled": 0, "facts": [], "broken": []}
    return {**about, "todo": said, "alarms": said[:1], "warnings": said, "model": model}


def test_three_things_to_do_are_named_and_the_rest_is_counted() -> None:
    said = lines(_document(5, 1))
    assert said[:4] == [
        "ALARM: thing 0",
        "warning: thing 1",
        "warning: thing 2",
        "… and 2 more to do: --all",
    ]
    assert sum("thing" in line for line in lines(_document(5, 1), everything=True)) == 5
    assert not any("more" in line for line in lines(_document(3, 1)))


def test_of_many_layers_one_of_each_grid_is_named() -> None:
    short = [line for line in lines(_document(0, 9)) if line.startswith("  layer")]
    assert [line.split()[0] for line in short] == ["layer0", "layer2", "layer5", "layer8"]
    assert "  … and 5 more: --all" in lines(_document(0, 9))
    assert (
        len([line for line in lines(_document(0, 9), everything=True) if line.startswith("  layer")]) == 9
    )
