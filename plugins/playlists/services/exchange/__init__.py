"""Playlists from and to files: M3U8, XSPF and JSPF."""

from plugins.playlists.services.exchange.formats import FORMATS, LARGEST_BYTES
from plugins.playlists.services.exchange.handing_out import PlaylistFile, file_of, format_named, write_all
from plugins.playlists.services.exchange.taking_in import Missing, Taken, choose_song, look_again, take_in, taken_in

__all__ = [
    "FORMATS",
    "LARGEST_BYTES",
    "Missing",
    "PlaylistFile",
    "Taken",
    "choose_song",
    "file_of",
    "format_named",
    "look_again",
    "take_in",
    "taken_in",
    "write_all",
]
