"""What an artist sees of their own music: lists with filters, the sheet of many songs, and a few numbers."""

from plugins.catalog.services.studio.lists import (
    STATES,
    DeskSong,
    Wanted,
    album_titles,
    desk_albums,
    desk_songs,
    loose_songs,
    sheet_songs,
)
from plugins.catalog.services.studio.numbers import StudioNumbers, studio_numbers

__all__ = [
    "STATES",
    "DeskSong",
    "StudioNumbers",
    "Wanted",
    "album_titles",
    "desk_albums",
    "desk_songs",
    "loose_songs",
    "sheet_songs",
    "studio_numbers",
]
