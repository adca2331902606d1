"""Taking a row of a sheet back: its song says again what it said before, unless somebody changed it since."""

from typing import Any

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, Refused
from plugins.auth.services import person_with_id
from plugins.catalog.models import Album, Genre, Song, fold
from plugins.catalog.services.editing import change_song
from plugins.catalog.services.editing.meanwhile import said
from plugins.catalog.services.editing.songs import lock_artist_of, put_into
from plugins.catalog.services.ownership import song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.readiness import LOCK
from plugins.catalog.services.removing import delete_album
from plugins.catalog.services.sheet_changes.applying import as_changes, by_column
from plugins.catalog.services.sheet_changes.columns import COLUMN_OF_FIELD
from plugins.catalog.services.sheet_changes.remembering import OF_ALBUM, WayBack, standing

ALONG = (*OF_ALBUM, "genre_id", "album")
NUMBER_OF = {"album": "album_id", "genre": "genre_id"}


def undo_change(person_id: int, way_back: WayBack) -> None:
    """Let a song say again what it said before a row; the row as a whole or nothing of it.

    Refused by the names of columns where the song says something else by now than the row let it say.
    """
    person, song_id, before = person_with_id(person_id), way_back["song_id"], way_back["before"]
    try:
        with writing():
            if "album" in before:
                lock_artist_of(song_id)
            song = song_to_change(person, song_id)
            refuse_if_changed_since(song, way_back)
            plain = {field: value for field, value in before.items() if field not in ALONG}
            if "genre" in plain:
                plain["genre"] = name_now(before["genre_id"], before["genre"])
            change_song(person, song_id, as_changes(plain))
            if "album" in before:
                put_back(person, song, way_back)
    except Refused as refused:
        by_column(refused)
        raise


def refuse_if_changed_since(song: Song, way_back: WayBack) -> None:
    """Refuse to write over what somebody changed after the sheet was applied."""
    after = way_back["after"]
    stands = standing(song, [field for field in COLUMN_OF_FIELD if field in after])
    other = [field for field in COLUMN_OF_FIELD if field in after and differs(field, stands, after)]
    if other:
        sentence = f"“{song.title}” was changed since the sheet was applied, so this row is left as it is."
        raise Conflict(sentence, {field: [said(stands[field])] for field in other})


def differs(field: str, stands: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a field says something else; an album or genre that only got another name is the same."""
    compared = NUMBER_OF.get(field, field)
    return bool(stands[compared] != after[compared])


def name_now(genre_id: int | None, name: str) -> str:
    """What a genre is called now; that of then when it is gone, which makes it again."""
    return session().scalar(sa.select(Genre.name).where(Genre.id == genre_id)) or name


def put_back(person: Person, song: Song, way_back: WayBack) -> None:
    """Put a song into the album where it was, with the cover that it had of its own; its artist is locked."""
    before, after = way_back["before"], way_back["after"]
    shows_the_same = song.cover_id == after["cover_id"]
    put_into(person, song, session().get(Album, song.album_id) if song.album_id else None, album_before(before))
    if shows_the_same:
        song.cover_id = before["cover_id"]
        song.tint = song.tint if song.tint_is_chosen else before["tint"]
    if way_back["made_album"]:
        remove_if_empty(person, way_back["made_album"], after["album"])


def album_before(before: dict[str, Any]) -> Album | None:
    """The album in which a song was, None for a single; raises Conflict when it is gone."""
    if before["album_id"] is None:
        return None
    album = session().get(Album, before["album_id"])
    if album is None or album.deleted_at is not None:
        gone = f"“{before['album']}” was deleted, so the song stays where it is."
        raise Conflict(gone, {"album": [gone]})
    return album


def remove_if_empty(person: Person, album_id: int, title: str) -> None:
    """Delete the draft that was made for a row, when nothing was put into it or said about it since."""
    session().flush()
    album = session().get(Album, album_id, with_for_update=LOCK)
    holds_songs = sa.select(sa.exists().where(Song.album_id == album_id))
    if album is not None and is_as_made(album, title) and not session().scalar(holds_songs):
        delete_album(person, album_id)


def is_as_made(album: Album, title: str) -> bool:
    """Whether an album is a draft that says nothing but the title under which a row made it."""
    said_since = (album.cover_id, album.description, album.genre_id, album.year, album.released_on, album.credits)
    is_plain = album.kind == "album" and album.title_key == fold(title) and not album.tint_is_chosen
    return is_plain and not any((album.published_at, album.deleted_at, *said_since))
