"""Playlists from files: made with the songs that are here, and what was not found is kept with its place."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, Invalid, TooLarge, WrongKind
from plugins.catalog.services import Person, line_of
from plugins.playlists.models import Playlist, TakenIn
from plugins.playlists.services.entries import add_songs
from plugins.playlists.services.exchange.formats import LARGEST_BYTES, read_files
from plugins.playlists.services.exchange.lines import Line, ListFile, NotReadable, one_line
from plugins.playlists.services.exchange.missing import Taken, songs_of_lines, taken_in
from plugins.playlists.services.limits import limits
from plugins.playlists.services.making import LONGEST_DESCRIPTION, VISIBILITIES, create_playlist
from plugins.playlists.services.names import LONGEST_NAME, key_of

MOST_NAMESAKES = 1_000
LARGEST_FORM = LARGEST_BYTES + (1 << 20)
TOO_LARGE = f"This file is larger than {LARGEST_BYTES >> 20} MB."


def take_in(person: Person, file_name: str, stream: IO[bytes]) -> list[Taken]:
    """Make a playlist of each one in an uploaded file, all of them or none.

    Raises TooLarge; WrongKind for a file that is no playlist; Invalid where one is too long or has unusable rules.
    """
    raw = stream.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise TooLarge(TOO_LARGE, {"file": [TOO_LARGE]})
    file_name = one_line(file_name)
    try:
        files = read_files(file_name, raw)
    except NotReadable as unreadable:
        raise WrongKind(str(unreadable), {"file": [str(unreadable)]}) from None
    for file in files:
        refuse_too_long(file)
    recognised = [songs_of_lines(person, file.lines) if file.rules is None else [] for file in files]
    with writing():
        ids = [make(person, file_name, *pair) for pair in zip(files, recognised, strict=True)]
    return [taken_in(person, taken_id) for taken_id in ids]


def refuse_too_long(file: ListFile) -> None:
    most = limits().songs_per_playlist
    if len(file.lines) > most:
        sentence = f"“{file.name}” has {len(file.lines):,} songs; a playlist here has at most {most:,}."
        raise Invalid(sentence, {"file": [sentence]})


def make(person: Person, file_name: str, file: ListFile, song_ids: Sequence[int | None]) -> int:
    """The id of what is written down of one playlist of a file, which is made with the songs that were found."""
    playlist_id = create_playlist(
        person,
        free_name(person, file.name),
        description=file.description[:LONGEST_DESCRIPTION],
        visibility=file.visibility if file.visibility in VISIBILITIES else "private",
        rules=file.rules,
    )
    found = [song_id for song_id in song_ids if song_id is not None]
    entries = iter(add_songs(person, playlist_id, found))
    of_lines = [next(entries) if song_id is not None else None for song_id in song_ids]
    taken = TakenIn(
        user_id=person.id,
        playlist_id=playlist_id,
        file_name=file_name[-255:],
        found_count=len(found),
        missing=[kept(file.lines[place], place, of_lines) for place, entry in enumerate(of_lines) if entry is None],
    )
    session().add(taken)
    session().flush()
    return taken.id


def kept(line: Line, place: int, of_lines: Sequence[int | None]) -> dict[str, Any]:
    """A line without a song, with the entry before which its song would stand."""
    before = next((entry for entry in of_lines[place:] if entry is not None), None)
    return {"number": place + 1, "before": before, **asdict(line)}


def free_name(person: Person, name: str) -> str:
    """A name that no playlist of somebody has: the given one as it is kept, or it with a number behind."""
    name = line_of(name, LONGEST_NAME) or "Playlist"
    query = sa.select(Playlist.name_key).where(Playlist.owner_id == person.id, Playlist.deleted_at.is_(None))
    taken = set(session().scalars(query))
    for number in range(1, MOST_NAMESAKES):
        behind = f" {number}" if number > 1 else ""
        free = name[: LONGEST_NAME - len(behind)].rstrip() + behind
        if key_of(free) not in taken:
            return free
    raise Conflict(f"You have very many playlists called “{name}” already.")
