"""The two tables of the database. Rows are added and never changed; migrations/ makes them."""

import sqlalchemy as sa

METADATA = sa.MetaData()
ACTS = sa.Table(
    "acts",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("project", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("sample", sa.Text, nullable=False),
    sa.Column("hash", sa.String(200), nullable=False),
    sa.Column("reviewer", sa.String(120), nullable=False),
    sa.Column("verdict", sa.String(60), nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("time", sa.String(40), nullable=False),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("undoes", sa.String(64), nullable=False),
    sa.Column("outline", sa.Text, nullable=False, server_default=""),
    sa.Index("acts_project_number", "project", "number"),
)
SETTINGS = sa.Table(
    "settings",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("project", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("reviewer", sa.String(120), nullable=False),
    sa.Column("time", sa.String(40), nullable=False),
)
