"""The records of songs for who is here, and the addresses of pictures."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from musicapp.security import signed_in
from plugins.catalog import services
from plugins.catalog.services import Marked, SongLink, SongRow
from plugins.catalog.services.records import album_cover_url, artist_cover_url, song_cover_url

__all__ = [
    "SongLink",
    "album_cover_url",
    "artist_cover_url",
    "links_of_lists",
    "song_cover_url",
    "song_links",
]


def song_links(songs: Iterable[SongRow], marked: Marked | None = None) -> list[SongLink]:
    """The records of a list of songs, in its order, for who is signed in; `marked` is what they said, where known."""
    return services.song_links(signed_in(), songs, marked)


def links_of_lists(*lists: Sequence[SongRow], marked: Marked | None = None) -> list[list[SongLink]]:
    """The records of several lists of one page, asked for together."""
    links = iter(song_links(chain(*lists), marked))
    return [list(islice(links, len(songs))) for songs in lists]
