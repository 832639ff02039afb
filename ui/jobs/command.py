"""The command lines that a job runs."""

import sys
from collections.abc import Mapping, Sequence

from gradcam_core import paths

PROGRAM = (sys.executable, "-m", "gradcam_core")
Options = Mapping[str, str | bool | None]


def inspect_command(project: str, options: Options, program: Sequence[str] = PROGRAM) -> list[str]:
    """``inspect PROJECT --json`` with the options that are set."""
    return [*program, "inspect", project, *_flags(options), "--json"]


def audit_command(project: str, options: Options, program: Sequence[str] = PROGRAM) -> list[str]:
    """``audit PROJECT --json`` with the options that are set, writing below the runs folder."""
    return [*program, "audit", project, *_flags(options), "--runs", str(paths.runs_dir()), "--json"]


def _flags(options: Options) -> list[str]:
    """``{"model": "m.h5", "trust-code": True, "layer": None}`` -> ``--model m.h5 --trust-code``."""
    flags = []
    for name, value in options.items():
        if value is True:
            flags.append(f"--{name}")
        elif value:
            flags += [f"--{name}", str(value)]
    return flags
