"""Exports and what they made."""

revision = "reports_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
