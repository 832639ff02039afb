"""What a deployment block is told by files: metadata, C headers, and its own form."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import parser
from gradcam_core.base.errors import AuditError
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.describe.deployment import (
    read_deployment,
    read_headers,
    understand_deployment,
)
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import Studio, error

pytest_plugins = ["tests.projects.edge_impulse.opening"]
ROOT = Path(__file__).parents[3]
BLOCK = ROOT / "deployment"


def test_what_the_api_refuses_is_read_from_the_headers(studio: Studio, tmp_path: Path) -> None:
    studio.fault = lambda _number, path: error("no", 403) if path.endswith("/metadata") else None
    deployment = read_deployment(mount(tmp_path, studio))
    assert toy.KEY not in repr(deployment)
    with Client(deployment.key, deployment.host) as client:
        found = understand_deployment(client, deployment, Overrides())
    assert found.class_names == tuple(toy.CLASSES) and found.scaling == "0..1"
    assert found.thresholds == {"minConfidenceRating": 0.6} and found.channels == 3
    assert any("C headers" in one.warning for one in found.facts)


def test_the_deployed_impulse_and_project_are_asked_for(studio: Studio, tmp_path: Path) -> None:
    deployment = read_deployment(mount(tmp_path, studio, id=77, impulseId=5))
    assert deployment.identity.project_id == 77 and deployment.identity.impulse_id == 5
    assert deployment.host == studio.url.removeprefix("http://")
    with Client(deployment.key, deployment.host) as client, pytest.raises(AuditError):
        understand_deployment(client, deployment, Overrides())
    ((_, path, _),) = studio.asked
    assert path.startswith("/v1/api/77/training/"), "the metadata's project, which this Studio has not"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EI_CLASSIFIER_IMAGE_SCALING_MIN1_1", {"imageInputScaling": "-1..1"}),
        ("EI_CLASSIFIER_IMAGE_SCALING_TORCH EI_CLASSIFIER_IMAGE_SCALING_NONE", {}),
        ('ei_classifier_inferencing_categories_1[] = { "a\\"b", "c" }', {"classNames": ['a"b', "c"]}),
        ("EI_CLASSIFIER_MODE_OBJECT_DETECTION", {"mode": "object-detection"}),
        ("", {}),
    ],
)
def test_headers(tmp_path: Path, text: str, expected: dict) -> None:
    (tmp_path / "model-parameters").mkdir()
    (tmp_path / "model-parameters" / "model_variables.h").write_text(text)
    assert read_headers(tmp_path) == expected


def test_parameters_are_those_of_the_command() -> None:
    described = json.loads((BLOCK / "parameters.json").read_text())
    deploy = next(a for a in parser()._actions if a.dest == "command").choices["deploy"]
    actions = {option: action for action in deploy._actions for option in action.option_strings}
    assert described["version"] == 1 and described["type"] == "deploy"
    assert described["info"]["cliArguments"] == "" and described["info"]["privileged"] is True
    for one in described["parameters"]:
        action = actions[f"--{one['param']}"]
        value = action.type(one["value"]) if action.type else one["value"]
        assert value == action.default, one["param"]
        assert set(one.get("valid", [])) <= set(action.choices or []), one["param"]
        assert one["type"] in ("float", "select", "string")
    assert actions["--pooling-gradients"].default == "mean", "Grad-CAM, not summed absolute gradients"
    assert AuditOptions().methods["classic"] == "grad-cam"


def test_the_dockerfile_copies_what_exists_and_works_outside_the_mounts() -> None:
    lines = (BLOCK / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY")]
    assert copied and all((ROOT / name).exists() for name in copied)
    (workdir,) = [line.split()[1] for line in lines if line.startswith("WORKDIR")]
    assert not workdir.startswith(("/home", "/data"))
    assert not [line for line in lines if "apt" in line], "OpenCV without a window needs no system library"


def test_no_command_takes_a_key_as_an_argument() -> None:
    commands = next(a for a in parser()._actions if a.dest == "command").choices
    options = {option for one in commands.values() for a in one._actions for option in a.option_strings}
    assert "--host" in options and not [
        option for option in options if "key" in option or "token" in option
    ]
