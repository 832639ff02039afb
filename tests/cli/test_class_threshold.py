"""--class-threshold NAME=P, again and again."""

import argparse

import pytest

from gradcam_core.cli._project import add_project_arguments


def test_thresholds_are_collected_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_project_arguments(parser)
    args = parser.parse_args(["p", "--class-threshold", "a=b=0.3", "--class-threshold", "mass=0.5"])
    assert args.class_thresholds == {"a=b": 0.3, "mass": 0.5}
    args = parser.parse_args(["p", "--class-threshold", "mass=0.3, a, b=.5,c=1"])
    assert args.class_thresholds == {"mass": 0.3, "a, b": 0.5, "c": 1.0}
    args = parser.parse_args(
        ["p", "--class-threshold", "mass=0,3, a, b=0,5,c=1,2=0,25", "--threshold", "0,4"]
    )
    assert (
        args.class_thresholds == {"mass": 0.3, "a, b": 0.5, "c": 1.0, "2": 0.25} and args.threshold == 0.4
    )
    with pytest.raises(SystemExit):
        parser.parse_args(["p", "--class-threshold", "mass"])
    assert "expected NAME=NUMBER, got 'mass'" in capsys.readouterr().err
