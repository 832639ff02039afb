"""Ways to damage a finished run: its files cut, emptied, garbled, removed; its manifest changed by key."""

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Damage = Callable[[Path], None]
VALUES: tuple[Any, ...] = (None, 0, -1, 1e300, "x", "", [], {}, True, [1], {"a": 1}, "x" * 100_000)
FILES = ("manifest.json", "samples.parquet", "heatmaps.npy", "fine_heatmaps.npy", "outlines.parquet")
FURTHER = (
    "findings.json",
    "trust.json",
    "clusters.parquet",
    "associations.parquet",
    "examples/examples.json",
)


def cut(name: str, run: Path) -> None:
    data = (run / name).read_bytes()
    (run / name).write_bytes(data[: len(data) // 2])


def empty(name: str, run: Path) -> None:
    (run / name).write_bytes(b"")


def garble(name: str, run: Path) -> None:
    data = bytearray((run / name).read_bytes())
    data[: len(data) // 2] = bytes((one * 7 + 3) % 256 for one in data[: len(data) // 2])
    (run / name).write_bytes(bytes(data))


def remove(name: str, run: Path) -> None:
    (run / name).unlink()


def folder(name: str, run: Path) -> None:
    (run / name).unlink()
    (run / name).mkdir()


def link(name: str, run: Path) -> None:
    (run / name).unlink()
    (run / name).symlink_to("/etc/passwd")


def pipe(name: str, run: Path) -> None:
    (run / name).unlink()
    os.mkfifo(run / name)


def text(name: str, content: str, run: Path) -> None:
    (run / name).write_text(content)


KINDS = (cut, empty, garble, remove, folder, link, pipe)


def set_field(keys: tuple[str, ...], value: Any, run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text())
    place = manifest
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    (run / "manifest.json").write_text(json.dumps(manifest))


def drop_field(keys: tuple[str, ...], run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text())
    place = manifest
    for key in keys[:-1]:
        place = place[key]
    del place[keys[-1]]
    (run / "manifest.json").write_text(json.dumps(manifest))


def drop_column(name: str, run: Path) -> None:
    pq.write_table(pq.read_table(run / "samples.parquet").drop_columns([name]), run / "samples.parquet")


def numbers_for_words(name: str, run: Path) -> None:
    table = pq.read_table(run / "samples.parquet").to_pandas()
    table[name] = range(len(table)) if table[name].dtype.kind not in "fi" else "a word"
    table.to_parquet(run / "samples.parquet", index=False)


def fields(manifest: Any, lead: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of the manifest, three levels down."""
    for key, value in manifest.items():
        yield (*lead, key)
        if isinstance(value, dict) and len(lead) < 2:
            yield from fields(value, (*lead, key))


def of_manifest(run: Path) -> dict[str, Damage]:
    """Name -> damage, for each field."""
    manifest = json.loads((run / "manifest.json").read_text())
    found: dict[str, Damage] = {}
    for keys in fields(manifest):
        name = ".".join(keys)
        found[f"{name} missing"] = partial(drop_field, keys)
        for value in VALUES:
            found[f"{name} = {str(value)[:12]!r} {type(value).__name__}"] = partial(set_field, keys, value)
    return found


def of_columns(run: Path) -> dict[str, Damage]:
    """Name -> damage, for each column of the table."""
    names = pq.read_schema(run / "samples.parquet").names
    lost: dict[str, Damage] = {f"no column {name}": partial(drop_column, name) for name in names}
    return lost | {f"column {name} of another kind": partial(numbers_for_words, name) for name in names}


ODD_JSON: dict[str, Damage] = {
    "deep JSON": partial(text, "manifest.json", '{"a":' * 20_000 + "1" + "}" * 20_000),
    "a number of 5,000 digits": partial(text, "manifest.json", '{"schema_version": ' + "9" * 5_000 + "}"),
    "a list": partial(text, "manifest.json", "[1]"),
    "null": partial(text, "manifest.json", "null"),
    "NaN": partial(text, "manifest.json", '{"schema_version": NaN}'),
}


def of_files(names: tuple[str, ...] = (*FILES, *FURTHER)) -> dict[str, Damage]:
    """Name -> damage, for each file."""
    found: dict[str, Damage] = {
        f"{name} {kind.__name__}": partial(kind, name) for name in names for kind in KINDS
    }
    return found
