"""Who wants to hear of what an artist publishes."""

import sqlalchemy as sa

from musicapp.database import insert_for, session, writing
from musicapp.paging import Order, Page, page_of
from musicapp.plugins import emit
from plugins.catalog.events import ArtistFollowed, ArtistUnfollowed
from plugins.catalog.models import Artist, Follow
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.marks.known import possible_id, refuse_unknown
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import ArtistCard, artist_card, artist_columns

FOLLOWED = Order("followed", Follow.since, Follow.artist_id, descending=True)


def follow(person: Person, artist_id: int) -> None:
    """Let somebody be told of what an artist publishes from now on."""
    with writing():
        refuse_unknown(person, "artist", artist_id)
        row = insert_for(Follow).values(user_id=person.id, artist_id=artist_id).on_conflict_do_nothing()
        if session().scalar(row.returning(Follow.user_id)) is not None:
            emit(ArtistFollowed(artist_id, person.id))


def unfollow(person: Person, artist_id: int) -> None:
    """Let somebody be told no longer."""
    possible_id("artist", artist_id)
    with writing():
        theirs = sa.delete(Follow).where(Follow.user_id == person.id, Follow.artist_id == artist_id)
        if session().scalar(theirs.returning(Follow.user_id)) is not None:
            emit(ArtistUnfollowed(artist_id, person.id))
        else:
            refuse_unknown(person, "artist", artist_id)


def followers_of(artist_id: int) -> sa.Select[int]:
    """The ids of the accounts that follow an artist, as a query."""
    return sa.select(Follow.user_id).where(Follow.artist_id == artist_id)


def followed_artists(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[ArtistCard]:
    """A page of the artists that somebody follows and of whom something can still be heard, the latest first."""
    query = sa.select(Artist).join(Follow, Follow.artist_id == Artist.id)
    theirs = query.where(Follow.user_id == person.id, is_known_artist(person))
    return page_of(artist_columns(theirs), FOLLOWED, artist_card, limit=limit, cursor=cursor)
