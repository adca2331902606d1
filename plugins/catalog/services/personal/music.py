"""The music of the artists that somebody publishes as, as files for them: words, originals, covers."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, file_name_of, one_as_json, rows_as_files, stored_file
from musicapp.database import session
from plugins.catalog.models import Album, Artist, ArtistMember, Cover, Genre, Song

ALBUM = (
    *("id", "title", "kind", "year", "released_on", "description", "credits", "plays"),
    *("published_at", "deleted_at", "created_at"),
)
SONG = (
    *("id", "title", "album_id", "track_no", "disc_no", "year", "lyrics", "licence", "explicit", "description"),
    *("credits", "released_on", "rights_confirmed_at", "file_name", "state", "duration_s", "plays", "ratings_count"),
    *("ratings_sum", "published_at", "deleted_at", "created_at"),
)


def bytes_of_music(person_id: int) -> int:
    """How many bytes the originals are that somebody takes along."""
    theirs = sa.select(sa.func.sum(Song.audio_bytes)).where(Song.artist_id.in_(artist_ids(person_id)))
    return int(session().scalar(theirs.where(Song.audio_key.is_not(None))) or 0)


def artist_ids(person_id: int) -> sa.Select[int]:
    """The artists that somebody publishes as."""
    return sa.select(ArtistMember.artist_id).where(ArtistMember.user_id == person_id)


def music_files(person_id: int) -> Iterator[Named | tuple[str, str]]:
    """For each artist their words, albums and songs, the sound of each as it was uploaded, and all covers."""
    query = sa.select(Artist).where(Artist.id.in_(artist_ids(person_id))).order_by(Artist.id)
    for artist in session().scalars(query).all():
        folder = f"artists/{artist.id} {file_name_of(artist.name)}"
        yield f"{folder}/artist.json", one_as_json(facts_of(artist))
        yield from rows_as_files(f"{folder}/albums", albums_of(artist.id))
        yield from rows_as_files(f"{folder}/songs", songs_of(artist.id))
        yield from sounds_of(artist.id, folder)
        yield from covers_of(artist, folder)


def facts_of(artist: Artist) -> dict[str, Any]:
    names = ("id", "name", "bio", "links", "plays", "created_at")
    return {name: getattr(artist, name) for name in names}


def albums_of(artist_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = [getattr(Album, name) for name in ALBUM]
    named = sa.select(*columns, Genre.name.label("genre")).outerjoin(Genre, Genre.id == Album.genre_id)
    return named.where(Album.artist_id == artist_id).order_by(Album.id)


def songs_of(artist_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = [getattr(Song, name) for name in SONG]
    named = sa.select(*columns, Genre.name.label("genre")).outerjoin(Genre, Genre.id == Song.genre_id)
    return named.where(Song.artist_id == artist_id).order_by(Song.id)


def sounds_of(artist_id: int, folder: str) -> Iterator[Named]:
    """The originals, each called after its song."""
    kept = sa.select(Song.id, Song.title, Song.file_name, Song.audio_key)
    rows = session().execute(kept.where(Song.artist_id == artist_id, Song.audio_key.is_not(None)).order_by(Song.id))
    for song_id, title, file_name, key in rows.all():
        suffix = PurePath(str(key)).suffix or PurePath(file_name).suffix
        yield f"{folder}/sound/{song_id} {file_name_of(title)}{suffix}", stored_file(str(key))


def covers_of(artist: Artist, folder: str) -> Iterator[Named]:
    """The pictures of the artist, the albums and the songs, each once, in their largest size."""
    for cover_id, key in session().execute(sa.select(Cover.id, Cover.key_600).where(Cover.id.in_(worn_by(artist)))):
        yield f"{folder}/covers/{cover_id}{PurePath(key).suffix}", stored_file(key)


def worn_by(artist: Artist) -> Sequence[int]:
    """The ids of the covers that an artist and their music wear."""
    of_music = sa.union(
        *(sa.select(table.cover_id).where(table.artist_id == artist.id) for table in (Album, Song)),
    )
    found = {artist.cover_id, *session().scalars(of_music)}
    return sorted(cover_id for cover_id in found if cover_id is not None)
