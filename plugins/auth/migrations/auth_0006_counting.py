"""Indexes by which people are counted, and those with a role are found in their order.

That of who waits holds these few alone: whoever looks for the others must not be led through it.
"""

import sqlalchemy as sa
from alembic import op

revision = "auth_0006"
down_revision = "auth_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_auth_user_created_at", "auth_user", ["created_at"])
    op.create_index("ix_auth_user_last_seen_at", "auth_user", ["last_seen_at"])
    waits = sa.text("waits_since IS NOT NULL")
    op.drop_index("ix_auth_user_waits_since", "auth_user")
    op.create_index("ix_auth_user_waiting", "auth_user", ["id"], sqlite_where=waits, postgresql_where=waits)
    closed = {"sqlite_where": sa.text("active = 0"), "postgresql_where": sa.text("NOT active")}
    op.create_index("ix_auth_user_closed", "auth_user", ["id"], **closed)
    op.drop_index("ix_auth_user_role_role_id", "auth_user_role")
    op.create_index("ix_auth_user_role_role_id_user_id", "auth_user_role", ["role_id", "user_id"])


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_auth_user_role_role_id_user_id", "auth_user_role")
    op.create_index("ix_auth_user_role_role_id", "auth_user_role", ["role_id"])
    for name in ("closed", "waiting", "last_seen_at", "created_at"):
        op.drop_index(f"ix_auth_user_{name}", "auth_user")
    op.create_index("ix_auth_user_waits_since", "auth_user", ["waits_since"])
