"""Copies of one's data, accounts that are to be erased, and the numbers of those that were."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "auth_0004"
down_revision = "auth_0003"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    make_copies()
    op.create_table(
        "auth_leaving",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("erase_at", UtcDateTime(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_auth_leaving_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_auth_leaving"),
    )
    op.create_index("ix_auth_leaving_erase_at", "auth_leaving", ["erase_at"])
    op.create_table(
        "auth_erased",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_auth_erased"),
    )


def make_copies() -> None:
    op.create_table(
        "auth_data_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("files_count", sa.Integer(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_key", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_auth_data_copy_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_auth_data_copy"),
        sa.UniqueConstraint("secret", name="uq_auth_data_copy_secret"),
    )
    op.create_index("ix_auth_data_copy_user_id_id", "auth_data_copy", ["user_id", "id"])
    op.create_index("ix_auth_data_copy_state_expires_at", "auth_data_copy", ["state", "expires_at"])
    op.create_index(
        "uq_auth_data_copy_open",
        "auth_data_copy",
        ["user_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    for table in ("auth_erased", "auth_leaving", "auth_data_copy"):
        op.drop_table(table)
