"""What services hand to pages and the API: plain records, made from one query's columns."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from plugins.catalog.models import Album, Artist, Genre, Song, SongPeaks
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import NOW, Condition, is_known_to, is_public


@dataclass(frozen=True, slots=True)
class SongRow:
    """A song in a list. `album_id` is None too when its album is not for the reader. `peaks` are 240 values of 0–255,
    empty where the list shows no waveform. Loudness is in LUFS and dBTP, None before it was measured. `hidden` and
    `removed` say what moderators did; only its artist and the staff, or the staff alone, get such rows."""

    id: int
    title: str
    artist_id: int
    artist_name: str
    album_id: int | None
    album_title: str | None
    genre_id: int | None
    genre_name: str | None
    track_no: int | None
    year: int | None
    duration_s: float | None
    plays: int
    explicit: bool
    state: str
    problem: str | None
    published: bool
    tint: str
    has_cover: bool
    published_at: datetime | None
    cover_id: int | None
    licence: str
    hidden: bool
    removed: bool
    created_at: datetime
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    album_loudness_lufs: float | None
    has_lyrics: bool
    audio_mime: str
    disc_no: int | None
    ratings_count: int
    ratings_sum: int
    peaks: bytes

    @property
    def average_stars(self) -> float | None:
        """The mean of all ratings, to two places; None while there is none."""
        return round(self.ratings_sum / self.ratings_count, 2) if self.ratings_count else None


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """An album in a list; songs and seconds are of those that its reader may hear."""

    id: int
    title: str
    artist_id: int
    artist_name: str
    year: int | None
    songs_count: int
    duration_s: float
    tint: str
    has_cover: bool
    published: bool
    published_at: datetime | None
    cover_id: int | None
    genre_id: int | None
    genre_name: str | None
    hidden: bool
    released_on: date | None
    description: str
    kind: str
    plays: int


@dataclass(frozen=True, slots=True)
class ArtistCard:
    """An artist in a list, with what everybody may hear of them."""

    id: int
    name: str
    tint: str
    has_cover: bool
    songs_count: int
    albums_count: int
    cover_id: int | None
    bio: str
    links: list[dict[str, str]]
    plays: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class GenreCard:
    """A genre in a list, with the number of songs that everybody may hear."""

    id: int
    name: str
    songs_count: int
    tint: str


SONG_COLUMNS, ALBUM_COLUMNS, ARTIST_COLUMNS = (len(fields(record)) for record in (SongRow, AlbumCard, ArtistCard))


def published(table: type[Song] | type[Album]) -> sa.ColumnElement[bool]:
    """Whether its day of publication has come."""
    return sa.func.coalesce(table.published_at <= NOW, sa.false()).label("is_published")


COVER_ID = sa.func.coalesce(Song.cover_id, Album.cover_id)
HAS_OWN_TINT = sa.or_(Song.cover_id.is_not(None), Song.tint_is_chosen)
SHOWN_TINT = sa.case((HAS_OWN_TINT, Song.tint), else_=sa.func.coalesce(Album.tint, Song.tint))
# In the order of SongRow, all but its waveform; Album is the one that is shown with the song, if any.
OF_SONG: tuple[Any, ...] = (
    Song.id,
    Song.title,
    Song.artist_id,
    Artist.name.label("artist_name"),
    Album.id.label("shown_album_id"),
    Album.title.label("album_title"),
    Genre.id.label("shown_genre_id"),
    Genre.name.label("genre_name"),
    Song.track_no,
    Song.year,
    Song.duration_s,
    Song.plays,
    Song.explicit,
    Song.state,
    sa.func.nullif(Song.problem, "").label("shown_problem"),
    published(Song),
    SHOWN_TINT.label("shown_tint"),
    COVER_ID.is_not(None).label("has_cover"),
    Song.published_at,
    COVER_ID.label("shown_cover_id"),
    Song.licence,
    Song.hidden_at.is_not(None).label("hidden"),
    Song.removed_at.is_not(None).label("removed"),
    Song.created_at,
    Song.loudness_lufs,
    Song.true_peak_dbtp,
    Album.loudness_lufs.label("album_loudness_lufs"),
    (Song.lyrics != "").label("has_lyrics"),
    Song.audio_mime,
    Song.disc_no,
    Song.ratings_count,
    Song.ratings_sum,
)


def song_columns(
    query: sa.Select[Song], person: Person | None, *, peaks: bool = False, as_public: bool = False
) -> sa.Select[Any]:
    """The columns of SongRow for the songs of a query, with the waveform where it is shown.

    `as_public` shows of albums what everybody sees, whoever reads.
    """
    shown_album = is_public(Album) if as_public else is_known_to(person, Album)
    joined = (
        query.join(Artist, Artist.id == Song.artist_id)
        .outerjoin(Album, sa.and_(Album.id == Song.album_id, shown_album))
        .outerjoin(Genre, Genre.id == Song.genre_id)
    )
    waveform: sa.ColumnElement[bytes] = sa.literal(b"", sa.LargeBinary)
    if peaks:
        joined = joined.outerjoin(SongPeaks, SongPeaks.song_id == Song.id)
        waveform = sa.func.coalesce(SongPeaks.peaks, waveform)
    return joined.with_only_columns(*OF_SONG, waveform.label("shown_peaks"), maintain_column_froms=True)


def song_row(row: Any) -> SongRow:
    """The record of a row that begins with `song_columns`."""
    return SongRow(*row[:SONG_COLUMNS])


def album_columns(query: sa.Select[Album], counted: Condition | None = None) -> sa.Select[Any]:
    """The columns of AlbumCard for the albums of a query; `counted` says which of their songs are counted."""
    songs = sa.and_(Song.album_id == Album.id, is_public(Song) if counted is None else counted)
    return (
        query.join(Artist, Artist.id == Album.artist_id)
        .outerjoin(Genre, Genre.id == Album.genre_id)
        .with_only_columns(
            Album.id,
            Album.title,
            Album.artist_id,
            Artist.name.label("artist_name"),
            Album.year,
            of_each(Album, sa.func.count(Song.id), songs).label("songs_count"),
            of_each(Album, sa.func.coalesce(sa.func.sum(Song.duration_s), 0.0), songs).label("duration_s"),
            Album.tint,
            Album.cover_id.is_not(None).label("has_cover"),
            published(Album),
            Album.published_at,
            Album.cover_id,
            Genre.id.label("shown_genre_id"),
            Genre.name.label("genre_name"),
            Album.hidden_at.is_not(None).label("hidden"),
            Album.released_on,
            Album.description,
            Album.kind,
            Album.plays,
            maintain_column_froms=True,
        )
    )


def album_card(row: Any) -> AlbumCard:
    """The record of a row that begins with `album_columns`."""
    return AlbumCard(*row[:ALBUM_COLUMNS])


def artist_columns(query: sa.Select[Artist]) -> sa.Select[Any]:
    """The columns of ArtistCard for the artists of a query."""
    songs = sa.and_(Song.artist_id == Artist.id, is_public(Song))
    albums = sa.and_(Album.artist_id == Artist.id, is_public(Album))
    return query.with_only_columns(
        Artist.id,
        Artist.name,
        Artist.tint,
        Artist.cover_id.is_not(None).label("has_cover"),
        of_each(Artist, sa.func.count(Song.id), songs).label("songs_count"),
        of_each(Artist, sa.func.count(Album.id), albums).label("albums_count"),
        Artist.cover_id,
        Artist.bio,
        Artist.links,
        Artist.plays,
        Artist.created_at,
    )


def artist_card(row: Any) -> ArtistCard:
    """The record of a row that begins with `artist_columns`."""
    return ArtistCard(*row[:ARTIST_COLUMNS])


def of_each(owner: Any, what: sa.ColumnElement[Any], of: Condition) -> sa.ScalarSelect[Any]:
    """A number about what belongs to each row of the outer query."""
    return sa.select(what).where(of).correlate(owner).scalar_subquery()
