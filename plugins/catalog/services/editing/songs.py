"""What artists say about a song."""

from datetime import date
from typing import Any, TypedDict

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.plugins import emit
from plugins.catalog.events import SongChanged, SongMoved
from plugins.catalog.models import Album, Artist, Genre, Song, fold
from plugins.catalog.services import songs
from plugins.catalog.services.editing.credits import Credit, credits_of
from plugins.catalog.services.editing.meanwhile import refuse_if_changed
from plugins.catalog.services.editing.tints import choose_tint
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.moderating.along import hidden_since
from plugins.catalog.services.moderating.holding import refuse_to_put_in, refuse_to_take_out
from plugins.catalog.services.moderating.labelling import say_explicit
from plugins.catalog.services.ownership import song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.uploading.albums import album_titled
from plugins.catalog.services.uploading.wishes import Wishes
from plugins.catalog.services.words import known_id, line_of, number_of, text_of, title_of

YEARS = (1000, 2999)
NUMBERS = {"track_no": (1, 9999), "disc_no": (1, 999), "year": YEARS}
LINES = {"licence": 200}
TEXTS = {"lyrics": 20_000, "description": 10_000}


class SongChanges(TypedDict, total=False):
    """What may be changed of a song.

    `album` is a title of the same artist's, made when new, "" for none; `tint` is 0 to 23 or grey, "" for that of the
    cover.
    """

    title: str
    album: str
    genre: str
    track_no: int | None
    disc_no: int | None
    year: int | None
    released_on: date | None
    description: str
    lyrics: str
    credits: list[Credit]
    licence: str
    explicit: bool
    tint: str


def change_song(person: Person, song_id: int, changes: SongChanges, version: int | None = None) -> Song:
    """Change what is said about a song; with `version`, only if nobody changed it since (ChangedMeanwhile)."""
    with writing():
        if "album" in changes:
            lock_artist_of(song_id)
        song = song_to_change(person, song_id)
        refuse_if_changed(song, version, changes, lambda: present(song))
        if "title" in changes:
            song.title = title_of(changes["title"])
            song.title_key = fold(song.title)
        if "album" in changes:
            move_to_album(person, song, line_of(changes["album"], 200))
        if "genre" in changes:
            song.genre_id = genre_named(changes["genre"])
        if "credits" in changes:
            song.credits = credits_of(changes["credits"])
        if "tint" in changes:
            choose_tint(song, changes["tint"])
        song.released_on = changes.get("released_on", song.released_on)
        if "explicit" in changes:
            say_explicit(song, changes["explicit"])
        put_plain(song, changes)
        emit(SongChanged(song.id, song.artist_id))
    return song


def put_plain(thing: Song | Album, changes: Any) -> None:
    """Change the numbers, lines and texts that need no more than to be fit."""
    for name in changes.keys() & NUMBERS.keys():
        setattr(thing, name, number_of(changes[name], name, *NUMBERS[name]))
    for name in changes.keys() & LINES.keys():
        setattr(thing, name, line_of(changes[name], LINES[name]))
    for name in changes.keys() & TEXTS.keys():
        setattr(thing, name, text_of(changes[name], TEXTS[name]))


def present(song: Song) -> dict[str, object]:
    """What a song says now, by the names of SongChanges."""
    album = session().get(Album, song.album_id) if song.album_id else None
    genre = session().get(Genre, song.genre_id) if song.genre_id else None
    plain = ("title", "track_no", "disc_no", "year", "released_on", "description", "lyrics", "credits", "licence")
    return {
        **{name: getattr(song, name) for name in plain},
        "album": album.title if album else "",
        "genre": genre.name if genre else "",
        "explicit": song.explicit,
        "tint": song.tint if song.tint_is_chosen else "",
    }


def lock_artist_of(song_id: int) -> None:
    """Lock the artist of a song before the song itself, as everybody does; theirs is the album that may be made."""
    artist_id = sa.select(Song.artist_id).where(Song.id == known_id(song_id, songs.NOT_HERE)).scalar_subquery()
    session().execute(sa.select(Artist.id).where(Artist.id == artist_id).with_for_update(key_share=True))


def move_to_album(person: Person, song: Song, title: str) -> None:
    """Put a song into its artist's album of this title, or into none; the artist is locked."""
    before = session().get(Album, song.album_id) if song.album_id is not None else None
    if before is not None and title and before.title_key == fold(title):
        return
    put_into(person, song, before, album_titled(song.artist_id, Wishes(album=title)) if title else None)


def put_into(person: Person, song: Song, before: Album | None, after: Album | None) -> None:
    """Move a song from one album to another; it keeps showing the cover that it had where the new one has none.

    Raises Conflict where moderators keep one of them from listeners.
    """
    refuse_to_take_out(person, before)
    refuse_to_put_in(person, after)
    if before is not None and song.cover_id is None and (after is None or after.cover_id is None):
        song.cover_id = before.cover_id
        song.tint = song.tint if song.tint_is_chosen else before.tint
    song.album_id = after.id if after else None
    song.hidden_at = hidden_since(song.artist_id, song.album_id, song.flagged_at)
    emit(SongMoved(song.id, before.id if before else None, song.album_id))
