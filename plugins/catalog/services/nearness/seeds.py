"""The songs that a similarity, a mix or a radio begins with: of a song, an album, an artist or a genre."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Album, Artist, Genre, Song
from plugins.catalog.services.nearness.candidates import Seed
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SongRow
from plugins.catalog.services.visibility import is_public, visible_songs
from plugins.catalog.services.words import known_id

NOT_HERE = "There is nothing to hear here, or you may not see it."
SONGS = 10
OF: dict[str, Callable[[int], sa.ColumnElement[bool]]] = {
    "song": lambda seed_id: Song.id == seed_id,
    "album": lambda seed_id: sa.and_(Song.album_id == seed_id, is_public(Album)),
    "artist": lambda seed_id: Song.artist_id == seed_id,
    "genre": lambda seed_id: Song.genre_id == seed_id,
}
SEED_KINDS = tuple(OF)


def seed_of(person: Person | None, kind: str, seed_id: int) -> Seed:
    """The most played songs of something that somebody may hear; raises NotFound where there is none."""
    if kind not in OF:
        raise NotFound(NOT_HERE)
    songs = visible_songs(person).where(OF[kind](known_id(seed_id, NOT_HERE)))
    joined = songs.join(Artist).outerjoin(Album, Album.id == Song.album_id).outerjoin(Genre, Genre.id == Song.genre_id)
    columns = (
        Song.id,
        Song.title,
        Song.year,
        Song.artist_id,
        Artist.name.label("artist_name"),
        Album.title.label("album_title"),
        Song.genre_id,
        Genre.name.label("genre_name"),
    )
    shown = joined.with_only_columns(*columns, maintain_column_froms=True)
    rows = session().execute(shown.order_by(Song.plays.desc(), Song.id.desc()).limit(SONGS)).all()
    if not rows:
        raise NotFound(NOT_HERE)
    return seed_of_rows(kind, seed_id, rows)


def seed_of_rows(kind: str, seed_id: int, rows: Any) -> Seed:
    """What some songs have in common; the genre is that of most of them."""
    first = rows[0]
    genres = Counter((row.genre_id, row.genre_name) for row in rows if row.genre_id is not None)
    genre_id, genre_name = genres.most_common(1)[0][0] if genres else (None, "")
    titles = {"song": first.title, "album": first.album_title, "artist": first.artist_name, "genre": genre_name}
    return Seed(
        kind,
        seed_id,
        titles[kind],
        by=first.artist_name if kind in ("song", "album") else "",
        song_ids=tuple(row.id for row in rows),
        artist_id=None if kind == "genre" else first.artist_id,
        genre_id=genre_id,
        genre_name=genre_name,
        year=None if kind in ("artist", "genre") else first.year,
    )


def seed_of_song(song: SongRow) -> Seed:
    """A song that was read already, as a seed."""
    return Seed(
        "song",
        song.id,
        song.title,
        by=song.artist_name,
        song_ids=(song.id,),
        artist_id=song.artist_id,
        genre_id=song.genre_id,
        genre_name=song.genre_name or "",
        year=song.year,
    )
