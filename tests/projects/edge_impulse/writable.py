"""A Studio whose samples can be changed: each body is held against the official bindings first."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.projects.edge_impulse.contract import checked
from tests.projects.edge_impulse.reply import Reply, error, said
from tests.projects.edge_impulse.studio import Studio, serve


class WritableStudio(Studio):
    """``refuses`` names samples whose changes fail; ``calls`` are the changes that were made."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)
        self.refuses: set[str] = set()
        self.calls: list[str] = []
        self.before_write: Callable[[str], None] = lambda path: None

    def sample(self, number: str) -> dict[str, Any]:
        return next(one for one in self.samples if one["id"] == int(number))

    def of_project(self, path: str, query: Any, method: str) -> Reply:
        found = re.fullmatch(r"/raw-data/(\d+)(?:/(metadata|move|disable|enable))?", path)
        if not found:
            return super().of_project(path, query, method)
        if method == "GET":
            assert query["limitPayloadValues"] == "1" and found[2] is None
            return self.one(found[1])
        return self.change(found[1], found[2], query.body)

    def one(self, number: str) -> Reply:
        empty = {"device_type": "", "sensors": [], "values": [], "intervalMs": 0.0, "frequencyHz": 0.0}
        more = {"payload": empty, "totalPayloadLength": 0, "datastreamPayloads": []}
        return said("GetSampleResponse", {"success": True, "sample": self.sample(number), **more})

    def change(self, number: str, what: str, body: dict[str, Any]) -> Reply:
        self.before_write(number)
        if self.role == "readonly":
            return error("Insufficient permissions", 403)
        if number in self.refuses:
            return error("Sample is locked")
        sample = self.sample(number)
        if what == "metadata":
            sample["metadata"] = checked("SetSampleMetadataRequest", body)["metadata"]
        elif what == "move":
            sample["category"] = checked("MoveRawDataRequest", body)["newCategory"]
        else:
            assert body == {}
            sample["isDisabled"] = what == "disable"
        self.calls.append(f"{what} {number}")
        return said("GenericApiResponse", {"success": True})


@contextmanager
def writable(**fields: Any) -> Iterator[WritableStudio]:
    """Running, with the toy's samples."""
    with serve(WritableStudio(**fields)) as running:
        assert isinstance(running, WritableStudio)
        yield running
