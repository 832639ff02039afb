"""What a deployment block is told by files: metadata, C headers, and its own form."""

import json
import tomllib
from pathlib import Path

from gradcam_core.__main__ import parser
from gradcam_core.tasks.options import AuditOptions

pytest_plugins = ["tests.projects.edge_impulse.opening"]


ROOT = Path(__file__).parents[3]


BLOCK = ROOT / "deployment"
KEYS = {"name", "value", "type", "param", "valid", "help", "optional", "showIf", "section"}
TYPES = {"string", "int", "float", "select", "boolean", "bucket", "dataset", "flag", "secret"}
INFO = {
    *("name", "description", "category", "integrateUrl", "cliArguments", "supportsEonCompiler"),
    *("mountLearnBlock", "showOptimizations", "privileged"),
}


def test_the_form_has_the_fields_that_studio_knows() -> None:
    """docs.edgeimpulse.com, "parameters.json", of blocks of type deploy."""
    described = json.loads((BLOCK / "parameters.json").read_text())
    assert set(described) == {"version", "type", "info", "parameters"} and set(described["info"]) <= INFO
    assert described["info"]["category"] in ("library", "firmware")
    names = [one["param"] for one in described["parameters"]]
    assert len(set(names)) == len(names)
    for one in described["parameters"]:
        assert set(one) <= KEYS and {"name", "value", "type", "param"} <= set(one), one["param"]
        assert one["type"] in TYPES and isinstance(one["value"], str)
        assert ("valid" in one) == (one["type"] == "select")
        assert "valid" not in one or one["value"] in one["valid"]
        assert one["value"] or one.get("optional"), f"{one['param']} has to be filled in by hand"
        if shown := one.get("showIf"):
            assert shown["parameter"] in names and shown["operator"] in ("eq", "neq")


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
        assert one["type"] in ("float", "select", "string", "boolean")
    assert actions["--pooling-gradients"].default == "mean", "Grad-CAM, not summed absolute gradients"
    assert AuditOptions().methods["classic"] == "grad-cam"


def test_the_dockerfile_copies_what_exists_and_works_outside_the_mounts() -> None:
    lines = (BLOCK / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    assert copied and all((ROOT / name).exists() for names in copied for name in names)
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    needed = {"pyproject.toml", "gradcam_core", *packed["wheel"]["force-include"]}
    assert needed <= {name for names in copied for name in names}, "what the wheel is made of"
    for workdir in [line.split()[1] for line in lines if line.startswith("WORKDIR")]:
        assert not workdir.startswith(("/home", "/data"))
    assert not [line for line in lines if "apt" in line], "OpenCV without a window needs no system library"


def test_no_command_takes_a_key_as_an_argument() -> None:
    commands = next(a for a in parser()._actions if a.dest == "command").choices
    options = {option for one in commands.values() for a in one._actions for option in a.option_strings}
    assert "--host" in options and not [
        option for option in options if "key" in option or "token" in option
    ]
