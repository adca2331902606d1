"""What the rows of a sheet would change in songs, compared with how they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Invalid
from musicapp.sheets import Value
from musicapp.sheets.cells import guarded, unguarded
from musicapp.sheets.fitting import text
from musicapp.sheets.plans import Change, Row
from plugins.auth.services import person_with_id
from plugins.catalog.models import Album, fold
from plugins.catalog.services.moderating.holding import holds_songs_of, stays_in, takes_none
from plugins.catalog.services.persons import Person
from plugins.catalog.services.sheet_changes.columns import ARTIST, EDITABLE, ID, Editable, credits_in_words
from plugins.catalog.services.sheet_changes.rows import SheetSong, songs_to_compare

NO_SOUND = "A song comes with its sound. Upload it first; then it has a number that stands here."
NOT_YOURS = "There is no song with this number among yours."
BY_NAME = ("album", "genre")
ALBUMS_AT_ONCE = 500
Titles = dict[tuple[int, str], bool]


@dataclass(frozen=True)
class Sense:
    """What the cells of a row mean for its song: changes in words and by field, and what is wrong."""

    changed: list[tuple[str, str, str]]
    fields: dict[str, Any]
    problems: dict[str, str]


def plan_changes(person_id: int, artist_id: int, rows: Sequence[Row]) -> list[Change]:
    """What each row would change; songs of that artist or (0) of anybody whose songs this person may change."""
    person = person_with_id(person_id)
    songs = songs_to_compare(person, artist_id, [number for row in rows if (number := song_id(row))])
    albums = album_titles_of(person, {song.artist_id for song in songs.values()})
    first: dict[int, int] = {}
    changes = []
    for row in rows:
        number = song_id(row)
        song = songs.get(number) if number else None
        if number is None or song is None:
            changes.append(stranger(row, number))
        elif number in first:
            again = f"Row {first[number]} is about this song already."
            changes.append(Change(row.number, str(song.values["title"]), "nothing", problems={ID.name: again}))
        else:
            first[number] = row.number
            changes.append(plan_row(row, song, albums))
    return changes


def song_id(row: Row) -> int | None:
    number = row.values.get(ID.name)
    return number if isinstance(number, int) else None


def stranger(row: Row, number: int | None) -> Change:
    """A row about no song that this person could change."""
    said = row.values.get("title") or (f"Song {number}" if number else "")
    problems = {} if ID.name in row.problems else {ID.name: NO_SOUND if number is None else NOT_YOURS}
    return Change(row.number, str(said), "nothing", problems=problems)


def plan_row(row: Row, song: SheetSong, albums: Titles) -> Change:
    """What one row would change in its song."""
    sense = Sense([], {}, {})
    artist = song.values[ARTIST.name]
    if not is_same(row.values.get(ARTIST.name, artist), artist):
        sense.problems[ARTIST.name] = f"A song stays with its artist, and this one is of “{artist}”."
    for editable in EDITABLE:
        if editable.column.name in row.values:
            compare(editable, row.values[editable.column.name], song, albums, sense)
    does = "change" if sense.changed else "nothing"
    payload = {"song_id": song.id, "version": song.version, "changes": sense.fields}
    return Change(row.number, str(song.values["title"]), does, sense.changed, sense.problems, payload)  # type: ignore[arg-type]


def compare(editable: Editable, cell: Value, song: SheetSong, albums: Titles, into: Sense) -> None:
    """Note what one cell would change, or what is wrong with it; nothing where it says what stands there."""
    name = editable.column.name
    stands = song.values[name]
    if is_same(cell, stands):
        return
    try:
        wanted = editable.reads(cell)
    except Invalid as refused:
        into.problems[name] = " ".join(refused.errors[editable.field])
        return
    shown = credits_in_words(wanted) if isinstance(wanted, list) else wanted
    words = said(shown)
    if is_same(shown, stands) or (name in BY_NAME and fold(words) == fold(said(stands))):
        return
    if name == "album" and song.is_held:
        into.problems[name] = stays_in(said(stands))
        return
    if name == "album" and words:
        is_held = albums.get((song.artist_id, fold(words)))
        if is_held:
            into.problems[name] = takes_none(words)
            return
        words += " (a new album)" if is_held is None else ""
    into.changed.append((name, said(stands), words))
    into.fields[editable.field] = wanted.isoformat() if isinstance(wanted, date) else wanted


def is_same(cell: Value, stands: Value) -> bool:
    """Whether a cell says what stands there, as far as a sheet can tell: an empty text is an empty cell."""
    return as_in_sheets(cell) == as_in_sheets(stands)


def as_in_sheets(value: Value) -> Value:
    if isinstance(value, str):
        return unguarded(guarded(value)) or None
    return value


def said(value: Value) -> str:
    """A value in words, "" for an empty cell."""
    return "" if value is None else text(value)


def album_titles_of(person: Person, artist_ids: set[int]) -> Titles:
    """The albums that these artists have, by artist and by how their titles are compared, with whether the newest of a
    title takes no songs of this person."""
    known = sorted(artist_ids)
    columns = sa.select(Album.artist_id, Album.title_key, holds_songs_of(person).label("is_held")).order_by(Album.id)
    found: Titles = {}
    for start in range(0, len(known), ALBUMS_AT_ONCE):
        some = Album.artist_id.in_(known[start : start + ALBUMS_AT_ONCE])
        rows = session().execute(columns.where(some, Album.deleted_at.is_(None)))
        found |= {(row.artist_id, row.title_key): row.is_held for row in rows}
    return found
