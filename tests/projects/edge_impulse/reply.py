"""What the contract server sends: bytes, or a document that the official bindings take."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.projects.edge_impulse.contract import checked


class Query(dict[str, str]):
    """What stands behind the ``?`` of a request, and the JSON that it carries."""

    body: dict[str, Any]


@dataclass
class Reply:
    """Bytes to send. ``drop`` closes the connection half-way through them."""

    status: int
    body: bytes
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False


def said(kind: str, document: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(checked(kind, document)).encode())


def error(text: str, status: int = 200) -> Reply:
    return said("GenericApiResponse", {"success": False, "error": text}, status)
