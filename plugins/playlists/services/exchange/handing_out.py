"""Playlists as files: one, or all of somebody's in a ZIP."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from flask import current_app

from musicapp.addresses import url_of
from musicapp.errors import NotFound
from musicapp.paging import MOST
from plugins.catalog.services import Person, SongRow
from plugins.playlists.services.detail import PlaylistDetail, playlist_detail
from plugins.playlists.services.entries import all_songs
from plugins.playlists.services.exchange.formats import FORMATS, Format
from plugins.playlists.services.exchange.lines import Line, ListFile
from plugins.playlists.services.lists import own_playlists

NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST_FILE_NAME = 80


@dataclass(frozen=True)
class PlaylistFile:
    """A playlist in a format, under a name that every file system takes."""

    name: str
    mime: str
    text: str


def format_named(name: str) -> Format:
    """The format of this name; raises NotFound."""
    if name not in FORMATS:
        raise NotFound(f"There is no such format. Choose one of {', '.join(FORMATS)}.")
    return FORMATS[name]


def file_of(person: Person | None, playlist_id: int, format_name: str) -> PlaylistFile:
    """A playlist that somebody may see as a file; of a smart one the songs that its rules choose now."""
    return written(person, playlist_detail(person, playlist_id), format_named(format_name))


def written(person: Person | None, detail: PlaylistDetail, chosen: Format) -> PlaylistFile:
    card = detail.card
    lines = [line_of(song) for song in all_songs(person, detail)]
    theirs = detail.role == "owner"
    # What moderators keep from listeners comes back as private, not at once to everybody.
    visibility = card.visibility if theirs and not card.hidden else None
    file = ListFile(card.name, card.description, visibility, detail.rules if theirs else None, lines)
    return PlaylistFile(f"{file_name(card.name)}.{chosen.name}", chosen.mime, chosen.write(file))


def line_of(song: SongRow) -> Line:
    """A song as a file names it; its location is where a player hears it."""
    address = current_app.config["SITE_URL"] + url_of("catalog.api.song_audio", song_id=song.id)
    return Line(song.title, song.artist_name, song.album_title or "", song.track_no, song.duration_s, address)


def write_all(person: Person, format_name: str, into: IO[bytes]) -> int:
    """Write all playlists of somebody as a ZIP; how many they are. No two files in it have the same name."""
    chosen = format_named(format_name)
    taken: set[str] = set()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        cursor = None
        while True:
            page = own_playlists(person, sort="name", limit=MOST, cursor=cursor)
            for card in page.rows:
                file = written(person, playlist_detail(person, card.id), chosen)
                archive.writestr(unused(file.name, taken), file.text)
            cursor = page.next
            if cursor is None:
                return len(taken)


def file_name(name: str) -> str:
    """A playlist's name as that of a file."""
    return NOT_IN_NAMES.sub("_", name)[:LONGEST_FILE_NAME].strip(" .") or "Playlist"


def unused(name: str, taken: set[str]) -> str:
    """A name that is not taken yet, with a number where it must be; case does not tell files apart everywhere."""
    stem, _, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} {number}.{suffix}"
    taken.add(free.casefold())
    return free
