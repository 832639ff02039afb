"""What a DSP block's metadata say of its features: shape, stride, and the frequency of each band."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.sounds import Features, Kind, mel_centres
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required, text, whole

KINDS: tuple[Kind, ...] = ("mfe", "mfcc", "spectrogram")


@dataclass(frozen=True)
class SoundBlock:
    """The DSP block whose features feed a learn block: id, kind, and version of its implementation."""

    id: int
    kind: Kind
    version: int


def spectrogram_block(impulse: Document, dsp: tuple[int, ...]) -> SoundBlock:
    """The one block of sound features that feeds a learn block.

    Raises:
        ProjectError: several blocks feed it, or one of another kind: maps have no time and frequency then.
    """
    feeding = [one for one in objects(impulse, "dspBlocks") if one.get("id") in dsp]
    kinds = [str(one.get("type")) for one in feeding]
    if len(feeding) == 1 and kinds[0] in KINDS:
        kind = next(kind for kind in KINDS if kind == kinds[0])
        return SoundBlock(int(feeding[0]["id"]), kind, whole(feeding[0], "implementationVersion") or 0)
    raise ProjectError(
        f"a learn block fed by one block out of {', '.join(KINDS)}",
        ", ".join(kinds) or "no processing block that this key may read",
        "choose another with --block ID; joined features have no common time and frequency",
    )


def normalisation(dsp: Document) -> list[Fact]:
    """A warning where Studio standardises features: before or after it hands them out is not known."""
    about = dsp.get("dsp")
    how = text(about, "normalizeData") if isinstance(about, dict) else None
    if how in (None, "none"):
        return []
    warning = (
        f"Studio normalises these features ({how}); if accuracy is far from Studio's, they came without it"
    )
    return [Fact("normalisation", str(how), "read", "configuration of the processing block", warning)]


def described_features(block: SoundBlock, metadata: Document, where: str) -> Features:
    """What the features of a block mean, out of its metadata.

    Raises:
        SourceError, ProjectError: a field is missing, or the features are no spectrogram.
    """
    output = required(metadata, "outputConfig", dict, where)
    shape = output.get("shape")
    if output.get("type") != "spectrogram" or not isinstance(shape, dict):
        found = str(output.get("type"))
        raise ProjectError("features in the shape of a spectrogram", found, "see docs/audio.md")
    frames = int(required(shape, "width", int, where))
    bands = int(required(shape, "height", int, where))
    options = dict(_options(metadata.get("dspConfig")))
    rate = float(required(metadata, "frequency", (int, float), where))
    window = float(metadata.get("windowSizeMs") or 0) / 1000
    stride = options.get("frame_stride") or window / frames
    frame = options.get("frame_length") or stride
    limits = (0.0, 1.0) if block.kind == "mfe" and block.version >= 3 else None
    centres = _centres(block.kind, options, rate, bands)
    return Features(block.kind, frames, bands, stride, frame, centres, limits)


def _options(value: Any) -> Iterator[tuple[str, float]]:
    """Every number of a configuration, flat or nested, by its name."""
    if not isinstance(value, dict):
        return
    for name, one in value.items():
        if isinstance(one, dict):
            yield from _options(one)
        elif not isinstance(one, bool):
            try:
                yield str(name), float(one)
            except (TypeError, ValueError):
                continue


def _centres(kind: Kind, options: dict[str, float], rate: float, bands: int) -> tuple[float, ...]:
    if kind == "mfcc":
        return ()
    if kind == "spectrogram":
        return tuple(np.linspace(0, rate / 2, bands).tolist())
    return mel_centres(options.get("low_frequency", 0), options.get("high_frequency") or rate / 2, bands)
