"""Acts and settings in their database: added, read, never changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL

from gradcam_core.runs.reviews.acts import JUDGED, Act, utc
from gradcam_core.runs.reviews.database import engine_of, reaching, url_for
from gradcam_core.runs.reviews.schema import ACTS, SETTINGS

FIELDS = tuple(column for column in ACTS.columns if column.name != "number")


@dataclass(frozen=True)
class Reviews:
    """The verdicts of all projects in one database."""

    url: URL

    @property
    def empty(self) -> bool:
        """Nobody has said anything yet: there is no file. Reading does not make one."""
        lite = self.url.get_backend_name() == "sqlite"
        return lite and self.url.database != ":memory:" and not Path(str(self.url.database)).exists()

    def record_all(self, acts: Iterable[Act]) -> int:
        """Add acts, all or none; returns how many were new. An id that is there already adds nothing.

        Raises:
            AuditError: the database cannot be reached or written; nothing was added.
        """
        rows = list({act.id: asdict(act) for act in acts}.values())
        if not rows:
            return 0
        engine = engine_of(self.url)
        insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
        with reaching(self.url), engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # waits for other writers here, not halfway
            adding = insert(ACTS).on_conflict_do_nothing(index_elements=["id"]).returning(ACTS.c.id)
            return len(connection.execute(adding, rows).all())

    def acts(self, project: str, after: int = 0) -> list[Act]:
        """The acts of a project in the order in which they arrived.

        Args:
            project: name of the project.
            after: leave out as many of the first ones.
        """
        if self.empty:
            return []
        chosen = sa.select(*FIELDS).where(ACTS.c.project == project).order_by(ACTS.c.number).offset(after)
        with reaching(self.url), engine_of(self.url).connect() as connection:
            return [Act(**row) for row in connection.execute(chosen).mappings()]

    def count(self, project: str) -> int:
        """How many acts the project has; with it a reader knows whether there is anything new."""
        if self.empty:
            return 0
        chosen = sa.select(sa.func.count()).select_from(ACTS).where(ACTS.c.project == project)
        with reaching(self.url), engine_of(self.url).connect() as connection:
            return int(connection.execute(chosen).scalar_one())

    def regions(self, project: str) -> int:
        """How many acts of the project are about regions; with it one knows whether there is a new one."""
        if self.empty:
            return 0
        chosen = (
            sa.select(sa.func.count())
            .select_from(ACTS)
            .where(ACTS.c.project == project, ACTS.c.kind.not_in(JUDGED))
        )
        with reaching(self.url), engine_of(self.url).connect() as connection:
            return int(connection.execute(chosen).scalar_one())

    def settings(self, project: str) -> dict[str, Any]:
        """What was set for a project, the last value of each name."""
        if self.empty:
            return {}
        chosen = sa.select(SETTINGS.c.name, SETTINGS.c.value).where(SETTINGS.c.project == project)
        with reaching(self.url), engine_of(self.url).connect() as connection:
            rows = connection.execute(chosen.order_by(SETTINGS.c.number))
            return {row.name: row.value for row in rows}

    def set(self, project: str, name: str, value: Any, reviewer: str) -> None:
        """Set something for a project; what was set before stays in the table."""
        row = {"project": project, "name": name, "value": value, "reviewer": reviewer}
        with reaching(self.url), engine_of(self.url).begin() as connection:
            connection.execute(sa.insert(SETTINGS), {**row, "time": utc(datetime.now(UTC))})


def beside(runs: Path) -> Reviews:
    """The verdicts that belong to the runs below ``runs``.

    Raises:
        AuditError: ``GRADCAM_REVIEWS_URL`` is no URL of SQLite or PostgreSQL.
    """
    return Reviews(url_for(runs))
