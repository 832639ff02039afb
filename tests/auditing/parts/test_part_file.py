"""What a cluster audit is made of, without a cluster: pieces, part files, storage, mirrors."""

import numpy as np

from gradcam_core.auditing.parts.part_file import from_bytes, to_bytes
from tests.auditing.parts.made import part


def test_a_part_comes_back_as_it_was() -> None:
    given = part("a", "b", "c")
    found, about = from_bytes(to_bytes(given, {"engine": "tensorflow"}))
    assert about == {"engine": "tensorflow"}
    assert found.outlines == given.outlines
    assert {name: array.dtype for name, array in found.arrays.items()} == {
        "heatmaps.npy": np.float32,
        "embeddings.npy": np.float16,
    }
    np.testing.assert_array_equal(found.arrays["heatmaps.npy"], given.arrays["heatmaps.npy"])
    for name, values in given.columns.items():
        assert list(map(str, found.columns[name])) == list(map(str, values)), name
    assert all(type(value) is np.float32 for value in found.columns["score"])
