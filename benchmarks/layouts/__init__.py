"""Small copies of published data-set layouts, opened with the package's own reader.

    python -m benchmarks.layouts --write docs/layouts.md

Each layout is drawn with a handful of pictures whose labels and objects are known.
"""

from benchmarks.layouts import folders, lists, packed, tables, tools, yolo_coco_voc
from benchmarks.layouts.drawing import LAYOUTS, Layout, Truth

__all__ = ["LAYOUTS", "Layout", "Truth", "folders", "lists", "packed", "tables", "tools", "yolo_coco_voc"]
