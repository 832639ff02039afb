"""Findings are worded for pictures and classes; here they are said in the words of a run's task."""

import re
from collections.abc import Mapping

from gradcam_core.tasks import TASKS


def words_of(task: str) -> Mapping[str, str]:
    """Phrase -> what the task says instead; none for a task that this version does not know."""
    return TASKS[task].spoken if task in TASKS else {}


def spoken(text: str, task: str) -> str:
    """A sentence with every phrase (whole words) said as the task says it; a capital stays one."""
    words = words_of(task)
    if not words:
        return text
    longest = sorted(words, key=len, reverse=True)
    pattern = rf"\b({'|'.join(re.escape(phrase) for phrase in longest)})\b"
    return re.sub(pattern, lambda match: _as(match[0], words), text, flags=re.IGNORECASE)


def _as(phrase: str, words: Mapping[str, str]) -> str:
    instead = words[phrase.lower()]
    return instead[0].upper() + instead[1:] if phrase[0].isupper() else instead
