"""Parts of a sound that can be played."""

import io
import wave
from pathlib import Path

from gradcam_core.base.errors import SampleError

SHORTEST = 0.02  # seconds: less is not heard as anything


def part(file: Path, start: float, end: float) -> bytes:
    """A wav file of what a wav file holds between two moments in seconds; at least ``SHORTEST`` long.

    Raises:
        SampleError: it is no wav file of whole numbers, or ends before ``start``.
    """
    try:
        with wave.open(str(file)) as source:
            rate, frames = source.getframerate(), source.getnframes()
            first = round(start * rate)
            count = max(round((end - start) * rate), round(SHORTEST * rate))
            if not 0 <= first < frames:
                raise SampleError(
                    f"a sound longer than {start:.2f} s", f"{file.name} of {frames / rate:.2f} s"
                )
            source.setpos(first)
            return _written(source.getparams(), source.readframes(count))
    except (wave.Error, EOFError, OSError) as error:
        raise SampleError("a wav file of whole numbers", f"{file.name}: {error}") from None


def _written(parameters: "wave._wave_params", data: bytes) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as target:
        target.setparams(parameters)
        target.writeframes(data)
    return kept.getvalue()
