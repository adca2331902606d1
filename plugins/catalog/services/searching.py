"""Search: what a listener means by a few letters, found by folded names; what begins with them comes first."""

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.services.artists import is_heard
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import (
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
from plugins.catalog.services.visibility import visible_albums, visible_songs
from plugins.catalog.services.words import line_of

LONGEST = 100
ESCAPE = "\\"


def search_songs(person: Person | None, text: str, limit: int) -> list[SongRow]:
    """Songs with this in their title, the most played of the best matches first."""
    key = search_key(text)
    if not key:
        return []
    query = song_columns(visible_songs(person).where(holds(Song.title_key, key)), person)
    best = query.order_by(rank(Song.title_key, key), Song.plays.desc(), Song.id.desc()).limit(limit)
    return [song_row(row) for row in session().execute(best)]


def search_albums(person: Person | None, text: str, limit: int) -> list[AlbumCard]:
    """Albums with this in their title, the best matches first, then the newest."""
    key = search_key(text)
    if not key:
        return []
    query = album_columns(visible_albums(person).where(holds(Album.title_key, key)))
    best = query.order_by(rank(Album.title_key, key), Album.published_at.desc(), Album.id.desc()).limit(limit)
    return [album_card(row) for row in session().execute(best)]


def search_artists(person: Person | None, text: str, limit: int) -> list[ArtistCard]:
    """Artists with this in their name, the best matches first."""
    key = search_key(text)
    if not key:
        return []
    query = artist_columns(sa.select(Artist).where(holds(Artist.name_key, key), is_heard(person)))
    best = query.order_by(rank(Artist.name_key, key), Artist.name_key, Artist.id).limit(limit)
    return [artist_card(row) for row in session().execute(best)]


def search_key(text: str) -> str:
    return fold(line_of(text, LONGEST))


def holds(column: sa.SQLColumnExpression[str], key: str) -> sa.ColumnElement[bool]:
    return column.like(f"%{literal(key)}%", escape=ESCAPE)


def rank(column: sa.SQLColumnExpression[str], key: str) -> sa.ColumnElement[int]:
    """0 for the whole name, 1 for its beginning, 2 for the beginning of a word, 3 for anywhere."""
    start = literal(key)
    return sa.case(
        (column == key, 0),
        (column.like(f"{start}%", escape=ESCAPE), 1),
        (column.like(f"% {start}%", escape=ESCAPE), 2),
        else_=3,
    )


def literal(key: str) -> str:
    """A key in which the wildcards of LIKE mean themselves."""
    return key.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
