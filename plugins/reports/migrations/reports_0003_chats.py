"""Chats, what they are told, and what was posted."""

revision = "reports_0003"
down_revision = "reports_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
