"""Faults of a server, once or always."""

from tests.projects.edge_impulse.studio import Fault, Reply


def always(part: str, reply: Reply) -> Fault:
    return lambda _number, path: reply if part in path else None
