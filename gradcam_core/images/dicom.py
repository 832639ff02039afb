"""DICOM files, where the optional package for them is installed.

Only the elements that say how pixels are stored are read: none that names a patient ever is in memory, and
no sentence quotes what a file holds. Values are those after the rescaling that the header asks for.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.extras import install
from gradcam_core.base.picture_rules import WINDOW
from gradcam_core.base.pixels import MAX_PIXELS
from gradcam_core.base.types import Picture
from gradcam_core.images.intensity import to_8_bit

READABLE = find_spec("pydicom") is not None
SUFFIXES = frozenset((".dcm", ".dicom"))
GREY = ("MONOCHROME1", "MONOCHROME2")
_COLOURS = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT")
_BROKEN = (
    *(OSError, ValueError, TypeError, AttributeError, KeyError, IndexError, EOFError, OverflowError),
    *(MemoryError, RuntimeError, AssertionError, struct.error, zlib.error),
)
"""What a damaged file makes of the parser."""
_ELEMENTS = (
    *("Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration"),
    *("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "NumberOfFrames"),
    *("RescaleSlope", "RescaleIntercept", "ModalityLUTSequence", "VOILUTSequence", "VOILUTFunction"),
    *("WindowCenter", "WindowWidth", "PixelData", "FloatPixelData", "DoubleFloatPixelData"),
)


def is_dicom(path: Path) -> bool:
    """Whether this is a DICOM file by its name."""
    return path.suffix.lower() in SUFFIXES


def size_and_depth(path: Path) -> tuple[tuple[int, int], bool]:
    """((height, width), more than 8 bits) from the header alone.

    Raises:
        SampleError: as :func:`picture`.
    """
    with _telling(path):
        header = _read(path, stop=True)
        return (int(header.Rows), int(header.Columns)), header.PhotometricInterpretation in GREY


def values(path: Path) -> NDArray[np.generic]:
    """(H, W) values of a grey picture after rescaling, or (H, W, 3) uint8; the larger the brighter.

    Raises:
        SampleError: as :func:`picture`.
    """
    with _telling(path):
        data = _read(path)
        return _bright(_rescaled(data, path), data)


def picture(path: Path, intensity: str) -> Picture:
    """(H, W, 3) uint8 RGB; ``intensity`` "window" is the window (VOI LUT) of the header.

    Raises:
        SampleError: no package for it, damaged, several frames, a palette, or no window to use.
    """
    with _telling(path):
        data = _read(path)
        found = _rescaled(data, path)
        if found.ndim == 2 and intensity == WINDOW:
            found = _windowed(found, data, path)
        else:
            found = to_8_bit(_bright(found, data), intensity)
    return np.ascontiguousarray(np.repeat(found[..., None], 3, axis=2) if found.ndim == 2 else found)


def _read(path: Path, stop: bool = False) -> Any:
    if not READABLE:
        reason = f"{path.name} is a DICOM picture, which needs one more package: {install('dicom')}"
        raise SampleError("a picture of a known format", reason, "install it, or convert to PNG")
    import pydicom

    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE  # its warnings quote values
    try:
        _refuse_deflated(path)
        data = pydicom.dcmread(path, specific_tags=list(_ELEMENTS), stop_before_pixels=stop)
    except pydicom.errors.InvalidDicomError as error:
        raise _damaged(path, error) from None
    kind, frames = str(data.PhotometricInterpretation), int(data.get("NumberOfFrames") or 1)
    height, width = int(data.Rows), int(data.Columns)
    if frames > 1:
        todo = "write the frames as pictures of their own"
        raise SampleError("a DICOM file of one frame", f"{path.name} has {frames:,} frames", todo)
    if height * width > MAX_PIXELS:
        large = f"{path.name}: {width:,} × {height:,} pixels"
        raise SampleError(f"a picture of at most {MAX_PIXELS:,} pixels", large, "shrink the picture")
    if kind not in (*GREY, *_COLOURS) or min(height, width) < 1:
        raise SampleError(
            f"DICOM in {', '.join((*GREY, *_COLOURS))}", f"{path.name} is none", "convert to PNG"
        )
    return data


def _refuse_deflated(path: Path) -> None:
    """A file that is deflated as a whole grows in memory before anything of it can be looked at."""
    from pydicom.filereader import read_file_meta_info
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    if read_file_meta_info(path).get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian:
        found = f"{path.name} is deflated as a whole"
        raise SampleError(
            "a DICOM file whose header can be read alone", found, "write it with `dcmconv +te`"
        )


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes of the parser, when read or when a value is asked for later."""
    try:
        yield
    except FileNotFoundError:
        raise SampleError("a picture", f"{path.name}: no such file") from None
    except Exception as error:  # pydicom's own have no common class; its words may quote the file
        if isinstance(error, _BROKEN) or type(error).__module__.startswith("pydicom"):
            raise _damaged(path, error) from None
        raise


def _damaged(path: Path, error: Exception) -> SampleError:
    return SampleError(
        "a readable picture", f"{path.name} is no DICOM file, or damaged ({type(error).__name__})"
    )


def _rescaled(data: Any, path: Path) -> NDArray[np.generic]:
    from pydicom.pixels import apply_modality_lut

    try:
        stored = data.pixel_array
        return np.asarray(apply_modality_lut(stored, data) if stored.ndim == 2 else stored)
    except RuntimeError:  # no decoder
        name = data.file_meta.TransferSyntaxUID.name
        todo = "decompress it first, for example with `dcmdjpeg` or `gdcmconv --raw`"
        raise SampleError(
            "pixels that can be decoded", f"{path.name} is compressed as {name}", todo
        ) from None


def _bright(found: NDArray[np.generic], data: Any) -> NDArray[np.generic]:
    """MONOCHROME1 counts from white to black: mirrored within the values that its bits can hold."""
    if found.ndim > 2:
        return found
    exact = np.asarray(found)
    if exact.dtype.kind == "f" and np.array_equal(exact, np.rint(exact)):
        exact = exact.astype(np.int32)
    if data.PhotometricInterpretation != "MONOCHROME1":
        return exact
    slope, start = float(data.get("RescaleSlope") or 1), float(data.get("RescaleIntercept") or 0)
    bits, signed = int(data.BitsStored), int(data.PixelRepresentation)
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    mirrored = (low + high) * slope + 2 * start - exact
    return np.asarray(mirrored.astype(exact.dtype))


def _windowed(found: NDArray[np.generic], data: Any, path: Path) -> Picture:
    from pydicom.pixels import apply_voi_lut

    if data.get("WindowWidth") is None and not data.get("VOILUTSequence"):
        todo = "choose another intensity: range=LOW..HIGH, dataset-range or bits=12"
        raise SampleError("a window in the header", f"{path.name} has none", todo)
    shown = np.asarray(apply_voi_lut(found, data), np.float64)
    if data.get("VOILUTSequence"):
        high = float(2 ** int(data.VOILUTSequence[0].LUTDescriptor[2]) - 1)
        low = 0.0
    else:
        ends = apply_voi_lut(np.array([[-1e9, 1e9]]), data).ravel()
        low, high = float(ends[0]), float(ends[1])
    scaled = np.rint(np.clip((shown - low) * 255 / max(high - low, 1e-9), 0, 255)).astype(np.uint8)
    return np.asarray(255 - scaled if data.PhotometricInterpretation == "MONOCHROME1" else scaled)
