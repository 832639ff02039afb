"""Which samples belong to one patient, subject or scene: what is resampled as a whole."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

UNIT_NAMES = (
    "patient", "patient_id", "patientid", "subject", "subject_id", "person", "person_id", "animal_id",
    "group", "group_id", "source_id", "case_id", "study_id", "scene", "scene_id", "video", "video_id",
)  # fmt: skip
OWN_UNIT = "picture"  # column of runs whose rows are objects
FEWEST_UNITS = 40


def units_of(table: pd.DataFrame) -> tuple[NDArray[np.object_] | None, str]:
    """(N,) what each sample belongs to, and the column that says so; None, "" where there is none.

    A column counts by its name (:data:`UNIT_NAMES`) and where it tells at least 40 units apart, some with
    several samples, so that each half holds twenty. A sample without a value stands alone. Without such a
    column samples of one picture belong together.
    """
    for column in table.columns:
        name = str(column).removeprefix("meta_").lower().replace(" ", "_").replace("-", "_")
        if column != OWN_UNIT and (not str(column).startswith("meta_") or name not in UNIT_NAMES):
            continue
        values = table[column]
        if FEWEST_UNITS <= values.nunique() < values.notna().sum():
            alone = "sample " + table["sample_id"].astype(str)
            return values.astype(str).where(values.notna(), alone).to_numpy(dtype=object), str(column)
    if "path" in table and FEWEST_UNITS <= table["path"].nunique() < len(table):
        return table["path"].to_numpy(dtype=object), "path"
    return None, ""
