"""The other way to the test data: an export job, and only an export that is newer than the job."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress
from gradcam_core.base.unzip import extract
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Denied, said
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required, text
from gradcam_core.projects.edge_impulse.labels_file import TESTING, Exported, read_export

POLL = 5.0  # seconds between two looks, as Edge Impulse's own client
LONGEST = 3600.0  # seconds that a job may take
SETTLE = 12  # looks at the list of exports after the job is done
FOLDER = "export"


def fetch_export(client: Client, project_id: int, folder: Path, progress: Progress) -> Sequence[Exported]:
    """Start an export, wait for it, unpack its test data below ``folder/export``.

    Raises:
        SourceError: the job fails or takes too long, there is no new export, or the zip is no good.
    """
    job = _start(client, project_id)
    started = _wait(client, project_id, job, progress)
    url = _address(client, project_id, started)
    archive, target = folder / "export.zip", folder / FOLDER
    progress("fetching the export", 0, 1)
    try:
        client.download_public(url, archive)
        rmtree(target, ignore_errors=True)
        extract(archive, target, _is_test_data, "the export")
    finally:
        archive.unlink(missing_ok=True)
    progress("fetching the export", 1, 1)
    return read_export(target)


def _is_test_data(name: str) -> bool:
    return name.startswith(f"{TESTING}/") or name == "info.labels"


def _start(client: Client, project_id: int) -> int:
    path = f"/api/{project_id}/jobs/export/original"
    document = client.post(path, {"uploaderFriendlyFilenames": False, "retainCrops": False})
    return int(required(document, "id", int, f"POST {path}"))


def _wait(client: Client, project_id: int, job: int, progress: Progress) -> datetime:
    """When the job was created, once it has succeeded."""
    path, waited = f"/api/{project_id}/jobs/{job}/status", 0.0
    while True:
        state = required(client.get(path), "job", dict, f"GET {path}")
        if state.get("finishedSuccessful") is True:
            return moment(required(state, "created", str, f"GET {path}"))
        if state.get("finishedSuccessful") is False:
            raise _failed(client, project_id, job)
        if waited >= LONGEST:
            found = f"it still runs after {waited:.0f} seconds"
            raise SourceError(f"the export job {job} to end", found, "look at it in Studio; start again")
        progress("waiting for the export job (s)", int(waited), int(waited) + 1)
        client.wait(POLL)
        waited += POLL


def _failed(client: Client, project_id: int, job: int) -> SourceError:
    """The error for a failed job, with the end of its log."""
    try:
        log = objects(client.get(f"/api/{project_id}/jobs/{job}/stdout", {"limit": 5}), "stdout")
    except Denied:
        log = []
    lines = [text(one, "data") or "" for one in reversed(log)]  # newest first on the wire
    words = client.clean(said(" / ".join(line.strip() for line in lines if line.strip())))
    return SourceError(
        f"the export job {job} to succeed",
        f"it failed{f': {words}' if words else ''}",
        "look at it in Studio > Dashboard > Export, or leave --via export out",
    )


def _address(client: Client, project_id: int, started: datetime) -> str:
    """Where the new export lies; an earlier one is never taken."""
    path = f"/api/{project_id}/export/get-url"
    latest: Document = {}
    for look in range(SETTLE):
        if look:
            client.wait(POLL)
        latest = client.get(path)
        created = text(latest, "created")
        if latest.get("hasExport") is True and created and moment(created) >= started:
            return str(required(latest, "url", str, f"GET {path}"))
    raise SourceError(
        f"an export newer than the job ({started:%Y-%m-%d %H:%M:%S} UTC)",
        f"the newest is of {text(latest, 'created') or 'no known time'}",
        "start again, or leave --via export out",
    )


def moment(text: str) -> datetime:
    """A time as the API writes it, in UTC.

    Raises:
        SourceError: not a time.
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise SourceError("a time such as 2026-01-31T12:00:00.000Z", repr(text)) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
