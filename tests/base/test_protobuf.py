"""Fields of a protobuf message, compared with the official library's own writing."""

import pytest
from onnx import StringStringEntryProto, TensorProto

from gradcam_core.base.protobuf import fields, messages, text


def test_numbers_texts_and_messages() -> None:
    tensor = TensorProto(dims=[300], data_type=1, name="weights", float_data=[1.5])
    tensor.external_data.append(StringStringEntryProto(key="location", value="a.bin"))
    content = memoryview(tensor.SerializeToString())
    assert dict(fields(content))[2] == 1 and text(content, 8) == "weights"
    (entry,) = messages(content, 13)
    assert (text(entry, 1), text(entry, 2), text(entry, 3)) == ("location", "a.bin", "")


def test_eight_and_four_bytes_are_stepped_over() -> None:
    content = memoryview(b"\x09" + bytes(8) + b"\x15" + bytes(4) + b"\x1a\x01z")
    assert [number for number, _ in fields(content)] == [1, 2, 3]


@pytest.mark.parametrize(
    "content", [b"\x0a\x05ab", b"\x80" * 12, b"\x08", b"\x0b", b"\x02\x00", b"\x0d\x00"]
)
def test_what_is_no_message(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"field|number"):
        list(fields(memoryview(content)))
