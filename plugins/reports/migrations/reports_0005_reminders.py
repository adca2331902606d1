"""Who was reminded of what."""

revision = "reports_0005"
down_revision = "reports_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
