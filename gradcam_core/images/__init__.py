"""Files <-> RGB arrays, fitting a picture to the network input, and the way back.

OpenCV lives here and where pictures are edited. Outside there is no BGR and no (width, height).
"""

from gradcam_core.images.encoding import data_url, encode_jpeg, encode_png, thumbnail
from gradcam_core.images.fitting import fit, geometry, map_to_picture
from gradcam_core.images.loading import Batch, Original, load_batch, load_one
from gradcam_core.images.reading import (
    PICTURE_SUFFIXES,
    Header,
    is_picture_name,
    picture_size,
    read_header,
    read_rgb,
)
from gradcam_core.images.scaling import from_input, to_input
from gradcam_core.images.sound_pictures import features_of, from_grey, read_features
from gradcam_core.images.turning import back, turned, turned_edges, turned_size

__all__ = [
    "PICTURE_SUFFIXES",
    "Batch",
    "Header",
    "Original",
    "back",
    "data_url",
    "encode_jpeg",
    "encode_png",
    "features_of",
    "fit",
    "from_grey",
    "from_input",
    "geometry",
    "is_picture_name",
    "load_batch",
    "load_one",
    "map_to_picture",
    "picture_size",
    "read_features",
    "read_header",
    "read_rgb",
    "thumbnail",
    "to_input",
    "turned",
    "turned_edges",
    "turned_size",
]
