"""What each edit did to the picture, in the words of a page."""

from collections.abc import Mapping

EDIT_WORDS: Mapping[str, str] = {
    "background-swap": "background swapped",
    "background-neutralise": "background neutralised",
    "object-removal": "object removed",
    "spot-removal": "spot removed",
    "patch-insertion": "mark pasted in",
    "part-removal": "part of the object painted over",
    "part-insertion": "part of the object pasted in",
    "noise": "noise added",
    "photometry": "overall look moved",
    "border-crop": "border cropped",
    "band-swap": "margins swapped",
}
"""Edit -> what was done to the picture; an edit without an entry is said as it is named."""
