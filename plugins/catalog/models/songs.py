"""Songs, and the waveform of each."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from plugins.catalog.models.folding import KEY

KEPT = sa.text("deleted_at IS NULL AND state <> 'unreadable'")


class Song(Model):
    """One piece of music and its file.

    `state` is processing, ready or unreadable (then `problem` says why and there is no file). `published_at`,
    `hidden_at` and `deleted_at` are as an album's, and an album carries its songs along, so that what a listener may
    hear is decided by a song's own row. An artist has each sound once: the same file is not kept twice.
    """

    __tablename__ = "catalog_song"
    __table_args__ = (
        sa.Index(None, "title_key", "id"),
        sa.Index(None, "published_at", "id"),
        sa.Index(None, "plays", "id"),
        sa.Index(None, "artist_id", "published_at"),
        sa.Index(None, "genre_id", "published_at"),
        sa.Index(None, "album_id", "disc_no", "track_no", "id"),
        sa.Index(
            "uq_catalog_song_sound", "artist_id", "audio_sha256", unique=True, sqlite_where=KEPT, postgresql_where=KEPT
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id"))
    album_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_album.id"))
    genre_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_genre.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(sa.String(200))
    title_key: Mapped[str] = mapped_column(KEY)
    track_no: Mapped[int | None]
    disc_no: Mapped[int | None]
    year: Mapped[int | None]
    lyrics: Mapped[str] = mapped_column(sa.Text, default="")
    licence: Mapped[str] = mapped_column(sa.String(200), default="")
    explicit: Mapped[bool] = mapped_column(default=False)

    state: Mapped[str] = mapped_column(sa.String(10), default="processing")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    file_name: Mapped[str] = mapped_column(sa.String(255))
    audio_key: Mapped[str | None] = mapped_column(sa.String(120))
    audio_mime: Mapped[str] = mapped_column(sa.String(40))
    audio_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    audio_sha256: Mapped[str] = mapped_column(sa.String(64))
    duration_s: Mapped[float | None]
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_cover.id"))
    tint: Mapped[str] = mapped_column(sa.String(4), default="grey")

    plays: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}


class SongPeaks(Model):
    """A song's waveform: one byte for the loudness of each of its 240 stretches. Apart, so that lists stay slim."""

    __tablename__ = "catalog_song_peaks"

    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    peaks: Mapped[bytes]
