"""An index of what admins are told of accounts that wait, by which it goes with the account; what was told of those
that are gone already goes now."""

import sqlalchemy as sa
from alembic import op

revision = "inbox_0002"
down_revision = "inbox_0001"
branch_labels = None
depends_on = None

OF_WHO_IS_GONE = """
    DELETE FROM inbox_alert
    WHERE kind = 'inbox.waiting' AND key NOT IN (SELECT 'waits-' || CAST(id AS VARCHAR(20)) FROM auth_user)
"""


def upgrade() -> None:
    op.execute(OF_WHO_IS_GONE)
    op.create_index(
        "ix_inbox_alert_waiting",
        "inbox_alert",
        ["key"],
        sqlite_where=sa.text("kind = 'inbox.waiting'"),
        postgresql_where=sa.text("kind = 'inbox.waiting'"),
    )
