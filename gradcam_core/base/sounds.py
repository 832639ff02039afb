"""What the numbers of a sound's features mean: which cell is which moment and which frequency.

Edge Impulse stores features as (frames, bands), time along the first axis. People read them with time to
the right and low frequencies at the bottom; everything from the network's input on is turned that way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ProjectError

Kind = Literal["mfe", "mfcc", "spectrogram"]
TITLES: Mapping[Kind, str] = {
    "mfe": "Mel filterbank energies (MFE)",
    "mfcc": "Mel frequency cepstral coefficients (MFCC)",
    "spectrogram": "Spectrogram",
}
SHOWN = (240, 400)  # about this high and wide is the picture of a sound
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Features:
    """The features of every sound of a project.

    Attributes:
        kind: what the bands are.
        frames, bands: cells along time and frequency.
        stride: seconds from one frame to the next.
        frame: seconds that one frame hears.
        hertz: centre of each band, rising; empty where bands have no frequency (MFCC).
        range: the values that are drawn black and white; None until the project's files were looked at.
    """

    kind: Kind
    frames: int
    bands: int
    stride: float
    frame: float
    hertz: tuple[float, ...] = ()
    range: tuple[float, float] | None = None

    @property
    def zoom(self) -> tuple[int, int]:
        """Pixels of the picture per band and per frame."""
        return max(1, round(SHOWN[0] / self.bands)), max(1, round(SHOWN[1] / self.frames))

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the picture that people see."""
        return self.bands * self.zoom[0], self.frames * self.zoom[1]

    @property
    def span(self) -> tuple[float, float]:
        """Seconds at the left and right edge of the picture; a frame is drawn around its own middle."""
        start = (self.frame - self.stride) / 2
        return start, start + self.frames * self.stride

    def column(self, seconds: float) -> float:
        """Where a moment lies, in pixels from the left."""
        return (seconds - self.span[0]) / self.stride * self.zoom[1]

    def row(self, hertz: float) -> float:
        """Where a frequency lies, in pixels from the top; between two bands by their distance in hertz."""
        return float((self.bands - 0.5 - self._place(hertz)) * self.zoom[0])

    def _place(self, hertz: float) -> float:
        """Band number of a frequency, -0.5 at the bottom edge and bands - 0.5 at the top edge."""
        places: NDArray[np.float64] = np.arange(self.bands, dtype=np.float64)
        centres = np.asarray(self.hertz)
        low, high = 1.5 * centres[0] - 0.5 * centres[1], 1.5 * centres[-1] - 0.5 * centres[-2]
        edged = np.concatenate([[low], centres, [high]])
        return float(np.interp(hertz, edged, np.concatenate([[-0.5], places, [self.bands - 0.5]])))

    def words(self) -> str:
        """For "what I understood"."""
        heard = f", {self.hertz[0]:,.0f} to {self.hertz[-1]:,.0f} Hz" if self.hertz else ""
        time = f"{self.frames} frames every {self.stride * 1000:g} ms"
        return f"{TITLES[self.kind]}, {time} × {self.bands} bands{heard}"

    def to_json(self) -> dict[str, Any]:
        """As ``features.json`` and the manifest hold it."""
        return {
            "kind": self.kind,
            "frames": self.frames,
            "bands": self.bands,
            "stride_s": self.stride,
            "frame_s": self.frame,
            "hertz": list(self.hertz),
            "range": None if self.range is None else list(self.range),
        }


def from_json(data: Any, where: str) -> Features:
    """The description in a JSON object (docs/audio.md).

    Raises:
        ProjectError: names the key that is missing or wrong.
    """
    if not isinstance(data, dict):
        raise ProjectError(f"a JSON object in {where}", type(data).__name__, "see docs/audio.md")
    kind: Kind = data["kind"] if data.get("kind") in get_args(Kind) else "mfe"
    if kind != data.get("kind"):
        raise ProjectError(
            f"kind out of {', '.join(get_args(Kind))} in {where}", repr(data.get("kind")), "correct it"
        )
    frames, bands = (int(_number(data, name, where, 1)) for name in ("frames", "bands"))
    stride = _number(data, "stride_s", where, 1e-9)
    frame = _number(data, "frame_s", where, 1e-9) if data.get("frame_s") is not None else stride
    return Features(
        kind, frames, bands, stride, frame, _hertz(data, kind, bands, where), _range(data, where)
    )


def _number(data: Mapping[str, Any], name: str, where: str, least: float) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < 1e9:
        raise ProjectError(f"a number above 0 as {name} in {where}", repr(value), "correct it")
    return float(value)


def _hertz(data: Mapping[str, Any], kind: Kind, bands: int, where: str) -> tuple[float, ...]:
    """Given one by one, or the lower and upper end, between which the kind says how bands lie."""
    given = data.get("hertz")
    if given:
        centres = tuple(_number({"hertz": one}, "hertz", where, 0) for one in given)
        if len(centres) != bands or any(b <= a for a, b in pairwise(centres)):
            raise ProjectError(
                f"{bands} rising centres as hertz in {where}", f"{len(centres)}", "correct it"
            )
        return centres
    if kind == "mfcc" or data.get("high_hz") is None or bands < 2:
        return ()
    low, high = _number({"low_hz": 0, **data}, "low_hz", where, 0), _number(data, "high_hz", where, 1e-9)
    return mel_centres(low, high, bands) if kind == "mfe" else tuple(np.linspace(low, high, bands).tolist())


def _range(data: Mapping[str, Any], where: str) -> tuple[float, float] | None:
    given = data.get("range")
    if given is None:
        return None
    values = [one for one in given if isinstance(one, int | float)] if isinstance(given, list) else []
    if len(values) != 2 or not -np.inf < values[0] < values[1] < np.inf:
        raise ProjectError(f"two rising numbers as range in {where}", repr(given), "correct or remove it")
    return float(values[0]), float(values[1])


def mel_centres(low: float, high: float, bands: int) -> tuple[float, ...]:
    """Centres in hertz of triangular filters spaced evenly in mel, 1127 ln(1 + f / 700).

    O'Shaughnessy 1987, as Edge Impulse's MFE block does it.
    """
    ends = 1127 * np.log1p(np.array([low, high]) / 700)
    centres = 700 * np.expm1(np.linspace(ends[0], ends[1], bands + 2)[1:-1] / 1127)
    return tuple(round(float(value), 3) for value in centres)


def upright(values: NDArray[Number]) -> NDArray[Number]:
    """(..., frames, bands) -> (..., bands, frames), the lowest band last."""
    return np.swapaxes(values, -1, -2)[..., ::-1, :]


def as_stored(values: NDArray[Number]) -> NDArray[Number]:
    """(..., bands, frames) -> (..., frames, bands), lowest first: the way back of :func:`upright`."""
    return np.swapaxes(values[..., ::-1, :], -1, -2)
