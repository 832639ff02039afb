"""What each operation of OpenVINO is in TensorFlow; one that is not here is refused by its name."""

from collections.abc import Mapping

from gradcam_core.model.exchange.operations import (
    convolutions,
    elementwise,
    normalisation,
    pooling,
    quantisation,
    selection,
    shapes,
)
from gradcam_core.model.exchange.step import Translate

OPERATIONS: Mapping[str, Translate] = {
    **elementwise.OPERATIONS,
    **convolutions.OPERATIONS,
    **pooling.OPERATIONS,
    **normalisation.OPERATIONS,
    **quantisation.OPERATIONS,
    **shapes.OPERATIONS,
    **selection.OPERATIONS,
}
