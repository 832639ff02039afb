"""Who may come in and what they may do: doors, roles, the gate before every page, the start."""

from ui.access.entry import Door, closed_because, door
from ui.access.person import (
    badge,
    gate,
    identity,
    is_signed_in,
    may,
    needs,
    role,
    said_role,
)
from ui.access.requests import is_let_in, is_shared_openly
from ui.access.roles import Role
from ui.access.start import begin

__all__ = [
    "Door",
    "Role",
    "badge",
    "begin",
    "closed_because",
    "door",
    "gate",
    "identity",
    "is_let_in",
    "is_shared_openly",
    "is_signed_in",
    "may",
    "needs",
    "role",
    "said_role",
]
