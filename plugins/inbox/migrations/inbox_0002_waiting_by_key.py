"""An index of what admins are told of accounts that wait, by which it goes with the account."""

import sqlalchemy as sa
from alembic import op

revision = "inbox_0002"
down_revision = "inbox_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_inbox_alert_waiting",
        "inbox_alert",
        ["key"],
        sqlite_where=sa.text("kind = 'inbox.waiting'"),
        postgresql_where=sa.text("kind = 'inbox.waiting'"),
    )
