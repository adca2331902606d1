"""Indexes by which the mails to somebody are found when they are forgotten: by who it is, and by the address."""

from alembic import op

revision = "site_0008"
down_revision = "site_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE site_mail SET address = lower(address) WHERE address <> lower(address)")
    op.create_index("ix_site_mail_person_id", "site_mail", ["person_id"])
    op.create_index("ix_site_mail_address", "site_mail", ["address"])


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_site_mail_person_id", "site_mail")
    op.drop_index("ix_site_mail_address", "site_mail")
