"""Acts may draw a region: its polygons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; acts that were there draw nothing."""
    op.add_column("acts", sa.Column("outline", sa.Text, nullable=False, server_default=""))
