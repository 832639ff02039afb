"""What a picture file tells of how it came to be: format, colours, camera, software, size. No pixels."""

from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags

from gradcam_core.base.text import short
from gradcam_core.images import dicom, sound_pictures
from gradcam_core.images.reading import open_picture

_CAMERA = (ExifTags.Base.Make, ExifTags.Base.Model)
_SOFTWARE = ExifTags.Base.Software


@dataclass(frozen=True)
class FileFacts:
    """Of one file. ``mode`` is Pillow's (RGB, L, P, …); ``camera`` and ``software`` None without a tag."""

    format: str
    mode: str
    bytes: int
    camera: str | None = None
    software: str | None = None


def read_file_facts(path: Path) -> FileFacts:
    """What the file says of itself; no pixel is decoded.

    Raises:
        SampleError: missing, empty, not a picture, or too many pixels.
    """
    if path.suffix.lower() == sound_pictures.SUFFIX:
        return FileFacts("features", "L", path.stat().st_size)
    if dicom.is_dicom(path):
        _, grey = dicom.size_and_depth(path)
        return FileFacts("DICOM", "L" if grey else "RGB", path.stat().st_size)
    with open_picture(path) as image:
        tags = image.getexif()
        camera = " ".join(filter(None, (_text(tags.get(name)) for name in _CAMERA)))
        return FileFacts(
            format=image.format or "unknown",
            mode=image.mode,
            bytes=path.stat().st_size,
            camera=camera or None,
            software=_text(tags.get(_SOFTWARE)) or None,
        )


def _text(value: object) -> str:
    return short(value, 60).strip(" ?\0") if isinstance(value, str) else ""
