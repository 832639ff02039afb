"""Which networks there are, and which of them are asked for."""

from typing import Any

from gradcam_core.model import backend

LIBRARIES = {"keras": 3, "tf_keras": 2}
HEADLESS = "-without-head"
SMALL_FIRST = (
    "MobileNetV2",
    "MobileNetV3Small",
    "MobileNet",
    "ResNet50",
    "EfficientNetB0",
    "ConvNeXtTiny",
    "RegNetX002",
    "RegNetY002",
    "VGG16",
    "Xception",
    "EfficientNetV2B0",
    "ResNet50V2",
    "ResNetRS50",
    "InceptionV3",
    "NASNetMobile",
    "DenseNet121",
    "MobileNetV3Large",
    "EfficientNetB1",
    "EfficientNetV2B1",
    "RegNetX004",
    "RegNetY004",
    "RegNetX006",
    "RegNetY006",
    "RegNetX008",
    "RegNetY008",
    "VGG19",
    "ResNet101",
    "DenseNet169",
    "EfficientNetB2",
    "EfficientNetV2B2",
)
BACKBONES = ("MobileNetV2", "EfficientNetB0", "ResNet50")

Row = tuple[str, str, str]


def networks(library: Any) -> list[str]:
    """Names of the network functions of ``library.applications``, the small ones first, then three of them
    without a head."""
    names = [
        name
        for name in dir(library.applications)
        if name[0].isupper() and callable(getattr(library.applications, name))
    ]
    first = {name: position for position, name in enumerate(SMALL_FIRST)}
    ordered = sorted(names, key=lambda name: (first.get(name, len(first)), name))
    return ordered + [name + HEADLESS for name in BACKBONES]


def rows(only: str, formats: list[str], most: int) -> list[Row]:
    """(library, network, format) of what is asked for: of each library the ``most`` first networks whose
    name holds ``only``, and those without a head, which are only saved as Keras's own file."""
    found = []
    for place, form in enumerate(formats):
        for library, major in LIBRARIES.items():
            wanted = [name for name in networks(backend.keras_library(major)) if only in name]
            whole = [name for name in wanted if not name.endswith(HEADLESS)][:most]
            backbones = [name for name in wanted if name.endswith(HEADLESS) and form == "keras"]
            found += [(number, place, library, name, form) for number, name in enumerate(backbones + whole)]
    return [(library, name, form) for _, _, library, name, form in sorted(found)]


def build(library: Any, name: str, size: int, classes: int) -> Any:
    """The network with random weights, or its backbone whose last activations are averaged."""
    function = getattr(library.applications, name.removesuffix(HEADLESS))
    shape = (size, size, 3)
    if name.endswith(HEADLESS):
        return function(weights=None, input_shape=shape, include_top=False, pooling="avg")
    return function(weights=None, input_shape=shape, classes=classes, include_top=True)
