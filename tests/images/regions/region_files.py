"""Three small pictures in two folders, and annotation files beside them."""

import json
from pathlib import Path
from typing import Any

from PIL import Image

from gradcam_core.base.types import Sample
from gradcam_core.images.regions import Regions, read_regions

PICTURES = ("cat/1.jpg", "dog/1.jpg", "dog/2.v1.png")
SIZE = (40, 60)  # height, width of every picture
VOC = """<annotation><filename>wrong.jpg</filename><size><width>60</width><height>40</height></size>
<object><name>cat</name><bndbox><xmin>10</xmin><ymin>5.5</ymin><xmax>99</xmax><ymax>20</ymax></bndbox></object>
<object><name>tail</name><bndbox><xmin>x</xmin></bndbox></object></annotation>"""


def make_samples(tmp_path: Path) -> list[Sample]:
    """Write the pictures and name them as samples."""
    for path in PICTURES:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        Image.new("RGB", SIZE[::-1]).save(tmp_path / path)
    return [Sample(path.rsplit(".", 1)[0], path, path[:3]) for path in PICTURES]


def write(path: Path, content: Any) -> Path:
    """A text, or anything else as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def read(root: Path, samples: list[Sample], name: str = "Annotations") -> Regions:
    """What this folder says of the samples."""
    return read_regions(root / name, samples, root)
