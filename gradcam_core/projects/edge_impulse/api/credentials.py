"""The API key: from the environment, never from an argument, never in a message."""

import os

from gradcam_core.base.errors import SourceError

KEY_VARIABLE, HOST_VARIABLE = "EI_API_KEY", "EI_API_ENDPOINT"
KEY_HELP = f"check {KEY_VARIABLE}: Studio > Dashboard > Keys shows the project's keys"
DEFAULT_HOST = "https://studio.edgeimpulse.com/v1"


def key_from_environment() -> str:
    """The key that ``EI_API_KEY`` holds.

    Raises:
        SourceError: none there.
    """
    key = os.environ.get(KEY_VARIABLE, "")
    if not key.strip():
        raise SourceError(
            f"an API key in the environment variable {KEY_VARIABLE}",
            "none",
            "copy it from Studio > Dashboard > Keys; it is never an argument, which others could see",
        )
    return key


def checked_key(key: str) -> str:
    """The key, fit for a header.

    Raises:
        SourceError: other characters; the message does not repeat the key.
    """
    bare = key.strip()
    if not bare or not bare.isascii() or not bare.isprintable() or " " in bare:
        raise SourceError("an API key of plain letters and digits", "other characters", KEY_HELP)
    return bare


def host_from_environment() -> str | None:
    """the address in ``EI_API_ENDPOINT``, as Edge Impulse's own SDK reads it; None without one."""
    return os.environ.get(HOST_VARIABLE) or None
