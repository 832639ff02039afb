"""What a machine is sent."""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from gradcam_core.auditing.cluster.worker import model_files, put_down


def test_a_model_travels_as_files(tmp_path: Path) -> None:
    (tmp_path / "saved" / "variables").mkdir(parents=True)
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"graph")
    (tmp_path / "saved" / "variables" / "v.index").write_bytes(b"numbers")
    there = put_down(model_files(tmp_path / "saved"), tmp_path / "there")
    assert there == tmp_path / "there" / "saved"
    assert (there / "variables" / "v.index").read_bytes() == b"numbers"
    (tmp_path / "m.keras").write_bytes(b"one file")
    assert put_down(model_files(tmp_path / "m.keras"), tmp_path / "x").read_bytes() == b"one file"


def test_weights_beside_an_onnx_file_travel_with_it(tmp_path: Path) -> None:
    path = tmp_path / "here" / "model.onnx"
    (path.parent / "w").mkdir(parents=True)
    values = numpy_helper.from_array(np.arange(300, dtype=np.float32), "values")
    x, y = (helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [300]) for name in ("x", "y"))
    graph = helper.make_graph([helper.make_node("Add", ["x", "values"], ["y"])], "sum", [x], [y], [values])
    external = {"save_as_external_data": True, "location": "w/model.data", "size_threshold": 0}
    onnx.save(helper.make_model(graph), path, **external)
    (path.parent / "of_somebody_else.txt").write_text("stays")
    files = model_files(path)
    assert list(files) == ["model.onnx", "w/model.data"]
    there = put_down(files, tmp_path / "there")
    assert there == tmp_path / "there" / "model.onnx"
    assert numpy_helper.to_array(onnx.load(there).graph.initializer[0])[-1] == 299
