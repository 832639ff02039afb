"""The steps of the Analyse page: name a project, see what was understood, start, watch, open."""

from ui.analyse.ask import ask
from ui.analyse.running import audits, look
from ui.analyse.understood import understood

__all__ = ["ask", "audits", "look", "understood"]
