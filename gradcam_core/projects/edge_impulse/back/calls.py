"""The calls that read how samples stand in Studio, and change them."""

from collections.abc import Mapping
from typing import cast

from gradcam_core.base.progress import Progress
from gradcam_core.projects.edge_impulse.api.client import Client, Value
from gradcam_core.projects.edge_impulse.api.fields import required
from gradcam_core.projects.edge_impulse.back.changes import Change, Standing, standing_of
from gradcam_core.projects.edge_impulse.fetch.pages import every_sample

EVERY: Mapping[str, Value] = {
    "category": "all",
    "includeDisabled": "both",
    "sortBy": "id-desc",
    "excludeSensors": True,
}


def list_standing(client: Client, project: int, progress: Progress) -> dict[str, Standing]:
    """Sample id -> how it stands, of every sample of the project, disabled ones too.

    Raises:
        SourceError: which call failed and what to do.
    """
    return {str(number): standing_of(one) for number, one in every_sample(client, project, EVERY, progress)}


def look(client: Client, project: int, sample: str) -> Standing:
    """How one sample stands now.

    Raises:
        SourceError: which call failed and what to do.
    """
    path = f"/api/{project}/raw-data/{sample}"
    answer = client.get(path, {"limitPayloadValues": 1})
    return standing_of(required(answer, "sample", dict, f"GET {path}"))


def make(client: Client, project: int, change: Change, now: Standing) -> None:
    """Make one change. Studio replaces all metadata of a sample, so those of others are sent along.

    Raises:
        SourceError: which call failed and what to do.
    """
    path = f"/api/{project}/raw-data/{change.sample}"
    if change.field == "metadata":
        ours = now.of("metadata")
        kept = {
            key: value for key, value in now.metadata.items() if key not in cast(Mapping[str, str], ours)
        }
        client.post(f"{path}/metadata", {"metadata": {**kept, **cast(Mapping[str, str], change.after)}})
    elif change.field == "category":
        client.post(f"{path}/move", {"newCategory": change.after})
    else:
        client.post(f"{path}/{'disable' if change.after else 'enable'}", {})
