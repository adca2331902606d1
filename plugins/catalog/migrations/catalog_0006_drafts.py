"""Since when drafts are as they are."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "catalog_0006"
down_revision = "catalog_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalog_waiting_draft",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_waiting_draft_artist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "subject_id", name="pk_catalog_waiting_draft"),
    )
    op.create_index("ix_catalog_waiting_draft_artist_id_since", "catalog_waiting_draft", ["artist_id", "since"])
