"""Albums that moderators hid or removed hold their songs: what left one would be heard as if nobody had decided.

So none is put into one either, for it would be hidden along and could not leave again. One that is hidden with its
artist holds none, as all that the artist has is hidden along.
"""

import sqlalchemy as sa

from musicapp.errors import Conflict
from plugins.catalog.models import Album
from plugins.catalog.services.persons import Person, manages


def holds_songs_of(person: Person) -> sa.ColumnElement[bool]:
    """Whether somebody cannot take songs out of an album; who looks after everybody's music always can."""
    return sa.false() if manages(person) else sa.or_(Album.flagged_at.is_not(None), Album.removed_at.is_not(None))


def is_held(album: Album) -> bool:
    """Whether moderators decided about the album itself, so that its songs stay in it."""
    return album.flagged_at is not None or album.removed_at is not None


def refuse_to_take_out(person: Person, album: Album | None) -> None:
    """Raise Conflict where somebody cannot take songs out of an album."""
    if album is not None and is_closed_to(person, album):
        sentence = stays_in(album.title)
        raise Conflict(sentence, {"album": [sentence]})


def refuse_to_put_in(person: Person, album: Album | None) -> None:
    """Raise Conflict where somebody cannot put songs into an album."""
    if album is not None and is_closed_to(person, album):
        sentence = takes_none(album.title)
        raise Conflict(sentence, {"album": [sentence]})


def is_closed_to(person: Person, album: Album) -> bool:
    """Whether an album is held, and somebody does not look after everybody's music."""
    return is_held(album) and not manages(person)


def stays_in(title: str) -> str:
    """Why a song cannot leave the album of this title."""
    return f"Moderators keep “{title}” from listeners, so its songs stay in it. Their decision says how to appeal."


def takes_none(title: str) -> str:
    """Why no song comes into the album of this title."""
    return f"Moderators keep “{title}” from listeners, so no song comes into it. Their decision says how to appeal."
