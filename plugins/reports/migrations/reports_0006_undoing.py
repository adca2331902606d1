"""What taking back a row of a sheet needs."""

import sqlalchemy as sa
from alembic import op

revision = "reports_0006"
down_revision = "reports_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows that were applied before have none, so they cannot be taken back."""
    op.add_column("reports_brought_row", sa.Column("way_back", sa.JSON(none_as_null=True), nullable=True))
