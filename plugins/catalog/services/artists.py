"""Artists as listeners meet them, and the artists that somebody publishes as."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Forbidden, NotFound
from musicapp.paging import Page, page_of
from plugins.catalog.models import Album, Artist, ArtistMember, Song, SongDay, fold
from plugins.catalog.services.inserting import insert_for, insert_new
from plugins.catalog.services.orders import (
    ARTIST_ORDERS,
    ARTISTS_BY_NAME,
    NEWEST_ALBUMS,
    NEWEST_SONGS,
    POPULAR_SONGS,
)
from plugins.catalog.services.persons import Person, manages, may_browse
from plugins.catalog.services.rows import (
    ARTIST_COLUMNS,
    AlbumCard,
    ArtistCard,
    SongRow,
    album_card,
    album_columns,
    artist_card,
    artist_columns,
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import is_public, is_theirs, visible_albums, visible_songs
from plugins.catalog.services.words import known_id, line_of

NOT_HERE = "This artist is not here, or you may not see them."
POPULAR_LIMIT = 10
RELEASES_LIMIT = 50
RECENT_DAYS = 28


@dataclass(frozen=True)
class ArtistDetail:
    """An artist with what they published; plays are those of the last 28 days."""

    card: ArtistCard
    theirs: bool
    recent_plays: int
    popular: list[SongRow]
    albums: list[AlbumCard]
    singles: list[SongRow]
    tint_is_chosen: bool


def list_artists(
    person: Person | None,
    *,
    sort: str = "name",
    genre_id: int | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ArtistCard]:
    """A page of the artists of whom something can be heard, by `name`, `popular`, `newest` or `random`."""
    query = sa.select(Artist).where(is_heard(person))
    if genre_id is not None:
        of_genre = sa.and_(Song.artist_id == Artist.id, Song.genre_id == genre_id, is_public(Song))
        query = query.where(sa.exists().where(of_genre).correlate(Artist))
    return page_of(query, ARTIST_ORDERS[sort], artist_card, shows=artist_columns, limit=limit, cursor=cursor)


def is_heard(person: Person | None) -> sa.ColumnElement[bool]:
    """Whether there is a song of an artist that somebody may hear."""
    if not may_browse(person):
        return sa.false()
    return sa.exists().where(Song.artist_id == Artist.id, is_public(Song)).correlate(Artist)


def artist_detail(person: Person | None, artist_id: int) -> ArtistDetail:
    """One artist with releases and popular songs; raises NotFound while nothing of theirs can be heard by others."""
    card, theirs, plays, tint_is_chosen = artist_head(person, artist_id)
    heard = visible_songs(person).where(Song.artist_id == artist_id)
    popular = POPULAR_SONGS.sorted(song_columns(heard, person)).limit(POPULAR_LIMIT)
    singles = NEWEST_SONGS.sorted(song_columns(heard.where(Song.album_id.is_(None)), person))
    albums = album_columns(visible_albums(person).where(Album.artist_id == artist_id))
    newest = NEWEST_ALBUMS.sorted(albums).limit(RELEASES_LIMIT)
    return ArtistDetail(
        card,
        theirs,
        plays,
        [song_row(row) for row in session().execute(popular)],
        [album_card(row) for row in session().execute(newest)],
        [song_row(row) for row in session().execute(singles.limit(RELEASES_LIMIT))],
        tint_is_chosen,
    )


def artist_head(person: Person | None, artist_id: int) -> tuple[ArtistCard, bool, int, bool]:
    """An artist, whether it is theirs to change, its plays of the last 28 days, and whether its tint was chosen."""
    theirs = sa.true() if manages(person) else is_theirs(person, Artist.id)
    since = (now() - timedelta(days=RECENT_DAYS)).date()
    plays = (
        sa.select(sa.func.coalesce(sa.func.sum(SongDay.plays), 0))
        .join(Song, Song.id == SongDay.song_id)
        .where(Song.artist_id == Artist.id, SongDay.day > since)
        .correlate(Artist)
        .scalar_subquery()
    )
    known = sa.or_(is_heard(person), theirs)
    query = sa.select(Artist).where(Artist.id == known_id(artist_id, NOT_HERE), known)
    extra = (theirs.label("theirs"), plays.label("recent_plays"), Artist.tint_is_chosen)
    row = session().execute(artist_columns(query).add_columns(*extra)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    is_own, recent_plays, tint_is_chosen = row[ARTIST_COLUMNS:]
    return artist_card(row), bool(is_own), int(recent_plays), tint_is_chosen


def artists_of(person: Person) -> list[ArtistCard]:
    """The artists that somebody publishes as, by name."""
    query = sa.select(Artist).where(is_theirs(person, Artist.id))
    return [artist_card(row) for row in session().execute(ARTISTS_BY_NAME.sorted(artist_columns(query)))]


def artist_to_publish_as(person: Person, artist_id: int | None = None) -> int:
    """The id of the artist that somebody uploads as: the one they name, or their first; made when they have none."""
    query = sa.select(ArtistMember.artist_id).where(ArtistMember.user_id == person.id)
    if artist_id is not None:
        query = query.where(ArtistMember.artist_id == known_id(artist_id, NOT_HERE))
    found = session().scalar(query.order_by(ArtistMember.joined_at, ArtistMember.artist_id).limit(1))
    if found is None and artist_id is not None:
        raise Forbidden("You do not publish as this artist.")
    return found if found is not None else found_artist(person)


def found_artist(person: Person) -> int:
    """Make the first artist of a person, named after them; who is there already is taken."""
    name = line_of(person.name, 120) or "Unnamed"
    with writing() as unit:
        artist_id = insert_new(Artist, name=name, name_key=fold(name), founder_id=person.id)
        if artist_id is None:
            artist_id = unit.scalars(sa.select(Artist.id).where(Artist.founder_id == person.id)).one()
        unit.execute(insert_for(ArtistMember).values(artist_id=artist_id, user_id=person.id).on_conflict_do_nothing())
    return artist_id
