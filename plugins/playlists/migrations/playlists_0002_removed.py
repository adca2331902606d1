"""Playlists that moderators removed."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "playlists_0002"
down_revision = "playlists_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("playlists_playlist", sa.Column("removed_at", UtcDateTime(), nullable=True))
