"""Who publishes: the accounts of artists of whom something can be heard, for what is sent to all of them."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Artist, ArtistMember, Song
from plugins.catalog.services.visibility import is_public


def published_artists(after: tuple[int, int], limit: int) -> Sequence[tuple[int, int, str]]:
    """The next (account, artist, name of the artist) behind a pair, in their order."""
    person_id, artist_id = after
    member = (ArtistMember.user_id, ArtistMember.artist_id)
    later = sa.or_(member[0] > person_id, sa.and_(member[0] == person_id, member[1] > artist_id))
    heard = sa.exists().where(Song.artist_id == ArtistMember.artist_id, is_public(Song))
    query = sa.select(*member, Artist.name).join(Artist, Artist.id == ArtistMember.artist_id)
    query = query.where(member[0] >= person_id, later, heard).order_by(*member).limit(limit)
    return [(of_person, of_artist, name) for of_person, of_artist, name in session().execute(query)]
