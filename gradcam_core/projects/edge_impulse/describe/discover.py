"""Key -> project -> impulse -> learn block: the calls that say what is to be audited."""

from collections.abc import Callable

from gradcam_core.base.errors import SourceError
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Denied, Failed
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required, text, whole
from gradcam_core.projects.edge_impulse.describe.blocks import LearnBlock, choose_block, learn_blocks
from gradcam_core.projects.edge_impulse.describe.described import (
    DescribedBlock,
    Identity,
    describe,
    impulse_identifier,
)
from gradcam_core.projects.edge_impulse.describe.impulses import (
    check_impulse,
    impulses_fact,
    list_impulses,
)
from gradcam_core.projects.edge_impulse.describe.tasks import meanings
from gradcam_core.projects.edge_impulse.fetch.model_file import blocks_offered
from gradcam_core.projects.overrides import Overrides


def understand(client: Client, project: str, answers: Overrides) -> DescribedBlock:
    """Everything about the project that has to be known before its data are fetched.

    What the key may not read is guessed with a warning, or asked for.

    Args:
        client: with the key.
        project: id, or "" for the key's own project.
        answers: of the user.

    Raises:
        SourceError, ProjectError: what is missing, and how to say it.
    """
    identity = identify(client, project, answers)
    known = list_impulses(client, identity.project_id)
    check_impulse(known, answers.impulse)
    params = {"impulseId": identity.impulse_id}
    path = f"/api/{identity.project_id}"
    notes: list[Fact] = []
    impulse = allowed(lambda: _impulse(client, path, params), "the impulse", notes)
    blocks = learn_blocks(impulse)
    if not impulse:
        blocks = [*blocks_offered(client, identity.project_id, identity.impulse_id, answers.block)]
    chosen = choose_block(blocks, answers.block, lambda block: metadata_of(client, path, block))
    dsp: Document = {}
    if len(chosen.block.dsp) == 1:
        address = f"{path}/dsp/{chosen.block.dsp[0]}"
        dsp = allowed(lambda: client.get(address), "the image block", notes)
    number = identity.impulse_id or impulse_identifier(impulse)
    identity = Identity(
        identity.project_id,
        identity.name,
        number,
        (*identity.facts, *impulses_fact(known, number), *notes),
        identity.anomalies,
    )
    return describe(identity, impulse, chosen, dsp, answers)


def identify(client: Client, project: str, answers: Overrides) -> Identity:
    """Project id, name and impulse id.

    Raises:
        SourceError: the key belongs to no project, or its project cannot be read off it.
    """
    facts: list[Fact] = []
    number = project_of_key(client, project)
    info = allowed(lambda: client.get(f"/api/{number}"), "the project's page", facts)
    about = info.get("project")
    name = (text(about, "name") if isinstance(about, dict) else None) or f"project {number}"
    impulse = answers.impulse if answers.impulse is not None else whole(info, "defaultImpulseId")
    facts.insert(0, Fact("project", f"{name} ({number})", "read", f"from {client.base.host}"))
    if impulse is not None:
        given = answers.impulse is not None
        why = "" if given else "the project's default; another one with --impulse ID"
        facts.insert(1, Fact("impulse", str(impulse), "given" if given else "read", why))
    return Identity(number, name, impulse, tuple(facts), meanings(info))


def project_of_key(client: Client, project: str) -> int:
    """The number that is given, else of the project that the key belongs to.

    Raises:
        SourceError: no number, or the key does not say which project it belongs to.
    """
    if project:
        if not project.isdecimal():
            raise SourceError("a project's number after edge-impulse:", repr(project), "correct it")
        return int(project)
    try:
        info = client.get("/api/projects/api-key-info")
        return int(required(info, "projectId", int, "GET /api/projects/api-key-info"))
    except Denied as error:
        return _only_project(client, error)


def _only_project(client: Client, first: Denied) -> int:
    """The one project that the key lists; the first refusal stands where this is refused, too."""
    try:
        listed = objects(client.get("/api/projects"), "projects")
    except Denied:
        raise first from None
    if len(listed) != 1:
        raise SourceError(
            "a key that belongs to one project",
            f"one that sees {len(listed)} projects",
            "name the project: edge-impulse:NUMBER",
        )
    return int(required(listed[0], "id", int, "GET /api/projects"))


def _impulse(client: Client, path: str, params: dict[str, int | None]) -> Document:
    document = client.get(f"{path}/impulse", params).get("impulse")
    if not isinstance(document, dict):
        raise SourceError(
            f"an impulse in answer to GET {path}/impulse",
            "none: the project has no impulse yet",
            "create one in Studio, or choose another with --impulse ID",
        )
    return document


def metadata_of(client: Client, path: str, block: LearnBlock) -> Document:
    """A learn block's metadata; ``hasTrainedModel`` False with the reason where there is none yet."""
    try:
        return client.get(f"{path}/training/keras/{block.id}/metadata", {"excludeLabels": True})
    except Failed as error:
        return {"hasTrainedModel": False, "error": error.found}


def allowed(ask: Callable[[], Document], what: str, notes: list[Fact]) -> Document:
    """The answer, or nothing with a note where this key may not ask."""
    try:
        return ask()
    except Denied as error:
        warning = f"this key may not read {what} ({error.found}); what it says is guessed"
        notes.append(Fact(what, "not read", "guessed", "the key's role is too small", warning))
        return {}
