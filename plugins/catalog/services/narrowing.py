"""What lists of music can be narrowed to, said once for songs and albums."""

from typing import Any, TypedDict

import sqlalchemy as sa

from plugins.catalog.models import Album, Song


class Narrowing(TypedDict, total=False):
    """What a list of music is narrowed to; what is not given, or None, narrows nothing. Years are inclusive."""

    artist_id: int | None
    genre_id: int | None
    year: int | None
    from_year: int | None
    to_year: int | None


def narrowed(query: sa.Select[Any], table: type[Song] | type[Album], to: Narrowing) -> sa.Select[Any]:
    """The songs or albums of a query that fit."""
    if (artist_id := to.get("artist_id")) is not None:
        query = query.where(table.artist_id == artist_id)
    if (genre_id := to.get("genre_id")) is not None:
        query = query.where(table.genre_id == genre_id)
    if (year := to.get("year")) is not None:
        query = query.where(table.year == year)
    if (first := to.get("from_year")) is not None:
        query = query.where(table.year >= first)
    if (last := to.get("to_year")) is not None:
        query = query.where(table.year <= last)
    return query
