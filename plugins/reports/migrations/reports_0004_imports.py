"""Sheets that were brought in."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "reports_0004"
down_revision = "reports_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this subject."""
    op.create_table(
        "reports_brought_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_key", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("rows_count", sa.Integer(), nullable=False),
        sa.Column("same_count", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["auth_user.id"], name="fk_reports_brought_in_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports_brought_in"),
    )
    op.create_index("ix_reports_brought_in_person_id_id", "reports_brought_in", ["person_id", "id"])
    op.create_index("ix_reports_brought_in_created_at", "reports_brought_in", ["created_at"])
    op.create_table(
        "reports_brought_row",
        sa.Column("brought_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("does", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brought_id"], ["reports_brought_in.id"], name="fk_reports_brought_row_brought_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("brought_id", "number", name="pk_reports_brought_row"),
    )
    op.create_index(
        "ix_reports_brought_row_brought_id_state_number", "reports_brought_row", ["brought_id", "state", "number"]
    )
