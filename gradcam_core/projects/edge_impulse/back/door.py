"""Where a run's samples lie in Studio, asked of the folder it was made from and of the key."""

from pathlib import Path

from gradcam_core.base.errors import SourceError
from gradcam_core.base.files import read_json
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.credentials import (
    DEFAULT_HOST,
    host_from_environment,
    key_from_environment,
)
from gradcam_core.projects.edge_impulse.api.fields import Document
from gradcam_core.projects.edge_impulse.describe.discover import project_of_key
from gradcam_core.projects.edge_impulse.fetch.layout import ORIGIN

ID = "meta_edge_impulse_id"  # column of a run: the sample's number in Studio, and @start of a window


def client_of(host: str | None) -> Client:
    """A client for the server that user or environment name; no run folder says where a key goes.

    Raises:
        SourceError: no key, or an address that cannot be used.
    """
    return Client(key_from_environment(), host or host_from_environment() or DEFAULT_HOST)


def project_of(client: Client, root: Path, wanted: int | None) -> int:
    """The number of the project that the key belongs to, and that the run was made from.

    Args:
        client: with the key.
        root: of the run's pictures; its ``edge-impulse.json`` says where they came from.
        wanted: for keys that belong to several projects.

    Raises:
        SourceError: the run is of another project or server, or the key does not say which it belongs to.
    """
    number = project_of_key(client, "" if wanted is None else str(wanted))
    origin = _origin(root)
    about, host = origin.get("project"), origin.get("host")
    made_from = about.get("id") if isinstance(about, dict) else None
    if made_from not in (None, number) or host not in (None, client.base.host):
        raise SourceError(
            f"a key of project {made_from} on {host}, which the run was made from",
            f"one of project {number} on {client.base.host}",
            "set EI_API_KEY to a key of that project, or --host to its server",
        )
    return number


def _origin(root: Path) -> Document:
    try:
        found = read_json(root / ORIGIN)
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def number_of(sample: str) -> str | None:
    """The sample's number in Studio, without the start of a window; None for a file of an export."""
    number = sample.split("@", maxsplit=1)[0]
    return number if number.isdecimal() else None
