"""Since when a job runs."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "site_0003"
down_revision = "site_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site_job", sa.Column("started_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("site_job", "started_at")
