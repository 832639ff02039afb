"""What a command printed."""

import json
from typing import Any


def last_json(text: str) -> dict[str, Any]:
    """The JSON object on the last line."""
    found: dict[str, Any] = json.loads(text.strip().splitlines()[-1])
    return found
