"""Alerts and how each person wants to be told."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "inbox_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox_alert",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("picture_url", sa.Text(), nullable=False),
        sa.Column("on_page", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_inbox_alert_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox_alert"),
        sa.UniqueConstraint("user_id", "key", name="uq_inbox_alert_user_id_key"),
    )
    op.create_index("ix_inbox_alert_created_at", "inbox_alert", ["created_at"])
    op.create_index(
        "ix_inbox_alert_unread",
        "inbox_alert",
        ["user_id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index("ix_inbox_alert_user_id_id", "inbox_alert", ["user_id", "id"])

    op.create_table(
        "inbox_preference",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_inbox_preference_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "kind", "channel", name="pk_inbox_preference"),
    )
