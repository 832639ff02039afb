"""Parts of the object that recur in one class and are hot: pixels inside objects, places, the search."""

from gradcam_core.findings.search.parts.recurring import search

__all__ = ["search"]
