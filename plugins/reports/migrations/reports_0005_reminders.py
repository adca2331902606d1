"""Who was reminded of what."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "reports_0005"
down_revision = "reports_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
    op.create_table(
        "reports_reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["auth_user.id"], name="fk_reports_reminder_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports_reminder"),
        sa.UniqueConstraint("person_id", "name", "key", name="uq_reports_reminder_person_id_name_key"),
    )
    op.create_index("ix_reports_reminder_day", "reports_reminder", ["day"])
    op.create_table(
        "reports_reminder_turn",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["auth_user.id"], name="fk_reports_reminder_turn_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_reports_reminder_turn"),
    )
