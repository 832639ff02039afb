"""What a user can choose about an audit, apart from the project itself."""

from dataclasses import dataclass
from typing import Literal, get_args

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Explain, MapSet
from gradcam_core.maps.cams import CAMS, Method

Maps = Literal["classic", "fine", "both"]
Pooling = Literal["mean", "sum_abs"]


@dataclass(frozen=True)
class AuditOptions:
    """Choices of one audit. ``None`` layers mean the model's defaults (see ``inspect``).

    Attributes:
        method: CAM method of the classic maps.
        fine_method: CAM method of the fine maps; LayerCAM, because Grad-CAM averages gradients over
            the grid, which carries no position at an early layer.
        layer, fine_layer: names as ``inspect`` lists them.
        explain: "predicted", "true" or a class name.
        maps: which sets to compute.
        pooling: "mean" (Grad-CAM) or "sum_abs" (Edge Impulse's variant, not class-specific).
        engine: "auto", "tensorflow", "openvino" or "openvino-bf16".
        batch_size: pictures per pass.
        trust_code: load a model file that holds code.
        output: name of the output that is explained, where the model has several.
        size: (height, width) of the network's input, where the model leaves them open.
    """

    method: str = "grad-cam"
    fine_method: str = "layer-cam"
    layer: str | None = None
    fine_layer: str | None = None
    explain: Explain = "predicted"
    maps: Maps = "both"
    pooling: Pooling = "mean"
    engine: str = "auto"
    batch_size: int = 32
    trust_code: bool = False
    output: str | None = None
    size: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.maps not in get_args(Maps):
            raise AuditError(f"maps out of: {', '.join(get_args(Maps))}", repr(self.maps))
        if self.pooling == "sum_abs" and self.method != "grad-cam":
            raise AuditError("gradient pooling is a choice of grad-cam", f"method {self.method!r}")
        if self.batch_size < 1:
            raise AuditError("a batch size of at least 1", str(self.batch_size))
        for name in self.methods.values():
            CAMS[name]

    @property
    def map_sets(self) -> tuple[MapSet, ...]:
        return ("classic", "fine") if self.maps == "both" else (self.maps,)

    @property
    def methods(self) -> dict[MapSet, str]:
        """Method name per map set; summed absolute gradients are a method of their own."""
        classic = "grad-cam-sum-abs" if self.pooling == "sum_abs" else self.method
        return {name: classic if name == "classic" else self.fine_method for name in self.map_sets}

    def cam(self, map_set: MapSet) -> Method:
        return CAMS[self.methods[map_set]]
