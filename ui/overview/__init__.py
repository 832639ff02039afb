"""The sections of the Overview. Each is one function that draws one answer."""

from ui.overview.classes import confusion, focus, mean_heat
from ui.overview.findings import findings
from ui.overview.frame import banner, choose_maps, subject, understood
from ui.overview.skipped import skipped

__all__ = [
    "banner",
    "choose_maps",
    "confusion",
    "findings",
    "focus",
    "mean_heat",
    "skipped",
    "subject",
    "understood",
]
