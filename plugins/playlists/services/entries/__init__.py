"""The entries of a playlist: each is a song's place in it, and the same song may have several.

Whoever changes them has locked the playlist's row first, so that of many who edit at once each sees what the one
before left.
"""

from plugins.playlists.services.entries.adding import add_songs
from plugins.playlists.services.entries.moving import move_entries, order_entries, order_songs
from plugins.playlists.services.entries.reading import EntryRow, all_songs, entries_of, removed_entries
from plugins.playlists.services.entries.removing import bring_back_entries, remove_entries, remove_song
from plugins.playlists.services.entries.replacing import remove_song_everywhere, set_songs
from plugins.playlists.services.entries.stepping import step_entry

__all__ = [
    "EntryRow",
    "add_songs",
    "all_songs",
    "bring_back_entries",
    "entries_of",
    "move_entries",
    "order_entries",
    "order_songs",
    "remove_entries",
    "remove_song",
    "remove_song_everywhere",
    "removed_entries",
    "set_songs",
    "step_entry",
]
