"""The database by its URL: SQLite in WAL mode beside the runs, or PostgreSQL; brought up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from gradcam_core.base.errors import AuditError
from gradcam_core.base.extras import extra
from gradcam_core.base.text import short
from gradcam_core.runs.reviews import FILE, VARIABLE

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_S = 30  # for another writer
LOCK = 7_214_330_961  # any number: who migrates a PostgreSQL database holds it
EXAMPLE = "such as postgresql://user:password@host/database"


def url_for(runs: Path) -> URL:
    """Where the verdicts of the runs below ``runs`` are kept: by the environment, else a file beside them.

    Raises:
        AuditError: ``GRADCAM_REVIEWS_URL`` is no URL of SQLite or PostgreSQL.
    """
    asked = os.environ.get(VARIABLE, "").strip()
    if not asked:
        return URL.create("sqlite", database=str(runs.resolve() / FILE))
    try:
        url = make_url(asked)
    except (ArgumentError, ValueError):
        raise AuditError(f"a database URL in {VARIABLE}", "something else", f"set it, {EXAMPLE}") from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database:
        return url
    raise AuditError(f"SQLite or PostgreSQL in {VARIABLE}", kind, f"set it, {EXAMPLE}")


@lru_cache(maxsize=16)
def engine_of(url: URL) -> sa.Engine:
    """The engine of a database that is up to date; one per process and URL.

    Raises:
        AuditError: it cannot be reached, written, or is of a newer version of this program.
    """
    lite = url.get_backend_name() == "sqlite"
    waiting: dict[str, Any] = {"timeout": WAIT_S} if lite else {"connect_timeout": 10}
    with reaching(url), extra("postgres", "a PostgreSQL database of verdicts"):
        engine = sa.create_engine(url, connect_args=waiting, pool_pre_ping=True)
        if lite:
            sa.event.listen(engine, "connect", _write_ahead)
        _up_to_date(engine)
    return engine


def _write_ahead(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an act that was confirmed survives a power cut
    cursor.close()


def _up_to_date(engine: sa.Engine) -> None:
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        if _version(connection) == newest:
            return
    with engine.begin() as connection:
        lite = engine.dialect.name == "sqlite"
        hold = "BEGIN IMMEDIATE" if lite else f"SELECT pg_advisory_xact_lock({LOCK})"
        connection.exec_driver_sql(hold)
        if _version(connection) != newest:
            upgrade(connection)


def upgrade(connection: sa.Connection) -> None:
    """Bring a database up to date within the transaction of ``connection``."""
    command.upgrade(_config(connection), "head")


def downgrade(connection: sa.Connection, revision: str) -> None:
    """Bring a database back to what an older version of this program reads.

    Args:
        connection: within its transaction.
        revision: of that version, ``"base"`` for an empty database; see ``migrations/versions``.
    """
    command.downgrade(_config(connection), revision)


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _version(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def reaching(url: URL) -> Iterator[None]:
    """Turn whatever the database raises into an :class:`AuditError` that names it without its password."""
    try:
        yield
    except (SQLAlchemyError, NoSuchModuleError, OSError) as error:
        where = url.render_as_string(hide_password=True)
        said = short(str(getattr(error, "orig", None) or error).split("\n")[0], 300)
        todo = (
            f"check that it runs and that {VARIABLE} is right; for SQLite, that the folder can be written"
        )
        raise AuditError(f"the verdicts in {where}", said, todo) from error
    except Exception as error:  # Alembic's own errors have no common class but Exception's
        if type(error).__module__.startswith("alembic"):
            said = short(str(error), 300)
            raise AuditError(
                "a database of verdicts of this version", said, "update this program"
            ) from error
        raise
