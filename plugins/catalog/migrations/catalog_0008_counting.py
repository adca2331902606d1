"""An index by which a day's uploads, all songs and their bytes are counted without reading the songs."""

from alembic import op

revision = "catalog_0008"
down_revision = "catalog_0007"
branch_labels = None
depends_on = None

NAME = "ix_catalog_song_created_at_deleted_at_audio_bytes"


def upgrade() -> None:
    op.create_index(NAME, "catalog_song", ["created_at", "deleted_at", "audio_bytes"])


def downgrade() -> None:
    op.drop_index(NAME, "catalog_song")
