"""Sheets that were brought in."""

revision = "reports_0004"
down_revision = "reports_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
