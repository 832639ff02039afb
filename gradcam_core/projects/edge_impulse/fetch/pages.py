"""Samples page by page, each once, whatever is added, deleted or moved meanwhile."""

from collections.abc import Iterator, Mapping

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress
from gradcam_core.projects.edge_impulse.api.client import Client, Value
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, required

PAGE = 500
PASSES = 5  # through the list, before one that never stops changing is given up


def every_sample(
    client: Client, project_id: int, query: Mapping[str, Value], progress: Progress
) -> Iterator[tuple[int, Document]]:
    """(id, sample), each once. Where samples left the list while it was read, others moved over the edge of
    a page; the list is then read again, until it stood still.

    Raises:
        SourceError: a call failed, or the list still changed after several passes.
    """
    seen: set[int] = set()
    for _ in range(PASSES):
        totals, here = set[int](), set[int]()
        for total, page in _pages(client, project_id, query):
            totals.add(total)
            for one in page:
                number = required(one, "id", int, "the list of samples")
                here.add(number)
                if number not in seen:
                    seen.add(number)
                    yield number, one
            progress("listing samples", len(seen), max(total, len(seen)))
        if totals == {len(here)}:
            return
    raise SourceError(
        f"a list of samples in project {project_id} that stands still",
        f"{PASSES} passes of {min(totals):,} to {max(totals):,} samples: it changes while it is read",
        "start again when nobody is uploading, moving or deleting samples",
    )


def _pages(
    client: Client, project_id: int, query: Mapping[str, Value]
) -> Iterator[tuple[int, list[Document]]]:
    """(number of samples in the list, samples of a page), until a page is empty or all were passed."""
    path, offset, total = f"/api/{project_id}/raw-data", 0, 1
    while offset < total:
        document = client.get(path, {**query, "limit": PAGE, "offset": offset})
        page = objects(document, "samples")
        total = required(document, "totalCount", int, f"GET {path}")
        yield total, page
        if not page:
            return
        offset += len(page)
