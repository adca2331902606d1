"""Playlists, their entries, collaborators, changes and followers."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "playlists_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "playlists_playlist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "search_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("rules", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("tint", sa.String(length=4), nullable=False),
        sa.Column("songs_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cover_id"], ["catalog_cover.id"], name="fk_playlists_playlist_cover_id"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["auth_user.id"], name="fk_playlists_playlist_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playlists_playlist"),
    )
    op.create_index(
        "ix_playlists_playlist_deleted_at",
        "playlists_playlist",
        ["deleted_at"],
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index(
        "ix_playlists_playlist_owner_id_changed_at_id", "playlists_playlist", ["owner_id", "changed_at", "id"]
    )
    op.create_index(
        "ix_playlists_playlist_public",
        "playlists_playlist",
        ["changed_at", "id"],
        sqlite_where=sa.text("visibility = 'public' AND deleted_at IS NULL"),
        postgresql_where=sa.text("visibility = 'public' AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_playlists_playlist_public_name",
        "playlists_playlist",
        ["search_key", "id"],
        sqlite_where=sa.text("visibility = 'public' AND deleted_at IS NULL"),
        postgresql_where=sa.text("visibility = 'public' AND deleted_at IS NULL"),
    )
    op.create_index(
        "uq_playlists_playlist_name",
        "playlists_playlist",
        ["owner_id", "name_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )

    op.create_table(
        "playlists_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("of", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["auth_user.id"], name="fk_playlists_change_person_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_change_playlist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playlists_change"),
    )
    op.create_index("ix_playlists_change_person_id", "playlists_change", ["person_id"])
    op.create_index("ix_playlists_change_playlist_id_id", "playlists_change", ["playlist_id", "id"])

    op.create_table(
        "playlists_collaborator",
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=6), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_collaborator_playlist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_playlists_collaborator_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("playlist_id", "user_id", name="pk_playlists_collaborator"),
    )
    op.create_index("ix_playlists_collaborator_user_id", "playlists_collaborator", ["user_id"])

    op.create_table(
        "playlists_follow",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_follow_playlist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_playlists_follow_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "playlist_id", name="pk_playlists_follow"),
    )
    op.create_index("ix_playlists_follow_playlist_id", "playlists_follow", ["playlist_id"])

    op.create_table(
        "playlists_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=6), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["auth_user.id"], name="fk_playlists_invitation_invited_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_invitation_playlist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["auth_user.id"], name="fk_playlists_invitation_used_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playlists_invitation"),
        sa.UniqueConstraint("secret_sha256", name="uq_playlists_invitation_secret_sha256"),
    )
    op.create_index("ix_playlists_invitation_playlist_id", "playlists_invitation", ["playlist_id"])

    op.create_table(
        "playlists_taken_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("found_count", sa.Integer(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_taken_in_playlist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_playlists_taken_in_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playlists_taken_in"),
    )
    op.create_index("ix_playlists_taken_in_playlist_id", "playlists_taken_in", ["playlist_id"])
    op.create_index("ix_playlists_taken_in_user_id", "playlists_taken_in", ["user_id"])

    op.create_table(
        "playlists_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["auth_user.id"], name="fk_playlists_entry_added_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"], ["playlists_playlist.id"], name="fk_playlists_entry_playlist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name="fk_playlists_entry_song_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_playlists_entry"),
    )
    op.create_index(
        "ix_playlists_entry_playlist_id_place_id",
        "playlists_entry",
        ["playlist_id", "place", "id"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("ix_playlists_entry_playlist_id_song_id", "playlists_entry", ["playlist_id", "song_id"])
    op.create_index(
        "ix_playlists_entry_removed_at",
        "playlists_entry",
        ["removed_at"],
        sqlite_where=sa.text("removed_at IS NOT NULL"),
        postgresql_where=sa.text("removed_at IS NOT NULL"),
    )
    op.create_index("ix_playlists_entry_song_id", "playlists_entry", ["song_id"])
