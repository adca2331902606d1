"""Whose numbers and music somebody may take out."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Forbidden, NotFound
from plugins.auth import services as auth
from plugins.catalog.models import Artist, ArtistMember
from plugins.catalog.services.artists import NOT_HERE
from plugins.catalog.services.persons import manages
from plugins.catalog.services.visibility import is_theirs
from plugins.catalog.services.words import known_id


def own_artists(person_id: int) -> list[tuple[int, str]]:
    """The ids and names of the artists that somebody publishes as, by name."""
    query = sa.select(Artist.id, Artist.name).join(ArtistMember, ArtistMember.artist_id == Artist.id)
    theirs = query.where(ArtistMember.user_id == person_id).order_by(Artist.name_key, Artist.id)
    return [(artist_id, name) for artist_id, name in session().execute(theirs)]


def artist_title(person_id: int, artist_id: int) -> str:
    """The name of an artist; refuses who neither publishes as them nor manages the site's music."""
    person = auth.person_with_id(person_id)
    query = sa.select(Artist.name, is_theirs(person, Artist.id)).where(Artist.id == known_id(artist_id, NOT_HERE))
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    name, theirs = row
    if not theirs and not manages(person):
        raise Forbidden("These are another artist's numbers; only they can take them out.")
    return str(name)
