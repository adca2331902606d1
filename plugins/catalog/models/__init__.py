"""The tables of music."""

from plugins.catalog.models.albums import Album
from plugins.catalog.models.artists import Artist, ArtistInvitation, ArtistMember
from plugins.catalog.models.covers import Cover
from plugins.catalog.models.folders import FolderFile, FolderLook
from plugins.catalog.models.folding import fold
from plugins.catalog.models.genres import Genre
from plugins.catalog.models.player import PlayerState
from plugins.catalog.models.plays import Play, SongDay
from plugins.catalog.models.songs import Song, SongPeaks, SongVersion
from plugins.catalog.models.uploads import PartialUpload

__all__ = [
    "Album",
    "Artist",
    "ArtistInvitation",
    "ArtistMember",
    "Cover",
    "FolderFile",
    "FolderLook",
    "Genre",
    "PartialUpload",
    "Play",
    "PlayerState",
    "Song",
    "SongDay",
    "SongPeaks",
    "SongVersion",
    "fold",
]
