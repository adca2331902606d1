"""Indexes for what the pages of those who run the site list and count: jobs by state, mails sent on a day."""

from alembic import op

revision = "site_0007"
down_revision = "site_0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_site_job_newest", "site_job", ["state", "id"]),
    ("ix_site_job_ended", "site_job", ["state", "finished_at"]),
    ("ix_site_mail_state_sent_at", "site_mail", ["state", "sent_at"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Without them."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
