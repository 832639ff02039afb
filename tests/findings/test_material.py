"""The arrays that findings are made from."""

import numpy as np

from gradcam_core.findings.material import Material
from tests.findings.findings_made import material


def test_half_a_patient_is_not_a_patient() -> None:
    """Values are averaged over the samples of a unit; rows without a value do not count."""
    whole = material(n=4)
    grouped = Material(
        *(whole.table, whole.class_names, whole.maps, whole.cover, whole.pictures, whole.embeddings),
        whole.discover, units=np.array(["a", "a", "b", "b"], dtype=object),
    )  # fmt: skip
    values, rows = np.array([1.0, 3.0, 5.0, np.nan]), np.ones(4, bool)
    assert grouped.per_unit(values, rows).tolist() == [2.0, 5.0]
    assert whole.per_unit(values, rows).tolist() == [1.0, 3.0, 5.0]
