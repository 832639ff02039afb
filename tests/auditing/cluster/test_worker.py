"""What a machine is sent."""

from pathlib import Path

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
