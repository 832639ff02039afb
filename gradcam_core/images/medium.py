"""How a file becomes network input: pictures, features of sounds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from gradcam_core.base.types import Floats, InputSpec
from gradcam_core.images import Original, load_one, to_input


@dataclass(frozen=True)
class Medium:
    """How a file becomes the network's input.

    Attributes:
        read: (file, spec) -> what is kept of it, an array of one shape for all files, and what picture
            people see of it, on which regions are drawn.
            Raises ``SampleError`` where the file cannot be read.
        inputs: (N arrays stacked, spec) -> network inputs (N, H, W, C) float32.
    """

    read: Callable[[Path, InputSpec], tuple[NDArray[Any], Original]]
    inputs: Callable[[NDArray[Any], InputSpec], Floats]


PICTURES = Medium(load_one, to_input)
