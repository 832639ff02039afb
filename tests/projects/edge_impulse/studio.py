"""A Studio on loopback that keeps to the contract, and breaks it where a test asks for that."""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.reply import Query, Reply, error, said

NOT_READONLY = ("/impulse", "/impulses", "/dsp/2", "/jobs/export", "/export/get-url", f"/api/{toy.PROJECT}")


Fault = Callable[[int, str], Reply | None]  # (number of the request, its path) -> instead of the answer


@dataclass
class Studio:
    """What the server answers; tests change fields before they ask."""

    url: str = ""
    storage: str = ""
    key: str = toy.KEY
    role: str = "admin"
    blocks: list[dict] = field(
        default_factory=lambda: [
            replies.learn_block(4, "anomaly-gmm", "Anomaly"),
            replies.learn_block(toy.BLOCK, "keras-transfer-image", "Transfer"),
        ]
    )
    input: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)  # replaces fields of the project's page
    metadata: dict[int, dict] = field(default_factory=lambda: {toy.BLOCK: replies.metadata(toy.CLASSES)})
    channels: str = "RGB"
    default_impulse: int | None = toy.IMPULSE
    impulses: tuple[int, ...] = (toy.IMPULSE,)
    samples: list[dict] = field(default_factory=toy.samples)
    page: int = 5  # never more per page, whatever is asked for
    downloads: list[tuple[str, str]] = field(
        default_factory=lambda: [
            ("TensorFlow Lite (float32)", "tflite-float"),
            ("Keras model", "tflite-h5"),
        ]
    )
    files: dict[str, bytes] = field(default_factory=dict)
    results: dict[str, dict[int, str]] = field(default_factory=dict)  # variant -> sample -> answer
    export: bytes = b""
    export_created: str = "2026-03-02T10:00:30.000Z"
    job_created: str = "2026-03-02T10:00:00.000Z"
    polls: int = 2
    job_succeeds: bool = True
    log_lines: list[str] = field(default_factory=lambda: ["Job failed", "disk is full"])  # newest first
    fault: Fault = lambda _number, _path: None
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)  # host, path?query, headers
    at_once: Counter = field(default_factory=Counter)
    delay: Callable[[str], None] = lambda _path: None

    def count(self, part: str) -> int:
        """How many requests had this in their path."""
        return sum(part in path for _, path, _ in self.asked)

    def answer(self, path: str, query: dict[str, str], method: str) -> Reply:
        """The reply of the API itself."""
        base = f"/api/{toy.PROJECT}"
        if self.role == "readonly" and (path in NOT_READONLY or path.endswith(NOT_READONLY[:5])):
            return error("Insufficient permissions", 403)
        if path == "/api/projects/api-key-info":
            info = {"success": True, "apiKeyId": 1, "projectId": toy.PROJECT, "role": self.role}
            return said("GetCurrentApiKeyInfoResponse", info)
        if path == "/api/projects":
            listed = [replies.project(toy.PROJECT, "Pets")]
            return said("ListProjectsResponse", {"success": True, "projects": listed})
        if not path.startswith(base):
            return error("No such project", 404)
        return self.of_project(path.removeprefix(base), query, method)

    def of_project(self, path: str, query: dict[str, str], method: str) -> Reply:
        """Of the first pattern that fits."""
        for pattern, reply in ROUTES:
            found = re.fullmatch(pattern, f"{method} {path}")
            if found:
                return reply(self, query, *found.groups())
        return error("Not found", 404)

    def info(self, _query: dict[str, str]) -> Reply:
        about = (toy.PROJECT, "Pets", sorted(toy.CLASSES), len(self.samples), self.default_impulse)
        return said("ProjectInfoResponse", {**replies.project_info(*about), **self.about})

    def impulse(self, query: dict[str, str]) -> Reply:
        number = int(query.get("impulseId", toy.IMPULSE))
        if number != toy.IMPULSE:
            return error("Impulse not found", 404)
        if not self.blocks:
            return said("GetImpulseResponse", {"success": True})
        found = replies.impulse(number, self.blocks, **self.input)
        return said("GetImpulseResponse", {"success": True, "impulse": found})

    def all_impulses(self, _query: dict[str, str]) -> Reply:
        found = [replies.impulse(number, self.blocks, **self.input) for number in self.impulses]
        return said("GetAllImpulsesResponse", {"success": True, "impulses": found, "maxImpulseCount": 3})

    def learn_metadata(self, _query: dict[str, str], block: str) -> Reply:
        known = self.metadata.get(int(block))
        return said("KerasModelMetadataResponse", known) if known else error("No trained model yet")

    def dsp(self, _query: dict[str, str]) -> Reply:
        return said("DSPConfigResponse", replies.dsp_config(self.channels))

    def offered(self, _query: dict[str, str]) -> Reply:
        return said("ProjectDownloadsResponse", {"success": True, "downloads": self.offers()})

    def model(self, _query: dict[str, str], name: str) -> Reply:
        known = toy.model_zip() if name == "tflite-h5" else b"xxxxTFL3"
        return Reply(200, self.files.get(name, known), "application/zip")

    def picture(self, _query: dict[str, str], number: str) -> Reply:
        return Reply(200, self.files.get(number) or toy.picture(int(number) - 9000), "image/jpeg")

    def start_job(self, _query: dict[str, str]) -> Reply:
        return said("StartJobResponse", {"success": True, "id": toy.JOB})

    def job(self, _query: dict[str, str], number: str) -> Reply:
        self.polls -= 1
        ended = None if self.polls > 0 else self.job_succeeds
        found = replies.job(int(number), self.job_created, ended)
        return said("GetJobResponse", {"success": True, "job": found})

    def log(self, _query: dict[str, str]) -> Reply:
        lines = [{"created": replies.THEN, "data": text} for text in self.log_lines]
        return said("LogStdoutResponse", {"success": True, "stdout": lines, "totalCount": len(lines)})

    def export_url(self, _query: dict[str, str]) -> Reply:
        where = {"created": self.export_created, "url": f"{self.storage}/export.zip?signature=s3cret"}
        return said("ExportGetUrlResponse", {"success": True, "hasExport": True, **where})

    def classified(self, query: dict[str, str]) -> Reply:
        """A page of *Model testing*; a variant that was not tested is an error."""
        known = self.results.get(query.get("variant", "float32"))
        if known is None:
            return error("No classification results for this variant")
        page = replies.tested(
            known, self.samples, int(query["offset"]), min(self.page, int(query["limit"]))
        )
        return said("ClassifyJobResponsePage", page)

    def offers(self) -> list[dict]:
        link = f"/v1/api/{toy.PROJECT}/learn-data/{toy.BLOCK}/model/"
        return [{"name": kind, "type": kind, "link": link + name} for kind, name in self.downloads]

    def listed(self, query: dict[str, str]) -> Reply:
        assert query["sortBy"] and query["excludeSensors"] == "true"
        listed = [one for one in self.samples if query["category"] in ("all", one["category"])]
        start = int(query["offset"])
        page = listed[start : start + min(self.page, int(query["limit"]))]
        found = {"success": True, "samples": page, "totalCount": len(listed)}
        return said("ListSamplesResponse", found)


