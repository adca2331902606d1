"""The album that a new song goes to: one of the artist's, found by id or title, or made."""

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Album, fold
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.moderating.along import hidden_since
from plugins.catalog.services.ownership import album_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.publishing import set_album_publication
from plugins.catalog.services.uploading.wishes import Wishes


def album_of(person: Person, artist_id: int, wishes: Wishes) -> Album | None:
    """The album that a new song goes to; one that is made for it is published as the song is."""
    if wishes.album_id is not None:
        album = album_to_change(person, wishes.album_id)
        if album.artist_id != artist_id:
            raise NotFound("This album belongs to another artist.")
        return album
    return album_titled(artist_id, wishes) if wishes.album else None


def album_titled(artist_id: int, wishes: Wishes) -> Album:
    """An artist's newest album of the title wished for, made when there is none; the artist's row is locked."""
    same = sa.select(Album).where(
        Album.artist_id == artist_id, Album.title_key == fold(wishes.album), Album.deleted_at.is_(None)
    )
    return session().scalar(same.order_by(Album.id.desc()).limit(1)) or add_album(artist_id, wishes)


def add_album(artist_id: int, wishes: Wishes) -> Album:
    """Insert an album of the title wished for; inside `writing()`."""
    album = Album(
        artist_id=artist_id,
        title=wishes.album,
        title_key=fold(wishes.album),
        genre_id=genre_named(wishes.genre),
        year=wishes.year,
        hidden_at=hidden_since(artist_id),
        created_at=now(),
    )
    session().add(album)
    session().flush()
    if wishes.publish_at is not None:
        set_album_publication(album, wishes.publish_at)
    return album
