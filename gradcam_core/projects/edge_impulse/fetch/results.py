"""What Studio's own *Model testing* answered, sample by sample, to be laid beside our answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Denied
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, text, whole

PREDICTION, CORRECT, VARIANT = (
    "edge_impulse_prediction",
    "edge_impulse_correct",
    "edge_impulse_variant",
)
VARIANTS = ("float32", "int8")  # of a network; float32 is what a .h5 holds
PAGE = 500
ASK = "run Studio > Model testing > Classify all and audit again to compare"


@dataclass(frozen=True)
class StudioResults:
    """Sample id -> metadata that says what Studio answered, and a fact about where that is from."""

    of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fact: Fact = field(default_factory=lambda: Fact("Studio's test result", "none", "read", ASK))


def fetch_results(client: Client, project_id: int, impulse_id: int | None) -> StudioResults:
    """The answers of the newest *Model testing*: the float32 network's, else the int8 network's.

    A project that was never tested in Studio, or a key that may not ask, gives none, and the fact says why.

    Raises:
        SourceError: the server is not reached, or does not answer in JSON.
    """
    refused = ""
    for variant in VARIANTS:
        try:
            found = _pages(client, project_id, {"impulseId": impulse_id, "variant": variant})
        except Denied as error:
            refused = error.found
            continue
        several = len(found) != len({one.get("sampleId") for one in found})
        if found and several:
            why = "Studio answered several windows of a sample; these are not compared"
            return StudioResults({}, Fact("Studio's test result", "not compared", "read", why))
        if found:
            answers = {str(one["sampleId"]): _answer(one, variant) for one in found}
            words = f"{len(answers):,} answers of the {variant} network"
            return StudioResults(answers, Fact("Studio's test result", words, "read", "Model testing"))
    why = f"{refused}; {ASK}" if refused else ASK
    return StudioResults({}, Fact("Studio's test result", "none", "read", why))


def _pages(client: Client, project_id: int, params: Mapping[str, int | str | None]) -> list[Document]:
    """Predictions page by page, each once, until a page brings nothing new."""
    path, found = f"/api/{project_id}/classify/all/result/page", dict[tuple[int | None, str], Document]()
    offset, total = 0, 1
    while offset < total:
        page = client.get(path, {**params, "limit": PAGE, "offset": offset})
        total = whole(page, "totalCount") or 0
        listed = [one for one in objects(page, "predictions") if whole(one, "sampleId") is not None]
        if not listed:
            break
        new = {(whole(one, "sampleId"), str(one.get("startMs"))): one for one in listed}
        steps = max(len(objects(page, "result")), len({number for number, _ in new}))
        found |= new
        offset += steps
    return list(found.values())


def _answer(one: Document, variant: str) -> dict[str, str]:
    said = text(one, "prediction") or ""
    right = one.get("predictionCorrect")
    correct = right if isinstance(right, bool) else said == text(one, "label")
    return {PREDICTION: said, CORRECT: "yes" if correct else "no", VARIANT: variant}
