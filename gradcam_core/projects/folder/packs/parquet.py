"""Parquet and Arrow files with the pictures inside, as Hugging Face's ``datasets`` writes them.

A picture is a struct of ``bytes`` and ``path``, or bytes alone; what whole numbers are called stands in the
schema's metadata (huggingface.co/docs/datasets/about_dataset_features).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gradcam_core.base.columns import PATH_COLUMNS, first_of, plain_names
from gradcam_core.projects.folder.packs import LABEL, MOST_OF_ONE, OBJECTS, PACKS, Item, Pack
from gradcam_core.projects.folder.packs._features import looks_like_picture
from gradcam_core.projects.folder.sample_table import LABEL_COLUMNS

ROWS = 16  # at a time
MOST_OF_GROUP = 2**34  # bytes of a row group, which is the most that is decoded at once
_BOXES, _CATEGORIES = "bbox", ("category", "categories", "label", "labels")


def _parquet_takes(file: Path) -> bool:
    if file.suffix.lower() != ".parquet":
        return False
    try:
        return picture_column(pq.read_schema(file)) is not None
    except (OSError, ValueError, pa.ArrowException):
        return False


def _arrow_takes(file: Path) -> bool:
    return file.suffix.lower() == ".arrow"


def picture_column(schema: pa.Schema) -> str | None:
    """The column with pictures: one that says so, else one of bytes that is called as pictures are."""
    told = _told(schema).items()
    said = [name for name, kind in told if isinstance(kind, dict) and kind.get("_type") == "Image"]
    held = [one.name for one in schema if _holds_bytes(one.type)]
    likely = [name for name in said if name in held] or held
    return first_of(plain_names(likely), (*PATH_COLUMNS, "pixel_values", "bytes", "jpg", "png")) or next(
        iter(name for name in likely if name in said), None
    )


def _holds_bytes(kind: pa.DataType) -> bool:
    if pa.types.is_struct(kind):
        return any(one.name == "bytes" and _is_bytes(one.type) for one in kind)
    return _is_bytes(kind)


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _told(schema: pa.Schema) -> Mapping[str, Any]:
    """Column -> what ``datasets`` wrote about it."""
    try:
        found = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))["info"]["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _names(kind: object) -> list[str] | None:
    """Names of the numbers of a ClassLabel, also where each row has several."""
    if isinstance(kind, list) and len(kind) == 1:
        return _names(kind[0])
    if not isinstance(kind, dict):
        return None
    names = kind.get("names")
    if kind.get("_type") == "ClassLabel" and isinstance(names, list):
        return [str(name) for name in names]
    return _names(kind.get("feature"))


def label_column(schema: pa.Schema) -> str | None:
    """The column with the label: one that is called so, else the first whose numbers have names."""
    told, names = _told(schema), plain_names(schema.names)
    named = [name for name in schema.names if _names(told.get(name)) is not None]
    return first_of(names, LABEL_COLUMNS) or next(iter(named), None)


def _classes(file: Path) -> tuple[str, ...]:
    with _opened(file) as found:
        schema = found.schema_arrow if isinstance(found, pq.ParquetFile) else found.schema
    column = label_column(schema)
    return tuple(_names(_told(schema).get(column or "")) or ())


def _opened(file: Path) -> Any:
    if file.suffix.lower() == ".parquet":
        return pq.ParquetFile(file)
    with file.open("rb") as opened:
        is_file = opened.read(6) == b"ARROW1"
    source = pa.OSFile(str(file))
    return pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)


def _batches(found: Any) -> Iterator[pa.RecordBatch]:
    if isinstance(found, pq.ParquetFile):
        for number in range(found.num_row_groups):
            if found.metadata.row_group(number).total_byte_size > MOST_OF_GROUP:
                raise ValueError(f"a row group of more than {MOST_OF_GROUP:,} bytes")
        yield from found.iter_batches(batch_size=ROWS)
        return
    stream = map(found.get_batch, range(found.num_record_batches)) if hasattr(found, "get_batch") else found
    for batch in stream:
        yield from (batch.slice(start, ROWS) for start in range(0, batch.num_rows, ROWS))


def _items(file: Path) -> Iterator[Item]:
    with _opened(file) as found:
        schema = found.schema_arrow if isinstance(found, pq.ParquetFile) else found.schema
        picture, label, told = picture_column(schema), label_column(schema), _told(schema)
        if picture is None:
            raise ValueError(f"no column with pictures among {', '.join(schema.names[:8])}")
        for batch in _batches(found):
            for row in batch.to_pylist():
                yield _item(row, picture, label, told)


def _item(row: Mapping[str, Any], picture: str, label: str | None, told: Mapping[str, Any]) -> Item:
    held = row[picture]
    data, path = (held.get("bytes"), held.get("path")) if isinstance(held, dict) else (held, None)
    rest = {name: value for name, value in row.items() if name not in (picture, label)}
    plain = {name: value for name, value in rest.items() if _is_plain(value)}
    columns = {name: _named(value, _names(told.get(name))) for name, value in plain.items()}
    if label is not None and (said := _named(row[label], _names(told.get(label)))) is not None:
        columns[LABEL] = "|".join(map(str, said)) or "none" if isinstance(said, list) else str(said)
    if boxes := _objects(row.get(OBJECTS), told.get(OBJECTS)):
        columns[OBJECTS] = boxes
    name = PurePosixPath(str(path)).name if path else ""
    if not isinstance(data, bytes) or not looks_like_picture(data) or len(data) > MOST_OF_ONE:
        lost = "no picture of a known format in this row"
        return Item(None, name, columns, reason=lost if data else "no picture in this row")
    return Item(data, name, columns)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _named(value: Any, names: Sequence[str] | None) -> Any:
    """A number by its name; -1 is none (a test set whose labels are not told)."""
    if isinstance(value, list):
        return [one for one in (_named(one, names) for one in value) if one is not None]
    if names is None or not isinstance(value, int):
        return value
    return names[value] if 0 <= value < len(names) else None if value == -1 else str(value)


def _objects(found: object, told: object) -> dict[str, list[Any]] | None:
    """Boxes of one picture, as a struct of lists or a list of structs."""
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        found = {key: [one.get(key) for one in found] for key in (found[0] if found else ())}
    if not isinstance(found, dict) or not isinstance(found.get(_BOXES), list):
        return None
    kind = next((name for name in _CATEGORIES if isinstance(found.get(name), list)), "")
    inner = told[0] if isinstance(told, list) and told else told
    inner = inner.get("feature", inner) if isinstance(inner, dict) else {}
    names = _names(inner.get(kind)) if isinstance(inner, dict) else None
    return {"bbox": found[_BOXES], "categories": _named(found.get(kind, []), names)}


BROKEN = (pa.ArrowException,)
PACKS.add("parquet", Pack("Parquet", _parquet_takes, _items, _classes, BROKEN))
PACKS.add("arrow", Pack("Arrow", _arrow_takes, _items, _classes, BROKEN))
