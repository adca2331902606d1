"""How pages put together what belongs together: an artist's releases by kind, the songs of an album by disc."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.catalog.licences import licence_url
from plugins.catalog.links import SongLink
from plugins.catalog.services import AlbumCard, SongRow

KINDS = ("album", "ep", "single", "live", "compilation")


@dataclass(frozen=True)
class Disc:
    """One disc of an album: its songs, each with its record for the player; `number` is None when there is but one."""

    number: int | None
    songs: list[tuple[SongRow, SongLink]]


def by_kind(albums: Sequence[AlbumCard]) -> list[tuple[str, list[AlbumCard]]]:
    """An artist's releases by their kind, albums first, each kind in the order in which they were given."""
    groups = [(kind, [album for album in albums if album.kind == kind]) for kind in KINDS]
    return [(kind, found) for kind, found in groups if found]


def by_disc(songs: Sequence[SongRow], links: Sequence[SongLink]) -> list[Disc]:
    """The songs of an album, which come in its order, by disc."""
    numbers = list(dict.fromkeys(song.disc_no for song in songs))
    pairs = list(zip(songs, links, strict=True))
    if len(numbers) < 2:
        return [Disc(None, pairs)]
    return [
        Disc(number or place, [pair for pair in pairs if pair[0].disc_no == number])
        for place, number in enumerate(numbers, 1)
    ]


def licences_of(songs: Sequence[SongRow]) -> list[tuple[str, str]]:
    """The licences of some songs, each with the address of its text, "" where that is not known."""
    return [(name, licence_url(name)) for name in sorted({song.licence for song in songs if song.licence})]
