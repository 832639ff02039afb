"""The command lines that a job runs."""

import sys
from collections.abc import Mapping, Sequence

from gradcam_core.base import paths

PROGRAM = (sys.executable, "-m", "gradcam_core")
Options = Mapping[str, str | bool | None]


def command(
    kind: str, project: str, options: Options, program: Sequence[str] = PROGRAM, further: Sequence[str] = ()
) -> list[str]:
    """``KIND PROJECT FURTHER... --json`` with the options that are set; audits go below the runs folder.

    ``{"model": "m.h5", "trust-code": True, "layer": None}`` becomes ``--model m.h5 --trust-code``.
    """
    flags: list[str] = []
    for name, value in options.items():
        if value is True:
            flags.append(f"--{name}")
        elif value:
            flags.append(f"--{name}={value}")
    runs = ["--runs", str(paths.runs_dir())] if kind == "audit" else []
    return [*program, kind, *flags, *runs, "--json", "--", project, *further]
