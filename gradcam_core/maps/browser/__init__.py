"""Maps drawn by a browser: the scripts that gallery and report share. Trusted code, never data."""

from pathlib import Path

NAMES = ("field.js", "stage.js")


def scripts() -> str:
    """JavaScript that lays raw maps over pictures, scaled as :mod:`gradcam_core.maps.overlay` does it."""
    folder = Path(__file__).parent
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in NAMES)
