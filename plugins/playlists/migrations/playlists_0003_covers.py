"""An index by which it is seen whether a playlist wears a cover, without reading all playlists."""

from alembic import op

revision = "playlists_0003"
down_revision = "playlists_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_playlists_playlist_cover_id", "playlists_playlist", ["cover_id"])


def downgrade() -> None:
    op.drop_index("ix_playlists_playlist_cover_id", "playlists_playlist")
