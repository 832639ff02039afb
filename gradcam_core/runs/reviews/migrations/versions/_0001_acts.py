"""The tables of acts and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "acts",
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
    )
    op.create_index("acts_project_number", "acts", ["project", "number"])
    op.create_table(
        "settings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("project", sa.Text, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("reviewer", sa.String(120), nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
    )
    op.create_index("ix_settings_project", "settings", ["project"])


def downgrade() -> None:
    """Take both tables away."""
    op.drop_table("settings")
    op.drop_table("acts")
