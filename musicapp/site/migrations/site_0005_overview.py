"""The numbers of each day, and what broke."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "site_0005"
down_revision = "site_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both tables."""
    op.create_table(
        "site_number",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "name", name="pk_site_number"),
    )
    op.create_table(
        "site_fault",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=7), nullable=False),
        sa.Column("doing", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", "digest", name="pk_site_fault"),
    )
    op.create_index("ix_site_fault_last_at", "site_fault", ["last_at"])


def downgrade() -> None:
    """Without them."""
    op.drop_table("site_fault")
    op.drop_table("site_number")
