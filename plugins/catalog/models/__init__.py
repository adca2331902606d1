"""The tables of music."""

from plugins.catalog.models.albums import Album
from plugins.catalog.models.artists import Artist, ArtistMember
from plugins.catalog.models.covers import Cover
from plugins.catalog.models.folding import fold
from plugins.catalog.models.genres import Genre
from plugins.catalog.models.plays import Play, SongDay
from plugins.catalog.models.songs import Song, SongPeaks

__all__ = ["Album", "Artist", "ArtistMember", "Cover", "Genre", "Play", "Song", "SongDay", "SongPeaks", "fold"]
