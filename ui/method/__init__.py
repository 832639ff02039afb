"""The sections of the Method page."""

from ui.method.limits import limits
from ui.method.reading import levels, reading, ruler
from ui.method.tables import methods, scores
from ui.method.terms import terms

__all__ = ["levels", "limits", "methods", "reading", "ruler", "scores", "terms"]
