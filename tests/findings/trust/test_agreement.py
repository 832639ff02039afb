"""Agreement between methods."""

import numpy as np

from gradcam_core.findings.trust import check_maps
from tests.findings.trust.networks import Learned


def test_agreement_counts_pictures_on_which_the_focus_differs(inputs):
    cover = np.zeros((20, 10, 12), dtype=np.float32)
    cover[:, 2:8, 2:8] = 1
    cover[0] = np.nan
    said = {}
    for fault in ("", "uneven"):
        (report,) = check_maps(Learned(fault), inputs, {"classic": "grad-cam"}, cover=cover)
        said[fault] = next(check.sentence for check in report.checks if check.name == "agreement")
    assert said[""].endswith("Their focus differs by more than 0.2 on 0 of 19 pictures.")
    changed = int(said["uneven"].rsplit(" on ", 1)[1].split(" of ")[0])
    assert 0 < changed <= 19
