"""From what a file says of itself to what the catalogue calls it: artist, album, title, guests."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from plugins.catalog import models
from plugins.catalog.media import Facts, Tags
from plugins.catalog.services.uploading import title_from
from plugins.catalog.services.words import line_of

NAME_LIMIT = 120
UNKNOWN = "Unknown artist"
VARIOUS = "Various artists"
VARIOUS_KEYS = frozenset({"various artists", "various", "va", "v.a.", "v/a", "various artist"})
GUESTS = re.compile(r"\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+(?P<guests>[^)\]]+)[)\]]?\s*$", re.IGNORECASE)
# The same few names come again and again.
fold = lru_cache(maxsize=4096)(models.fold)
DISC_FOLDER = re.compile(rb"(?:cd|dis[ck]|vol(?:ume)?)[ ._-]*\d{1,2}(?:[ ._-].*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """What a song is called and where it belongs; without an album what is said of one means nothing.

    `album_is_claimed` says that the file names the artist of its album itself.
    """

    title: str
    artist: str
    guests: str
    album: str
    album_artist: str
    album_folder: bytes
    is_compilation: bool
    album_is_claimed: bool


def named(path: bytes, facts: Facts, artist: str = "") -> Named:
    """What a file's song is called by its tags, and where they say nothing by its name; `artist` wins over the tags."""
    tags = facts.tags
    main, guests = (artist, "") if artist else without_guests(tags.artist or tags.album_artist or UNKNOWN)
    compiled = tags.compilation or fold(tags.album_artist or "") in VARIOUS_KEYS
    return Named(
        title=tags.title or title_from(readable_name(path)),
        artist=main,
        guests=guests,
        album=tags.album or "",
        album_artist=artist or album_artist_of(tags, main, compiled),
        album_folder=album_folder(path),
        is_compilation=compiled,
        album_is_claimed=bool(artist or tags.album_artist or compiled),
    )


def shared_albums(names: list[Named]) -> list[Named]:
    """The same names, where an album in one folder that nobody claims and several artists play on belongs to all."""
    artists: dict[tuple[bytes, str], set[str]] = {}
    for name in names:
        if name.album and not name.album_is_claimed:
            artists.setdefault(album_key(name), set()).add(fold(name.artist))
    shared = {key for key, those in artists.items() if len(those) > 1}
    return [
        replace(name, album_artist=VARIOUS, is_compilation=True)
        if album_key(name) in shared and not name.album_is_claimed
        else name
        for name in names
    ]


def album_key(name: Named) -> tuple[bytes, str]:
    return name.album_folder, fold(name.album)


def album_artist_of(tags: Tags, artist: str, is_compilation: bool) -> str:
    """Who an album belongs to: who the tags name, else all of them together, else the song's artist."""
    if fold(tags.album_artist or "") in VARIOUS_KEYS or (is_compilation and not tags.album_artist):
        return VARIOUS
    return line_of(tags.album_artist, NAME_LIMIT) or artist


def without_guests(artist: str) -> tuple[str, str]:
    """An artist and their guests: “Nils feat. Ada” → (“Nils”, “Ada”)."""
    guests = GUESTS.search(artist)
    main = artist[: guests.start()] if guests else artist
    if not fold(main):
        return line_of(artist, NAME_LIMIT) or UNKNOWN, ""
    return line_of(main, NAME_LIMIT), line_of(guests["guests"], NAME_LIMIT) if guests else ""


def album_folder(path: bytes) -> bytes:
    """The folder of a file's album; those of single discs are one with the folder they lie in."""
    return without_disc(path.rpartition(b"/")[0])


@lru_cache(maxsize=256)
def without_disc(folder: bytes) -> bytes:
    above, _, name = folder.rpartition(b"/")
    return above if DISC_FOLDER.fullmatch(name) else folder


def readable_name(path: bytes) -> str:
    """A file's name as text; bytes that are none are shown as “?”."""
    return line_of(readable(path.rpartition(b"/")[2]), 255) or "untitled"


def readable(path: bytes) -> str:
    """A path as people can read it on one line."""
    text = path.decode("utf-8", "replace").replace("\ufffd", "?")
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "?" for letter in text)
