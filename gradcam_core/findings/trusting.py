"""The trust report of a model's maps -> whether heat may raise flags, and one hint that says so."""

from collections.abc import Mapping
from typing import Any

from gradcam_core.findings.material import Hint


def hint(trust: Mapping[str, Any] | None, n: int) -> Hint:
    """Level 1 where a decisive check failed; nothing is known without a report.

    Args:
        trust: as in ``trust.json``: ``trusted`` and ``checks`` with ``verdict`` and ``sentence``.
        n: samples of the run.
    """
    checks = [] if trust is None else trust["checks"]
    failed = [check for check in checks if check["verdict"] == "red"]
    decisive = trust is not None and not trust["trusted"]
    return Hint(
        flag="untrustworthy-maps",
        kind="heat",
        strong=decisive,
        statement=" ".join(str(check["sentence"]) for check in failed),
        effect=float(len(failed)),
        measure="failed trust checks",
        n=n,
    )
