"""Lines for the terminal: names out of files move no cursor, change no colour and fill no screen."""

import sys
from typing import TextIO

from gradcam_core.base.text import short

LONGEST = 4_000  # characters of one line


def say(text: str, file: TextIO | None = None) -> None:
    """Print lines, each without control characters and cut in the middle where it is endless."""
    for line in text.split("\n"):
        print(short(line, LONGEST), file=file or sys.stdout)
