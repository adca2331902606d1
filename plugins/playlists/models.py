"""Playlists, their entries, who may change them, who did, and who follows them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

KEY = sa.String(300).with_variant(sa.String(300, collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
KEPT = sa.text("deleted_at IS NULL")
STANDS = sa.text("removed_at IS NULL")
GONE = sa.text("deleted_at IS NOT NULL")
REMOVED = sa.text("removed_at IS NOT NULL")
PUBLIC = sa.text("visibility = 'public' AND deleted_at IS NULL")


class Playlist(Model):
    """A list of songs by its owner. `visibility` is private, unlisted (who has the address) or public.

    `rules` make it a smart one, which has no entries of its own. `cover_id` is a chosen cover; without one the list
    shows those of its albums. `name_key` tells an owner's names apart; by `search_key`, which knows no accents and
    signs, lists are found and sorted. `revision` grows with every change of its words or entries. `songs_count` counts
    the entries that stand, whoever may hear them. `hidden_at` is set while moderators keep it from all but its owner,
    `removed_at`, beside `deleted_at`, while they keep it from the owner too.
    """

    __tablename__ = "playlists_playlist"
    __table_args__ = (
        sa.Index(
            "uq_playlists_playlist_name", "owner_id", "name_key", unique=True, sqlite_where=KEPT, postgresql_where=KEPT
        ),
        sa.Index(None, "owner_id", "changed_at", "id"),
        sa.Index("ix_playlists_playlist_public", "changed_at", "id", sqlite_where=PUBLIC, postgresql_where=PUBLIC),
        sa.Index("ix_playlists_playlist_deleted_at", "deleted_at", sqlite_where=GONE, postgresql_where=GONE),
        sa.Index("ix_playlists_playlist_public_name", "search_key", "id", sqlite_where=PUBLIC, postgresql_where=PUBLIC),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(120))
    name_key: Mapped[str] = mapped_column(KEY)
    search_key: Mapped[str] = mapped_column(KEY)
    description: Mapped[str] = mapped_column(sa.Text, default="")
    visibility: Mapped[str] = mapped_column(sa.String(8), default="private")
    rules: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_cover.id"), index=True)
    tint: Mapped[str] = mapped_column(sa.String(4), default="grey")
    songs_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    hidden_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class Entry(Model):
    """A song's place in a playlist; the same song may stand in several. `place` orders them, with gaps between.

    A removed entry is kept for a while, so that it can be brought back to where it stood.
    """

    __tablename__ = "playlists_entry"
    __table_args__ = (
        sa.Index(None, "playlist_id", "place", "id", sqlite_where=STANDS, postgresql_where=STANDS),
        sa.Index(None, "playlist_id", "song_id"),
        sa.Index("ix_playlists_entry_removed_at", "removed_at", sqlite_where=REMOVED, postgresql_where=REMOVED),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    playlist_id: Mapped[int] = mapped_column(sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"))
    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(sa.BigInteger)
    added_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]


class Collaborator(Model):
    """Somebody whom the owner let see (`viewer`) or change (`editor`) a playlist."""

    __tablename__ = "playlists_collaborator"

    playlist_id: Mapped[int] = mapped_column(
        sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(sa.String(6))
    joined_at: Mapped[datetime] = mapped_column(default=now)


class Invitation(Model):
    """A link by which one more person may join a playlist, once. Only the hash of its secret is kept."""

    __tablename__ = "playlists_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    playlist_id: Mapped[int] = mapped_column(sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(6))
    secret_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    used_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Change(Model):
    """One change of a playlist: who made it, when, of which kind (`added`, `removed`, `moved`, …), and of what."""

    __tablename__ = "playlists_change"
    __table_args__ = (sa.Index(None, "playlist_id", "id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    playlist_id: Mapped[int] = mapped_column(sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    of: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Follow(Model):
    """That somebody keeps another's public playlist among theirs and is told when it grows."""

    __tablename__ = "playlists_follow"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    playlist_id: Mapped[int] = mapped_column(
        sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(default=now)


class TakenIn(Model):
    """A file of a playlist that somebody brought: what of it was found, and the lines for which nothing was."""

    __tablename__ = "playlists_taken_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)
    playlist_id: Mapped[int] = mapped_column(sa.ForeignKey("playlists_playlist.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(255))
    found_count: Mapped[int] = mapped_column(default=0)
    missing: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
