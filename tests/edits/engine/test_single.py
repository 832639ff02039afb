"""The edits of one picture."""

import pandas as pd

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.single import edit_one, write_edits
from tests.edits.made import BOX, by_ground, scenes_for

SWAP = ["background-swap"]


def test_one_sample_alone_gives_its_rows_of_the_whole_table(tmp_path):
    scenes = scenes_for(by_ground)
    suspicion = Suspicion("fixed-marker/red/1", "fixed-marker", "red", ("s003",), {"s003": BOX})
    table = run_checks(scenes, by_ground, None, [suspicion], seed=4, only=["noise", *SWAP, "spot-removal"])
    alone = edit_one(scenes, 3, by_ground, [suspicion], seed=4, only=["noise", *SWAP, "spot-removal"])
    rows = write_edits(scenes, alone, tmp_path)
    whole = table[table["sample_id"] == "s003"].drop(columns="unusual").reset_index(drop=True)
    pd.testing.assert_frame_equal(
        pd.DataFrame(rows).drop(columns="picture").astype(whole.dtypes.to_dict()), whole
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(row["picture"] for row in rows)
    assert len(rows) == 12
