"""A TensorFlow Lite file looked at before any library opens it: are all its operators its own?

The numbers are those of the fields in schema.fbs (github.com/tensorflow/tensorflow), which is a FlatBuffer.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from gradcam_core.base.errors import ModelError, UntrustedModelError

MAGIC = b"TFL3"
MODEL_OPERATORS = 1
OPERATOR_OLD_CODE, OPERATOR_CUSTOM, OPERATOR_CODE = 0, 1, 3
CUSTOM = 32
LARGEST = 2**31 - 1
MOST = 10_000
FLEX = "Flex"
EXPECTED = "a TensorFlow Lite network of its built-in operators"


def check_operators(path: Path) -> None:
    """Raise where the file at ``path`` asks for operators that are not TensorFlow Lite's own.

    Raises:
        UntrustedModelError: custom operators, or Flex operators, which run all of TensorFlow.
        ModelError: damaged or too large.
    """
    if path.stat().st_size > LARGEST:
        raise ModelError(EXPECTED, f"{path.name} is larger than 2 GB", "export the network alone")
    try:
        custom = sorted(set(_custom(path.read_bytes())))
    except (struct.error, ValueError) as error:
        raise ModelError(
            "a readable TensorFlow Lite file",
            f"{path.name} is damaged ({error})",
            "copy or download it again",
        ) from error
    if custom:
        flex = any(name.startswith(FLEX) for name in custom)
        raise UntrustedModelError(
            EXPECTED,
            f"{'Flex' if flex else 'custom'} operators in {path.name}: {', '.join(custom[:6])}",
            "convert it again with tf.lite.OpsSet.TFLITE_BUILTINS only, or give the Keras model",
        )


def _custom(data: bytes) -> Iterator[str]:
    """Names of the operators that are not built in."""
    root = _number("<I", data, 0)
    for operator in _tables(data, root, MODEL_OPERATORS):
        old, new = (
            _number(kind, data, place) if place else 0
            for kind, place in (
                ("<b", _field(data, operator, OPERATOR_OLD_CODE)),
                ("<i", _field(data, operator, OPERATOR_CODE)),
            )
        )
        if CUSTOM in (old, new):
            place = _field(data, operator, OPERATOR_CUSTOM)
            yield _text(data, place) if place else "without a name"


def _number(kind: str, data: bytes, place: int) -> int:
    if place < 0:
        raise ValueError("a place before its beginning")
    return int(struct.unpack_from(kind, data, place)[0])


def _field(data: bytes, table: int, number: int) -> int:
    """Where a table's field lies; 0 where it is left out."""
    directory = table - _number("<i", data, table)
    if 4 + 2 * number >= _number("<H", data, directory):
        return 0
    offset = _number("<H", data, directory + 4 + 2 * number)
    return table + offset if offset else 0


def _tables(data: bytes, table: int, number: int) -> Iterator[int]:
    place = _field(data, table, number)
    if not place:
        return
    vector = place + _number("<I", data, place)
    count = _number("<I", data, vector)
    if count > MOST:
        raise ValueError(f"{count} operators")
    for position in range(count):
        entry = vector + 4 + 4 * position
        yield entry + _number("<I", data, entry)


def _text(data: bytes, place: int) -> str:
    start = place + _number("<I", data, place)
    length = _number("<I", data, start)
    return data[start + 4 : start + 4 + min(length, 80)].decode("utf-8", "replace")
