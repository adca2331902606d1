"""Indexes by which it is seen whether something wears a cover, without reading all music."""

from alembic import op

revision = "catalog_0009"
down_revision = "catalog_0008"
branch_labels = None
depends_on = None

TABLES = ("catalog_song", "catalog_album", "catalog_artist")


def upgrade() -> None:
    for table in TABLES:
        op.create_index(f"ix_{table}_cover_id", table, ["cover_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_cover_id", table)
