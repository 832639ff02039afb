"""``deployment-metadata.json`` of a deployment block: which project, which folders, which blocks."""

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import SourceError
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.credentials import DEFAULT_HOST, KEY_VARIABLE
from gradcam_core.projects.edge_impulse.api.faults import Denied
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required, text, whole
from gradcam_core.projects.edge_impulse.describe import tasks
from gradcam_core.projects.edge_impulse.describe.blocks import LearnBlock, choose_block, learn_blocks
from gradcam_core.projects.edge_impulse.describe.described import DescribedBlock, Identity, describe
from gradcam_core.projects.edge_impulse.describe.discover import allowed, metadata_of
from gradcam_core.projects.edge_impulse.describe.tasks import task_of
from gradcam_core.projects.edge_impulse.headers import read_headers
from gradcam_core.projects.overrides import Overrides

WHERE = "the deployment metadata"


@dataclass(frozen=True)
class Deployment:
    """What the metadata file says. ``key`` is never shown."""

    identity: Identity
    host: str
    key: str = field(repr=False)
    inputs: Path
    output: Path
    classes: tuple[str, ...]
    impulse: Document = field(repr=False)


def read_deployment(file: Path) -> Deployment:
    """Read the metadata file.

    Raises:
        SourceError: not there, not JSON, or without the fields that are needed; never repeats the key.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        kind = f"{type(error).__name__} in {file}"
        raise SourceError("a deployment-metadata.json", kind, "give it with --metadata") from None
    if not isinstance(document, dict):
        raise SourceError("an object in the deployment metadata", f"a {type(document).__name__}")
    project, folders = (
        required(document, "project", dict, WHERE),
        required(document, "folders", dict, WHERE),
    )
    number = required(project, "id", int, WHERE)
    name = text(project, "name") or f"project {number}"
    impulse = whole(project, "impulseId")
    facts = [Fact("project", f"{name} ({number})", "read", WHERE)]
    if impulse is not None:
        facts.append(Fact("impulse", str(impulse), "read", WHERE))
    return Deployment(
        Identity(number, name, impulse, tuple(facts)),
        text(project, "studioHost") or DEFAULT_HOST,
        _key(project),
        Path(required(folders, "input", str, WHERE)),
        Path(required(folders, "output", str, WHERE)),
        tuple(str(one) for one in document.get("classes") or ()),
        required(document, "impulse", dict, WHERE),
    )


def _key(project: Document) -> str:
    key = text(project, "apiKey") or os.environ.get(KEY_VARIABLE, "")
    if not key:
        raise SourceError(
            f"an API key as project.apiKey in {WHERE}",
            "none",
            "set privileged in parameters.json and create a development key (Studio > Dashboard > Keys)",
        )
    return key


def understand_deployment(client: Client, deployment: Deployment, answers: Overrides) -> DescribedBlock:
    """As ``discover.understand``; blocks come from the metadata, and what the API refuses from headers.

    Raises:
        SourceError, ProjectError: as there.
    """
    path = f"/api/{deployment.identity.project_id}"
    thresholds = {
        one.get("id"): one.get("thresholds") for one in objects(deployment.impulse, "learnBlocks")
    }
    notes: list[Fact] = []

    def metadata(block: LearnBlock) -> Document:
        try:
            return metadata_of(client, path, block)
        except Denied as error:
            found: dict[str, Any] = read_headers(deployment.inputs)
            warning = f"the key may not read the block's metadata ({error.found}); taken from C headers"
            notes.append(
                Fact("metadata", ", ".join(found) or "none", "guessed", "model-parameters", warning)
            )
            return {"classNames": list(deployment.classes), "thresholds": thresholds.get(block.id), **found}

    chosen = choose_block(learn_blocks(deployment.impulse), answers.block, metadata)
    named = chosen.metadata.get("classNames") or []
    if deployment.classes and list(deployment.classes) != list(named):
        other = f"{WHERE} lists {', '.join(deployment.classes)}; the block's own order is used"
        notes.append(Fact("classes", ", ".join(deployment.classes), "read", WHERE, other))
    known = tasks.DEFAULT
    if task_of(deployment.impulse, chosen) == tasks.TASK:
        known = tasks.meanings(allowed(lambda: client.get(path), "the project's page", notes))
    facts = (*deployment.identity.facts, *notes)
    identity = replace(deployment.identity, facts=facts, anomalies=known)
    return describe(identity, deployment.impulse, chosen, {}, answers)
