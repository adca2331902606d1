"""Music that is decided about, in whatever state, with its artist locked as for all that must not cross."""

from typing import TypeVar

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.words import known_id

T = TypeVar("T", Song, Album)
NOT_HERE = "This is not here any more."


def lock_artist_row(artist_id: int) -> None:
    """Let nobody upload for an artist, or change what is hidden with them, until this unit of work ends."""
    query = sa.select(Artist.id).where(Artist.id == known_id(artist_id, NOT_HERE))
    if session().scalar(query.with_for_update(key_share=True)) is None:
        raise NotFound(NOT_HERE)


def locked_for_decision(table: type[T], subject_id: int) -> T:
    """A song or an album, locked after its artist; raises NotFound where it is gone for good."""
    artist_id = session().scalar(sa.select(table.artist_id).where(table.id == known_id(subject_id, NOT_HERE)))
    lock_artist_row(artist_id or 0)
    query = sa.select(table).where(table.id == subject_id).with_for_update(key_share=True)
    found = session().scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound(NOT_HERE)
    return found
