"""What an imported playlist still misses: songs that were not found, looked for again or chosen by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from flask import current_app

from musicapp.database import session, writing
from musicapp.errors import NotFound
from plugins.catalog import services as catalog
from plugins.catalog.services import Person, SaidSong, SongRow
from plugins.playlists.models import Entry, Playlist, TakenIn
from plugins.playlists.services.entries import add_songs
from plugins.playlists.services.exchange.lines import Line
from plugins.playlists.services.seeing import known_id

NOT_HERE = "There is no such import of yours."
MOST_OFFERED = 20
MOST_UNFINISHED = 20


@dataclass(frozen=True)
class Missing:
    """A line for which no song was found: `number` counts the lines of the file from 1."""

    number: int
    line: Line


@dataclass(frozen=True)
class Taken:
    """What became of a file: the playlist that was made, how many songs were found, and the lines without one."""

    id: int
    playlist_id: int
    playlist_name: str
    file_name: str
    found_count: int
    missing: list[Missing]
    created_at: datetime


def taken_in(person: Person, taken_id: int) -> Taken:
    """What became of a file that somebody brought; raises NotFound for others'."""
    row = session().execute(one_of_mine(person, taken_id)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    return as_taken(*row)


def unfinished_imports(person: Person) -> list[Taken]:
    """The files that somebody brought and of which songs are still missing, the latest first."""
    unfinished = mine(person).where(sa.func.json_array_length(TakenIn.missing) > 0)
    rows = session().execute(unfinished.order_by(TakenIn.id.desc()).limit(MOST_UNFINISHED))
    return [as_taken(*row) for row in rows]


def one_of_mine(person: Person, taken_id: int) -> sa.Select[Any]:
    return mine(person).where(TakenIn.id == known_id(taken_id, NOT_HERE))


def mine(person: Person) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (TakenIn, Playlist.name)
    query = sa.select(*columns).join(Playlist, Playlist.id == TakenIn.playlist_id)
    return query.where(TakenIn.user_id == person.id, Playlist.deleted_at.is_(None))


def as_taken(taken: TakenIn, playlist_name: str) -> Taken:
    missing = [Missing(one["number"], line_kept(one)) for one in taken.missing]
    return Taken(
        taken.id, taken.playlist_id, playlist_name, taken.file_name, taken.found_count, missing, taken.created_at
    )


def line_kept(one: dict[str, Any]) -> Line:
    return Line(**{name: one[name] for name in Line.__dataclass_fields__})


def look_again(person: Person, taken_id: int) -> int:
    """Look once more for what was missing, for music that came since; how many songs were found."""
    missing = taken_in(person, taken_id).missing
    found = songs_of_lines(person, [one.line for one in missing])
    numbers = {one.number: song_id for one, song_id in zip(missing, found, strict=True) if song_id is not None}
    return put_in_place(person, taken_id, numbers)


def choose_song(person: Person, taken_id: int, number: int, song_id: int) -> None:
    """Say which song a missing line is; raises NotFound when it is missing no more."""
    if not put_in_place(person, taken_id, {number: song_id}):
        raise NotFound("This line has its song already.")


def put_in_place(person: Person, taken_id: int, numbers: dict[int, int]) -> int:
    """Put songs where their lines stood in the file, as far as that is still there; how many they were."""
    with writing():
        row = session().execute(one_of_mine(person, taken_id).with_for_update(of=TakenIn)).one_or_none()
        if row is None:
            raise NotFound(NOT_HERE)
        taken: TakenIn = row[0]
        found = [one for one in taken.missing if one["number"] in numbers]
        left = [dict(one) for one in taken.missing if one["number"] not in numbers]
        stands = still_standing(taken.playlist_id, [one["before"] for one in found])
        for before, lines in groupby(found, itemgetter("before")):
            of_lines = [one["number"] for one in lines]
            song_ids = [numbers[number] for number in of_lines]
            entry_ids = add_songs(person, taken.playlist_id, song_ids, before_id=before if before in stands else None)
            let_stand_before(left, before, dict(zip(of_lines, entry_ids, strict=True)))
        taken.missing = left
        taken.found_count += len(found)
    return len(found)


def let_stand_before(left: list[dict[str, Any]], before: int | None, entries: dict[int, int]) -> None:
    """Let lines that still miss their songs stand before those behind them in the file that have theirs now."""
    for one in left:
        if one["before"] == before:
            behind = (entry_id for number, entry_id in entries.items() if number > one["number"])
            one["before"] = next(behind, before)


def still_standing(playlist_id: int, entry_ids: Sequence[int | None]) -> set[int]:
    """Which of these entries are still in the playlist."""
    query = sa.select(Entry.id).where(
        Entry.playlist_id == playlist_id,
        Entry.removed_at.is_(None),
        Entry.id.in_([entry_id for entry_id in entry_ids if entry_id is not None]),
    )
    return set(session().scalars(query))


def missing_line(taken: Taken, number: int) -> Line:
    """A line that has no song yet; raises NotFound."""
    for one in taken.missing:
        if one.number == number:
            return one.line
    raise NotFound("This line has its song already.")


def songs_like(person: Person, text: str) -> list[SongRow]:
    """Songs among which somebody may choose for a missing line."""
    return list(catalog.search_music(person, text, MOST_OFFERED).songs)


def songs_of_lines(person: Person, lines: Sequence[Line]) -> list[int | None]:
    """The id of the song of each line: by its address when that is here, otherwise by what is said of it."""
    here = current_app.config["SITE_URL"]
    by_address = [line.song_id(here) for line in lines]
    heard = catalog.which_of(person, {song_id for song_id in by_address if song_id is not None})
    left = [place for place, song_id in enumerate(by_address) if song_id not in heard]
    said = [SaidSong(line.title, line.artist, line.album, line.duration_s) for line in (lines[at] for at in left)]
    found: list[int | None] = list(by_address)
    for place, song_id in zip(left, catalog.recognise(person, said), strict=True):
        found[place] = song_id
    return found
