import csv
import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.door import open_run
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.verdicts import contents, reviews_of
from tests.run_factory import make_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = make_run(tmp_path)
    opened = open_run(path)
    for sample, comment in (("sample-00001", "=1+1"), ("sample-00002", "")):
        content = contents(opened, opened.table, [sample])[sample]
        reviews_of(opened).record_all([Act("tiny", sample, content, "Ana", "unsure", comment)])
    (opened.root / "pictures" / "002.png").write_bytes(b"another picture")
    return path


def test_verdicts_are_printed_and_what_changed_is_said(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verdicts", str(run)]) == 0
    said = capsys.readouterr()
    assert 'Ana: unsure  sample sample-00001  "=1+1"' in said.out and "sample-00002" not in said.out
    assert "changed since it was judged, its verdicts are left out: sample sample-00002" in said.err


def test_as_json_as_a_table_and_in_python_they_are_the_same(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verdicts", str(run), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows == open_run(run).verdicts.to_dict("records") and rows[0]["comment"] == "=1+1"
    assert main(["verdicts", str(run), "--csv", str(tmp_path / "v.csv")]) == 0
    (row,) = csv.DictReader((tmp_path / "v.csv").open(encoding="utf-8"))
    assert row["verdict"] == "unsure" and not row["comment"].startswith("=")


def test_a_run_without_verdicts_says_where_to_give_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verdicts", str(make_run(tmp_path))]) == 0
    assert "no verdicts yet" in capsys.readouterr().out


def test_a_database_that_cannot_be_reached_is_one_sentence(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_REVIEWS_URL", "mysql://ana:secret@host/x")
    assert main(["verdicts", str(run)]) == 2
    said = capsys.readouterr().err
    assert "expected SQLite or PostgreSQL in GRADCAM_REVIEWS_URL" in said and "secret" not in said
