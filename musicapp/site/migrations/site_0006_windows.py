"""How often something was tried, for every plugin in one table."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "site_0006"
down_revision = "site_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The windows; what was counted in the tables of plugins is over within a day, and not taken along."""
    op.create_table(
        "site_window",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "ends_at", name="pk_site_window"),
    )
    op.create_index("ix_site_window_ends_at", "site_window", ["ends_at"])


def downgrade() -> None:
    """Without them."""
    op.drop_table("site_window")
