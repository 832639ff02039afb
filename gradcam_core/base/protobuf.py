"""The fields of a protobuf message, read one by one from a file that nobody has checked yet.

Only what is asked for is looked at, so weights are stepped over. The format:
protobuf.dev/programming-guides/encoding.
"""

from collections.abc import Iterator

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
LONGEST = 10  # bytes of a varint
Field = int | memoryview


def fields(message: memoryview) -> Iterator[tuple[int, Field]]:
    """Number and value of each field of ``message``: whole numbers, or the bytes of text or a message.

    Raises:
        ValueError: it is no protobuf message, or is cut off.
    """
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, place = _varint(message, place)
            yield number, value
            continue
        if kind == BYTES:
            length, place = _varint(message, place)
        elif kind in (EIGHT, FOUR):
            length = 8 if kind == EIGHT else 4
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if not number or length > len(message) - place:
            raise ValueError("a field that is longer than the file")
        yield number, message[place : place + length]
        place += length


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    found = 0
    for shift, byte in enumerate(message[place : place + LONGEST]):
        found |= (byte & 127) << (7 * shift)
        if byte < 128:
            return found, place + shift + 1
    raise ValueError("a number that does not end")


def messages(message: memoryview, *numbers: int) -> Iterator[memoryview]:
    """The bytes of the fields that have one of the ``numbers``."""
    for number, value in fields(message):
        if number in numbers and isinstance(value, memoryview):
            yield value


def text(message: memoryview, wanted: int) -> str:
    """The last text of the field ``wanted``; "" where there is none."""
    found = [bytes(value) for value in messages(message, wanted)]
    return found[-1].decode("utf-8", "replace") if found else ""
