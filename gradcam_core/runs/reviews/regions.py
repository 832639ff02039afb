"""Regions that people drew: which holds now, and their form in an act. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short
from gradcam_core.base.types import Outline
from gradcam_core.runs.reviews.acts import Act, standing

MOST_POLYGONS = 200
DIGITS = 4  # of a share: a ten-thousandth of the picture


@dataclass(frozen=True)
class Drawn:
    """The regions of a run that people drew, and who drew them.

    Attributes:
        own: sample id -> the act that holds; its outline is not empty.
        shared: the act for all pictures without a region of their own; None where nobody drew one.
    """

    own: Mapping[str, Act] = field(default_factory=dict)
    shared: Act | None = None

    def __bool__(self) -> bool:
        return bool(self.own) or self.shared is not None


def drawn_of(acts: Iterable[Act]) -> Drawn:
    """What holds now: of each sample the last region anybody drew, unless it was taken away.

    Args:
        acts: those that bear on a run, under its own ids (:func:`gradcam_core.runs.verdicts.placed`).
    """
    own: dict[str, Act] = {}
    shared: Act | None = None
    for act in standing(acts):
        if act.kind == "region":
            own[act.sample] = act
        elif act.kind == "shared region":
            shared = act
    return Drawn(
        {name: act for name, act in own.items() if act.outline},
        shared if shared is not None and shared.outline else None,
    )


def to_text(outline: Sequence[Sequence[float]]) -> str:
    """Polygons as an act keeps them; "" for none."""
    rounded = [[round(float(value), DIGITS) for value in polygon] for polygon in outline]
    return json.dumps(rounded, separators=(",", ":")) if rounded else ""


def to_outline(text: str) -> Outline:
    """The polygons of an act, each x and y in turns as shares 0..1 of the upright picture.

    Raises:
        AuditError: the text holds no polygons.
    """
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) > MOST_POLYGONS or not all(map(_is_polygon, found)):
        raise AuditError(
            f"at most {MOST_POLYGONS} polygons of shares 0..1 of the picture", short(text), "draw it again"
        )
    return [[float(value) for value in polygon] for polygon in found]


def _is_polygon(value: object) -> bool:
    if not isinstance(value, list) or len(value) < 6 or len(value) % 2:
        return False
    return all(type(one) in (int, float) and 0 <= one <= 1 for one in value)
