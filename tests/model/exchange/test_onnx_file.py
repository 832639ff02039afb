"""ONNX files from strangers: standard operations, weights of their own folder, no damage; else a reason."""

import random
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper

from gradcam_core.base.errors import AuditError, ModelError, UntrustedModelError
from gradcam_core.model import formats
from gradcam_core.model.code_check import checked
from gradcam_core.model.exchange.onnx_file import companions, is_onnx, read_onnx
from tests.model.exchange.one_operation import around, kernel
from tests.model.exchange.onnx_of_keras import node


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return around(tmp_path, [node("Relu", "a", "b")])


def outside(file: Path, location: str) -> Path:
    """The same file with one weight's numbers in ``location``."""
    model = onnx.load(file)
    weight = model.graph.initializer[0]
    weight.ClearField("raw_data")
    weight.data_location = onnx.TensorProto.EXTERNAL
    entry = weight.external_data.add()
    entry.key, entry.value = "location", location
    file.write_bytes(model.SerializeToString())
    return file


def test_what_wrote_it(file: Path) -> None:
    assert read_onnx(file).producer == "tests" and companions(file) == ()
    assert formats.recognise(file).title == "ONNX"


def test_told_by_content_and_not_by_name(file: Path) -> None:
    renamed = file.rename(file.with_suffix(".h5"))
    assert formats.recognise(renamed).kind == "onnx"


def test_operations_of_others_are_refused_by_name_also_with_trust(tmp_path: Path) -> None:
    custom = helper.make_node("Run", ["a"], ["b"], name="shell", domain="com.example")
    path = around(tmp_path, [custom], imports=[helper.make_opsetid("com.example", 1)])
    with pytest.raises(UntrustedModelError, match=r"Run of 'com\.example' in 'shell'"):
        checked(formats.recognise(path))


def test_operations_in_inner_graphs_and_functions_are_seen(tmp_path: Path) -> None:
    inner = helper.make_graph(
        [helper.make_node("Run", ["a"], ["b2"], name="deep", domain="evil")],
        "inner",
        [],
        [helper.make_tensor_value_info("b2", 1, None)],
    )
    chosen = node("If", "yes", "b", then_branch=inner, else_branch=inner)
    path = around(tmp_path, [chosen], {"yes": np.array(True)})
    with pytest.raises(UntrustedModelError, match="deep"):
        read_onnx(path)
    function = helper.make_function(
        "own",
        "F",
        ["i"],
        ["o"],
        [helper.make_node("Run", ["i"], ["o"], name="hidden", domain="evil")],
        [helper.make_opsetid("evil", 1)],
    )
    called = helper.make_node("F", ["a"], ["b"], name="call", domain="own")
    path = around(tmp_path, [called], functions=[function], imports=[helper.make_opsetid("own", 1)])
    with pytest.raises(UntrustedModelError, match="hidden"):
        read_onnx(path)


@pytest.mark.parametrize(
    "location", ["../weights", "/etc/passwd", "a/../../b", "..\\weights", "C:\\weights", ""]
)
def test_weights_outside_the_folder_are_refused(location: str, file: Path) -> None:
    outside(file, location)
    with pytest.raises(UntrustedModelError):
        read_onnx(file)
    assert companions(file) == ()


def test_a_link_that_leads_out_is_refused(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret"
    elsewhere.write_bytes(bytes(4000))
    (file.parent / "weights").symlink_to(elsewhere)
    with pytest.raises(UntrustedModelError, match="leads out"):
        read_onnx(outside(file, "weights"))


def test_weights_beside_it_count_and_have_to_be_there(file: Path) -> None:
    numbers = kernel(1, 6, 3, 3, 3).tobytes()
    outside(file, "model.data")
    with pytest.raises(ModelError, match=r"model\.data.*not there"):
        read_onnx(file)
    beside = file.parent / "model.data"
    beside.write_bytes(numbers)
    assert companions(file) == (beside,)
    before = formats.content_hash(file)
    beside.write_bytes(numbers[::-1])
    assert formats.content_hash(file) != before


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_have_a_reason(seed: int, file: Path) -> None:
    rng, content = random.Random(seed), bytearray(file.read_bytes())
    if seed % 2:
        content = content[: rng.randrange(1, len(content))]
    for _ in range(8):
        content[rng.randrange(len(content))] = rng.randrange(256)
    file.write_bytes(bytes(content))
    try:
        checked(formats.recognise(file))
    except AuditError as error:
        assert error.todo


def test_graphs_in_graphs_without_end(tmp_path: Path) -> None:
    graph = helper.make_graph([node("Relu", "a", "b")], "g", [], [])
    for _ in range(12):
        graph = helper.make_graph(
            [node("If", "yes", "b", then_branch=graph, else_branch=graph)][:1], "g", [], []
        )
        for attribute in graph.node[0].attribute[1:]:
            graph.node[0].attribute.remove(attribute)
    path = tmp_path / "m.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    assert is_onnx(path)
    with pytest.raises(ModelError, match="deep"):
        read_onnx(path)
