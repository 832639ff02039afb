"""Acts may draw a region: its polygons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; acts that were there draw nothing."""
    op.add_column("acts", sa.Column("outline", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take the column away; acts on regions would say nothing without it and go, too."""
    op.execute(sa.text("DELETE FROM acts WHERE kind IN ('region', 'shared region')"))
    with op.batch_alter_table("acts") as table:
        table.drop_column("outline")
