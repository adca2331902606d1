"""What a song says before and after a row of a sheet, as JSON, so that the row can be taken back."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypedDict

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Song
from plugins.catalog.services.editing.songs import present

# What goes along when a song moves to an album that has no cover: it keeps showing the one of the album before.
OF_ALBUM = ("album_id", "cover_id", "tint")


class WayBack(TypedDict):
    """What a row did to a song, by the names of its fields; `made_album` is the number of an album made for it."""

    song_id: int
    before: dict[str, Any]
    after: dict[str, Any]
    made_album: int | None


def standing(song: Song, fields: Collection[str]) -> dict[str, Any]:
    """What a song says now in these fields; albums and genres also by number, as two may share a title."""
    said = present(song)
    known: dict[str, Any] = {field: as_json(said[field]) for field in fields}
    if "album" in fields:
        known |= {field: getattr(song, field) for field in OF_ALBUM}
    if "genre" in fields:
        known["genre_id"] = song.genre_id
    return known


def as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def newest_album(artist_id: int) -> int:
    """The highest number of an album of an artist, who is locked; what has a higher one afterwards is new."""
    return session().scalar(sa.select(sa.func.max(Album.id)).where(Album.artist_id == artist_id)) or 0
