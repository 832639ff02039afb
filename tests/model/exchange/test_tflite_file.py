"""TensorFlow Lite files: custom and Flex operators are refused by name, damage has a reason."""

import struct
from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError, ModelError, UntrustedModelError
from gradcam_core.model import formats
from gradcam_core.model.code_check import checked
from gradcam_core.model.exchange.tflite_file import check_operators


def written(path: Path, *operators: tuple[int, str]) -> Path:
    """A file with these operators (code, custom name) and nothing else, by the official library."""
    import flatbuffers

    builder = flatbuffers.Builder()
    tables = []
    for code, custom in operators:
        name = builder.CreateString(custom) if custom else None
        builder.StartObject(4)
        builder.PrependInt8Slot(0, min(code, 127), 0)
        builder.PrependInt32Slot(3, code, 0)
        if name is not None:
            builder.PrependUOffsetTRelativeSlot(1, name, 0)
        tables.append(builder.EndObject())
    builder.StartVector(4, len(tables), 4)
    for table in reversed(tables):
        builder.PrependUOffsetTRelative(table)
    vector = builder.EndVector()
    builder.StartObject(3)
    builder.PrependUint32Slot(0, 3, 0)
    builder.PrependUOffsetTRelativeSlot(1, vector, 0)
    builder.Finish(builder.EndObject(), file_identifier=b"TFL3")
    path.write_bytes(bytes(builder.Output()))
    return path


def test_its_own_operators_pass(tmp_path: Path) -> None:
    file = formats.recognise(written(tmp_path / "m.tflite", (3, ""), (150, "")))
    assert file.title == "TensorFlow Lite"
    checked(file)


@pytest.mark.parametrize(
    ("name", "said"), [("FlexErf", r"Flex operators.*FlexErf"), ("Mine", "custom operators.*Mine")]
)
def test_others_are_named(name: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path / "m.tflite", (3, ""), (32, name))
    with pytest.raises(UntrustedModelError, match=said):
        checked(formats.recognise(path))


def test_an_operator_without_a_name(tmp_path: Path) -> None:
    with pytest.raises(UntrustedModelError, match="without a name"):
        check_operators(written(tmp_path / "m.tflite", (32, "")))


@pytest.mark.parametrize("cut", range(8, 60, 4))
def test_damaged_files_have_a_reason(cut: int, tmp_path: Path) -> None:
    content = written(tmp_path / "m.tflite", (3, ""), (32, "Mine")).read_bytes()
    for number, bad in enumerate(
        (content[:cut], content[:cut] + struct.pack("<I", 2**31) + content[cut + 4 :])
    ):
        path = tmp_path / f"{number}.tflite"
        path.write_bytes(bad)
        try:
            checked(formats.recognise(path))
        except AuditError as error:
            assert error.todo


def test_too_many_operators(tmp_path: Path) -> None:
    content = bytearray(written(tmp_path / "m.tflite", (3, "")).read_bytes())
    place = content.index(struct.pack("<I", 1), 8)
    content[place : place + 4] = struct.pack("<I", 2**30)
    path = tmp_path / "bad.tflite"
    path.write_bytes(bytes(content))
    with pytest.raises(ModelError, match="damaged"):
        check_operators(path)
