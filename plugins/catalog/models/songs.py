"""Songs, the waveform of each, and the other forms of their sound."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from musicapp.clock import now
from musicapp.database import Model
from musicapp.storage.keys import StoredKey
from plugins.catalog.models.folding import KEY
from plugins.catalog.models.lyrics_words import lyrics_words, words_of_given_lyrics

KEPT = sa.text("deleted_at IS NULL AND state <> 'unreadable'")
LISTED = sa.text("deleted_at IS NULL AND hidden_at IS NULL AND published_at IS NOT NULL AND state = 'ready'")

DELETED = sa.text("deleted_at IS NOT NULL")
SINGLES = sa.text(f"{LISTED} AND album_id IS NULL")


def listed(*columns: str) -> sa.Index:
    """An index of the songs that lists show, from the day of their publication on."""
    return sa.Index(None, *columns, sqlite_where=LISTED, postgresql_where=LISTED)


class Song(Model):
    """One piece of music and its file.

    `state` is processing, ready or unreadable (then `problem` says why and there is no file). `published_at`,
    `hidden_at` and `deleted_at` are as an album's, and an album carries its songs along, so that what a listener may
    hear is decided by a song's own row. An artist has each sound once: the same file is not kept twice; `sound_sha256`
    names the decoded sound, which other files may hold too. `lyrics` are plain or timed (LRC), `lyrics_key` their words
    for the search, `credits` a list of `{"role", "name"}`. `tint_is_chosen` keeps a tint that the artist chose when the
    cover changes.

    `rights_confirmed_at` is when `rights_confirmed_by` said that they may publish it, in the words of the version
    `rights_words`. Of moderators: `flagged_at` is set while they hide the song itself, and then or while they hide its
    album or its artist, `hidden_at`; `removed_at`, while they took it from everybody but themselves; `explicit_said` is
    what its artist says of it while they mark it explicit, None while they do not.
    """

    __tablename__ = "catalog_song"
    __table_args__ = (
        sa.Index(None, "artist_id", "id"),
        sa.Index(None, "genre_id"),
        sa.Index(None, "album_id", "disc_no", "track_no", "id"),
        sa.Index(None, "created_at", "deleted_at", "audio_bytes"),
        listed("published_at", "id", "year"),
        listed("title_key", "id", "year"),
        listed("plays", "id", "year"),
        listed("year", "id"),
        listed("year", "published_at", "id"),
        listed("year", "plays", "id"),
        listed("artist_id", "published_at", "id"),
        listed("artist_id", "plays", "id"),
        listed("genre_id", "artist_id", "published_at"),
        listed("genre_id", "published_at", "id"),
        listed("genre_id", "title_key", "id"),
        listed("genre_id", "plays", "id"),
        listed("genre_id", "year", "id"),
        listed("album_id", "published_at", "duration_s"),
        sa.Index(None, "deleted_at", sqlite_where=DELETED, postgresql_where=DELETED),
        sa.Index("ix_catalog_song_singles", "published_at", "id", sqlite_where=SINGLES, postgresql_where=SINGLES),
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
    explicit_said: Mapped[bool | None]
    description: Mapped[str] = mapped_column(sa.Text, default="")
    credits: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    released_on: Mapped[date | None]
    rights_confirmed_at: Mapped[datetime | None]
    rights_confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    rights_words: Mapped[int | None]

    state: Mapped[str] = mapped_column(sa.String(10), default="processing")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    file_name: Mapped[str] = mapped_column(sa.String(255))
    audio_key: Mapped[str | None] = mapped_column(StoredKey())
    audio_mime: Mapped[str] = mapped_column(sa.String(40))
    audio_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    audio_sha256: Mapped[str] = mapped_column(sa.String(64))
    sound_sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    duration_s: Mapped[float | None]
    bitrate_kbps: Mapped[int | None]
    sample_rate_hz: Mapped[int | None]
    channels: Mapped[int | None]
    loudness_lufs: Mapped[float | None]
    true_peak_dbtp: Mapped[float | None]
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_cover.id"), index=True)
    tint: Mapped[str] = mapped_column(sa.String(4), default="grey")
    tint_is_chosen: Mapped[bool] = mapped_column(default=False)

    plays: Mapped[int] = mapped_column(default=0)
    ratings_count: Mapped[int] = mapped_column(default=0)
    ratings_sum: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    flagged_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    lyrics_key: Mapped[str] = mapped_column(sa.Text, default=words_of_given_lyrics, deferred=True)

    __mapper_args__ = {"version_id_col": version}

    @validates("lyrics")
    def keep_words(self, _name: str, lyrics: str) -> str:
        """Let `lyrics_key`, by which a song is searched, follow its lyrics."""
        self.lyrics_key = lyrics_words(lyrics)
        return lyrics


class SongPeaks(Model):
    """A song's waveform: one byte for the loudness of each of its 240 stretches. Apart, so that lists stay slim."""

    __tablename__ = "catalog_song_peaks"

    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    peaks: Mapped[bytes]


class SongVersion(Model):
    """The sound of a song in another form, made for browsers that cannot play the original or to save their data.

    `format` is opus or mp3.
    """

    __tablename__ = "catalog_song_version"

    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    format: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    bitrate_kbps: Mapped[int]
    audio_key: Mapped[str] = mapped_column(StoredKey())
    audio_mime: Mapped[str] = mapped_column(sa.String(40))
    audio_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    audio_sha256: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
