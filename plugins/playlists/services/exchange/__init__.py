"""Playlists from and to files: M3U8, XSPF and JSPF."""

from plugins.playlists.services.exchange.formats import FORMATS
from plugins.playlists.services.exchange.handing_out import PlaylistFile, file_of, write_all
from plugins.playlists.services.exchange.lines import Line
from plugins.playlists.services.exchange.missing import (
    Missing,
    Taken,
    choose_song,
    look_again,
    missing_line,
    songs_like,
    taken_in,
    unfinished_imports,
)
from plugins.playlists.services.exchange.taking_in import LARGEST_FORM, take_in

__all__ = [
    "FORMATS",
    "LARGEST_FORM",
    "Line",
    "Missing",
    "PlaylistFile",
    "Taken",
    "choose_song",
    "file_of",
    "look_again",
    "missing_line",
    "songs_like",
    "take_in",
    "taken_in",
    "unfinished_imports",
    "write_all",
]
