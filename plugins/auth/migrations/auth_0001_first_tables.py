"""People, their roles and sign-ins, and what was tried."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "auth_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    role = op.create_table(
        "auth_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_auth_role"),
        sa.UniqueConstraint("name", name="uq_auth_role_name"),
    )
    op.bulk_insert(role, [{"name": name} for name in ("admin", "moderator", "artist", "user")])
    op.create_table(
        "auth_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=True),
        sa.Column("suspended_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_auth_user"),
        sa.UniqueConstraint("email", name="uq_auth_user_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_auth_user_fs_uniquifier"),
    )
    op.create_table(
        "auth_user_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_auth_user_role_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["auth_role.id"], name="fk_auth_user_role_role_id"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name="pk_auth_user_role"),
    )
    op.create_index("ix_auth_user_role_role_id", "auth_user_role", ["role_id"])
    op.create_table(
        "auth_sign_in",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_auth_sign_in_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_auth_sign_in"),
    )
    op.create_index("ix_auth_sign_in_user_id", "auth_sign_in", ["user_id"])
    op.create_index("ix_auth_sign_in_expires_at", "auth_sign_in", ["expires_at"])
    op.create_table(
        "auth_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_at", name="pk_auth_attempt"),
    )
    op.create_index("ix_auth_attempt_window_at", "auth_attempt", ["window_at"])


def downgrade() -> None:
    for table in ("auth_attempt", "auth_sign_in", "auth_user_role", "auth_user", "auth_role"):
        op.drop_table(table)
