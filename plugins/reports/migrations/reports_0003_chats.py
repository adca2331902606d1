"""Chats, what they are told, and what was posted."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "reports_0003"
down_revision = "reports_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
    op.create_table(
        "reports_chat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("off_at", UtcDateTime(), nullable=True),
        sa.Column("off_because", sa.Text(), nullable=False),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["auth_user.id"], name="fk_reports_chat_owner_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_reports_chat"),
    )
    op.create_table(
        "reports_chat_topic",
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["reports_chat.id"], name="fk_reports_chat_topic_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "topic", name="pk_reports_chat_topic"),
    )
    op.create_table(
        "reports_chat_post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["reports_chat.id"], name="fk_reports_chat_post_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports_chat_post"),
        sa.UniqueConstraint("chat_id", "key", name="uq_reports_chat_post_chat_id_key"),
    )
    op.create_index("ix_reports_chat_post_chat_id_id", "reports_chat_post", ["chat_id", "id"])


def downgrade() -> None:
    for table in ("reports_chat_post", "reports_chat_topic", "reports_chat"):
        op.drop_table(table)