ROUTES: list[tuple[str, Callable[..., Reply]]] = [
    ("GET ", Studio.info),
    ("GET /impulse", Studio.impulse),
    ("GET /impulses", Studio.all_impulses),
    (r"GET /training/keras/(\d+)/metadata", Studio.learn_metadata),
    ("GET /dsp/2", Studio.dsp),
    ("GET /downloads", Studio.offered),
    (r"GET /learn-data/\d+/model/([\w-]+)", Studio.model),
    ("GET /raw-data", Studio.listed),
    (r"GET /raw-data/(\d+)/image", Studio.picture),
    ("GET /classify/all/result/page", Studio.classified),
    ("POST /jobs/export/original", Studio.start_job),
    (r"GET /jobs/(\d+)/status", Studio.job),
    (r"GET /jobs/\d+/stdout", Studio.log),
    ("GET /export/get-url", Studio.export_url),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet: no delayed acknowledgement to wait for
    studio: Studio
    is_storage = False
    lock = threading.Lock()

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def handle_one_call(self) -> None:
        url, studio = urlsplit(self.path), self.studio
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        with self.lock:
            studio.asked.append(("storage" if self.is_storage else "api", self.path, dict(self.headers)))
            number = len(studio.asked)
            studio.at_once["now"] += 1
            studio.at_once["most"] = max(studio.at_once["now"], studio.at_once["most"])
        studio.delay(url.path)
        try:
            query = Query({k: v[0] for k, v in parse_qs(url.query).items()})
            query.body = json.loads(body) if body else {}
            self.reply(self.answer(number, url.path, query))
        finally:
            with self.lock:
                studio.at_once["now"] -= 1

    def answer(self, number: int, path: str, query: dict[str, str]) -> Reply:
        if self.is_storage:
            body = self.studio.export if "export" in path else toy.model_zip()
            return self.studio.fault(number, path) or Reply(200, body, "application/zip")
        fault = self.studio.fault(number, path)
        if fault:
            return fault
        if self.headers.get("x-api-key") != self.studio.key:
            return error("Invalid API key", 401)
        return self.studio.answer(path.removeprefix("/v1"), query, self.command)

    def reply(self, found: Reply) -> None:
        self.send_response(found.status)
        self.send_header("content-type", found.kind)
        self.send_header("content-length", str(len(found.body)))
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(found.body[: len(found.body) // 2] if found.drop else found.body)
        if found.drop:
            self.close_connection = True

    do_GET = do_POST = handle_one_call


@contextmanager
def serve(studio: Studio) -> Iterator[Studio]:
    """Run the API and, on another port, the storage that it points to."""
    servers = []
    for storage in (False, True):
        handler = type("Bound", (Handler,), {"studio": studio, "is_storage": storage})
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
    studio.url, studio.storage = (f"http://127.0.0.1:{one.server_port}" for one in servers)
    for one in servers:
        threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield studio
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()
