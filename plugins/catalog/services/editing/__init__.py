"""Editing: what artists say about their songs, albums and themselves. Only what is given is changed."""

from plugins.catalog.services.editing.albums import AlbumChanges, change_album, create_album
from plugins.catalog.services.editing.artists import ArtistChanges, change_artist, create_artist
from plugins.catalog.services.editing.credits import ROLES
from plugins.catalog.services.editing.lyrics import OddLine, odd_lines
from plugins.catalog.services.editing.meanwhile import ChangedMeanwhile
from plugins.catalog.services.editing.order import add_songs, order_songs, take_song_out
from plugins.catalog.services.editing.songs import SongChanges, change_song
from plugins.catalog.services.editing.tints import TINTS

__all__ = [
    "ROLES",
    "TINTS",
    "AlbumChanges",
    "ArtistChanges",
    "ChangedMeanwhile",
    "OddLine",
    "SongChanges",
    "add_songs",
    "change_album",
    "change_artist",
    "change_song",
    "create_album",
    "create_artist",
    "odd_lines",
    "order_songs",
    "take_song_out",
]
