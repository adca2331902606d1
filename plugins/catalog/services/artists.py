"""Artists as lists show them, and the artists that somebody publishes as."""

from typing import Any

import sqlalchemy as sa

from musicapp.database import insert_for, session, writing
from musicapp.errors import Forbidden
from musicapp.paging import Choice, Page, page_of
from plugins.catalog.models import Artist, ArtistMember, Song, fold
from plugins.catalog.services.inserting import insert_new
from plugins.catalog.services.orders import ARTIST_ORDERS, ARTISTS_BY_NAME
from plugins.catalog.services.persons import Person, may_browse, sees_all
from plugins.catalog.services.rows import ArtistCard, artist_card, artist_columns
from plugins.catalog.services.visibility import is_public, is_theirs
from plugins.catalog.services.words import known_id, line_of

NOT_HERE = "This artist is not here, or you may not see them."


def list_artists(
    person: Person | None,
    *,
    sort: str = "name",
    genre_id: int | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ArtistCard]:
    """A page of the artists of whom something can be heard, by `name`, `popular`, `newest` or `random`."""
    if not may_browse(person):
        return Page([], None)
    words, values = (("genre_id",), {"genre_id": genre_id}) if genre_id is not None else ((), {})

    def heard() -> sa.Select[Any]:
        query = sa.select(Artist).where(is_heard(person))
        return query.where(makes_genre(sa.bindparam("genre_id", type_=sa.Integer))) if words else query

    choice = Choice(heard, (Artist.__tablename__, *words), values)
    return page_of(choice, ARTIST_ORDERS[sort], artist_card, shows=artist_columns, limit=limit, cursor=cursor)


def makes_genre(genre_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether there is a song of this genre by an artist that everybody may hear."""
    return sa.exists().where(Song.genre_id == genre_id, Song.artist_id == Artist.id, is_public(Song)).correlate(Artist)


def is_heard(person: Person | None) -> sa.ColumnElement[bool]:
    """Whether there is a song of an artist that somebody may hear."""
    if not may_browse(person):
        return sa.false()
    return sa.exists().where(Song.artist_id == Artist.id, is_public(Song)).correlate(Artist)


def is_known_artist(person: Person | None) -> sa.ColumnElement[bool]:
    """Whether somebody may open an artist by their address: something of them can be heard, they publish as them, or
    they look after the site."""
    return sa.true() if sees_all(person) else sa.or_(is_heard(person), is_theirs(person, Artist.id))


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
