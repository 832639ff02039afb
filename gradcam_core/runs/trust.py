"""trust.json of a run: the report on its maps, read with care."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import read_json
from gradcam_core.runs.findings import MALFORMED, TRUST


def read_trust(run_path: Path) -> Mapping[str, Any] | None:
    """The report on the maps that a search with edits left; None where there is none.

    Raises:
        RunError: the file is damaged.
    """
    try:
        value = read_json(run_path / TRUST)
        if value is not None:
            bool(value["trusted"])
            for report in (value, *value.get("others", ())):
                for check in report["checks"]:
                    _ = check["name"], check["title"], check["verdict"], check["sentence"]
    except MALFORMED as error:
        todo = "make it again: python -m gradcam_core findings RUN --edits"
        raise RunError(f"a {TRUST} that can be read", f"{type(error).__name__}", todo) from error
    return value
