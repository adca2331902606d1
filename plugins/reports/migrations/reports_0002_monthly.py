"""Monthly reports, and what failed of them."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "reports_0002"
down_revision = "reports_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
    op.create_table(
        "reports_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["auth_user.id"], name="fk_reports_report_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports_report"),
        sa.UniqueConstraint(
            *("audience", "person_id", "subject_id", "period"),
            name="uq_reports_report_audience_person_id_subject_id_period",
        ),
    )
    op.create_index("ix_reports_report_person_id_period_id", "reports_report", ["person_id", "period", "id"])
    op.create_index(
        "ix_reports_report_partial",
        "reports_report",
        ["period", "audience", "id"],
        sqlite_where=sa.text("partial"),
        postgresql_where=sa.text("partial"),
    )
    op.create_table(
        "reports_run",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "audience", name="pk_reports_run"),
    )
    op.create_table(
        "reports_failure",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("contribution", sa.String(length=120), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("period", "audience", "contribution", name="pk_reports_failure"),
    )
