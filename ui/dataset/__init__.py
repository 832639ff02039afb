"""The Data page: name a data set, see what can be said of it without any model."""

from ui.dataset.ask import ask
from ui.dataset.found import found

__all__ = ["ask", "found"]
