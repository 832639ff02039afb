"""Findings are concluded in the words of pictures; here they are said in those of a run's task."""

from collections.abc import Sequence
from dataclasses import replace

from gradcam_core.base.sounds import Features
from gradcam_core.runs.findings import CUES, HEARD, Finding
from gradcam_core.tasks.audio.heard import heard
from gradcam_core.tasks.wording import spoken


def spoken_findings(found: Sequence[Finding], task: str, features: Features | None = None) -> list[Finding]:
    """The findings with statement and measure in the task's words; of sounds with what is heard there."""
    return [
        replace(one, statement=spoken(one.statement, task), measure=spoken(one.measure, task))
        for one in (found if features is None else [_heard(one, features) for one in found])
    ]


def _heard(one: Finding, features: Features) -> Finding:
    """A spot of a sound is said as what is heard: "a hum at 120 Hz" and not "a marker at a fixed place"."""
    words = heard(one.cells, one.grid, features) if one.flag == "fixed-marker" else ""
    if not words:
        return one
    cue = CUES[one.flag]
    said = one.statement.replace(cue, words).replace(_capital(cue), _capital(words))
    return replace(one, statement=said, details={**one.details, HEARD: words})


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
