"""The kernel counts tries now (`site_window`). What was counted here is over within a day, and not taken along."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "auth_0005"
down_revision = "auth_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("auth_attempt")


def downgrade() -> None:
    op.create_table(
        "auth_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_at", name="pk_auth_attempt"),
    )
    op.create_index("ix_auth_attempt_window_at", "auth_attempt", ["window_at"])
