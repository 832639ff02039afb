from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import URL

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.reviews.database import VARIABLE, downgrade, engine_of, upgrade, url_for
from gradcam_core.runs.reviews.schema import METADATA
from gradcam_core.runs.reviews.store import Reviews


def lite(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "reviews.sqlite"))


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    with engine_of(lite(tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_sqlite_writes_ahead_so_that_readers_wait_for_nobody(tmp_path: Path) -> None:
    with engine_of(lite(tmp_path)).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    engine = sa.create_engine(lite(tmp_path))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(AuditError, match="update this program"):
        engine_of(lite(tmp_path))


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "reviews.sqlite").write_text("no database " * 200)
    with pytest.raises(AuditError, match="not a database"):
        engine_of(lite(tmp_path))


def test_verdicts_lie_beside_the_runs_or_where_the_url_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert url_for(tmp_path).database == str(tmp_path / "reviews.sqlite")
    monkeypatch.setenv(VARIABLE, "postgresql://ana:secret@host:5433/verdicts")
    asked = url_for(tmp_path)
    assert (asked.drivername, asked.host, asked.port) == ("postgresql+psycopg", "host", 5433)


@pytest.mark.parametrize("bad", ["reviews", "mysql://ana:secret@host/verdicts", "sqlite://", "://secret"])
def test_another_url_is_refused_without_its_password(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, bad)
    with pytest.raises(AuditError, match=VARIABLE) as caught:
        url_for(Path("runs"))
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(AuditError) as caught:
        engine_of(URL.create("postgresql+psycopg", "ana", "secret", "127.0.0.1", 1, "verdicts"))
    assert "secret" not in str(caught.value) and "127.0.0.1:1" in str(caught.value)


def test_migrations_go_both_ways_and_keep_every_verdict(tmp_path: Path) -> None:
    reviews = Reviews(lite(tmp_path))
    said = Act("pets", "s1", "ab", "Ana", "shortcut", "the ruler")
    drawn = Act("pets", "s1", "ab", "Ana", kind="region", outline="[[0,0,1,0,1,1]]")
    reviews.record_all([said, drawn])
    reviews.set("pets", "words", ["a", "b", "c", "d"], "Ana")
    with engine_of(reviews.url).begin() as connection:
        downgrade(connection, "0001")
        columns = {column["name"] for column in sa.inspect(connection).get_columns("acts")}
        assert "outline" not in columns
    with engine_of(reviews.url).begin() as connection:
        upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert reviews.acts("pets") == [said]
    assert reviews.settings("pets") == {"words": ["a", "b", "c", "d"]}


def test_every_migration_can_be_taken_back(tmp_path: Path) -> None:
    engine = engine_of(lite(tmp_path))
    with engine.begin() as connection:
        downgrade(connection, "base")
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}
    with engine.begin() as connection:
        upgrade(connection)
        assert {"acts", "settings"} <= set(sa.inspect(connection).get_table_names())
