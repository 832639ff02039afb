"""The steps of the Analyse page: name a project, see what was understood, start, watch, open."""

from ui.analyse.ask import ask
from ui.analyse.running import audits, busy, look
from ui.analyse.understood import understood

__all__ = ["ask", "audits", "busy", "look", "understood"]
