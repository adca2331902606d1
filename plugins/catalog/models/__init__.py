"""The tables of music."""

from plugins.catalog.models.albums import Album
from plugins.catalog.models.artist_days import ArtistDay, ArtistListener, ArtistSpan, WaitingDay
from plugins.catalog.models.artists import Artist, ArtistInvitation, ArtistMember
from plugins.catalog.models.comments import Comment, Mention
from plugins.catalog.models.covers import Cover
from plugins.catalog.models.drafts import WaitingDraft
from plugins.catalog.models.folders import FolderFile, FolderLook
from plugins.catalog.models.folding import fold
from plugins.catalog.models.genres import Genre
from plugins.catalog.models.listeners import Listener, ListenerHour, NamelessDay
from plugins.catalog.models.marks import FavouriteAlbum, FavouriteArtist, FavouriteSong, Follow, Rating
from plugins.catalog.models.nearness import NearSong
from plugins.catalog.models.player import PlayerState
from plugins.catalog.models.plays import Play, SongDay
from plugins.catalog.models.shares import ShareLink
from plugins.catalog.models.songs import Song, SongPeaks, SongVersion
from plugins.catalog.models.uploads import PartialUpload

__all__ = [
    "Album",
    "Artist",
    "ArtistDay",
    "ArtistInvitation",
    "ArtistListener",
    "ArtistMember",
    "ArtistSpan",
    "Comment",
    "Cover",
    "FavouriteAlbum",
    "FavouriteArtist",
    "FavouriteSong",
    "FolderFile",
    "FolderLook",
    "Follow",
    "Genre",
    "Listener",
    "ListenerHour",
    "Mention",
    "NamelessDay",
    "NearSong",
    "PartialUpload",
    "Play",
    "PlayerState",
    "Rating",
    "ShareLink",
    "Song",
    "SongDay",
    "SongPeaks",
    "SongVersion",
    "WaitingDay",
    "WaitingDraft",
    "fold",
]
