"""HEIC files, where the optional package that decodes them is installed."""

from pathlib import Path

from gradcam_core.base.extras import install

try:
    import pi_heif
except ImportError:
    READABLE = False
else:
    pi_heif.register_heif_opener()
    READABLE = True

SUFFIXES = frozenset((".heic", ".heif"))
FORMATS = ("HEIF",) if READABLE else ()
"""Pillow's name of the format. Its decoder always gives pictures upright, as the format asks for."""


def missing(path: Path) -> str:
    """Why a HEIC file cannot be read; empty where that is not for want of the package."""
    if READABLE or path.suffix.lower() not in SUFFIXES:
        return ""
    return f"{path.name} is a HEIC picture, which needs one more package: {install('heic')}"
