"""Every term that the pages use and a newcomer may not know, each explained in one sentence. Data."""

import html
import re
from collections.abc import Mapping

TERMS: Mapping[str, str] = {
    "focus ruler": "How far the heat lies off the object: 0 as tight as the grid allows, 1 like a map that "
    "is the same everywhere, 2 all on the background.",
    "floor": "The best score that a grid of this size allows for this object: cells are coarse.",
    "chance": "What a map that is the same everywhere would score.",
    "uniform": "A map that is the same everywhere, as if the model looked nowhere in particular.",
    "LayerCAM": "A method for heat on finer layers: each cell counts by its own gradient.",
    "Grad-CAM": "The usual method: the last layer's channels, weighted by how much they raise the class.",
    "squash": "The picture is stretched to the network's shape, each axis alone; nothing is cut off.",
    "fine maps": "Heat at a layer with smaller cells; classic maps are of the last layer.",
    "trust in the maps": "Whether heat changes when the weights are made random, and whether blurring hot "
    "places moves the answer more than blurring others.",
    "Cliff's delta": "How clearly two groups differ: 0 not at all, 1 every value of one above the other's.",
    "Cramér's V": "How strongly two properties occur together: 0 not at all, 1 always.",
    "filler": "What fills the place that an edit empties; every edit is tried with two, the weaker counts.",
    "control edit": "The same kind of edit without the cue: what changes there too is no evidence.",
    "swap-tiles": "A background put together from small tiles of other pictures' backgrounds.",
    "inpaint": "The emptied place is filled from what surrounds it.",
    "Hide below": "Leaves out heat below this share of the scale.",
    "Fade cold": "Cold places become clear, so that the picture can be read.",
    "Contour 50 %": "A line around the heat above half of the map's peak.",
    "Cells": "The map's own cells instead of a smooth surface.",
    "99th percentile": "The brightest colour stands for what all but one cell in a hundred stay below.",
    "Pointing game": "Whether the hottest cell lies on the object.",
    "Concentration": "How few cells hold the heat: 0 spread evenly, 1 all in one.",
    "Margin (log-odds)": "How far the answer is from changing: 0 undecided, above 0 for the named class.",
    "Map": "ok: there is heat to look at; empty: nothing speaks for the class.",
    "q": "The expected share of false alarms among all that is at least as clear as this.",
    "lift of a classifier": "How much better a small classifier on the cue alone guesses than one that "
    "always names the commonest class.",
    "power 0.8": "The smallest effect that such a test would show in 8 of 10 cases.",
    "seed": "The number that fixes every random choice, so that a search can be repeated exactly.",
    "alike in": "By what samples are placed near each other: their maps, or what the network sees.",
    "resampling": "Drawing the samples again and again, to see how far a number could lie by luck.",
    "pooling of gradients": "How the gradients of a channel become one weight: mean, or sum of sizes.",
    "engine": "The program that runs the network; the fast one is checked against TensorFlow.",
    "95 % interval": "Where the true value lies in 95 of 100 such searches.",
    "points": "Percentage points: from 5 % to 55 % is 50 points.",
    "background": "All of the picture that is not the object.",
    "reliance": "The share of the answers that the cue decides: change it alone and so many follow.",
    "cue": "Something in the picture that goes with the class and is not the object.",
}

HOVER = tuple(
    sorted(
        ("focus ruler", "Cliff's delta", "Cramér's V", "control edit", "fillers", "filler", "swap-tiles",
         "inpaint", "LayerCAM", "Grad-CAM", "95 % interval", "points", "squash", "seed", "reliance"),
        key=len, reverse=True,
    )
)  # fmt: skip
"""Terms that stand out in running text; the others are explained where they stand alone, as labels."""
_FOUND = re.compile("|".join(rf"(?<!\w){re.escape(html.escape(term))}(?!\w)" for term in HOVER))


def meaning(term: str) -> str:
    """One sentence; "" for what the glossary does not know."""
    known = {name.lower(): said for name, said in TERMS.items()}
    return known.get(term.lower()) or known.get(term.lower().removesuffix("s"), "")


def marked(escaped: str) -> str:
    """HTML text with the first occurrence of every term explained on hover."""
    seen: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        said = meaning(html.unescape(match[0]))
        if not said or said in seen:
            return match[0]
        seen.add(said)
        return f'<abbr title="{html.escape(said, quote=True)}">{match[0]}</abbr>'

    return _FOUND.sub(mark, escaped)
