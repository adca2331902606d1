"""Monthly reports, and what failed of them."""

revision = "reports_0002"
down_revision = "reports_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
