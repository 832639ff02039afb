"""XML of annotation tools: which one a file is of, and its root, safely parsed."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse

UNREADABLE = (ParseError, DefusedXmlException, ValueError, LookupError, OSError)
_FIRST = re.compile(rb"<([A-Za-z_][\w.-]*)")
_HEAD = 4096


def first_tag(path: Path) -> str:
    """The name of the outermost element; empty where there is none."""
    try:
        with path.open("rb") as file:
            found = _FIRST.search(file.read(_HEAD))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def root_of(path: Path) -> Element:
    """The outermost element.

    Raises:
        ParseError, DefusedXmlException, ValueError, LookupError, OSError: see ``UNREADABLE``.
    """
    root = parse(path).getroot()
    if root is None:
        raise ValueError("no root element")
    return root
