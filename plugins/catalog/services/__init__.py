"""The verbs of music, for pages, the API, jobs and other plugins: here it is decided who may do and see what."""

from plugins.catalog.services.albums import (
    AlbumDetail,
    album_detail,
    all_albums,
    list_albums,
    more_by,
    own_albums,
    songs_of_album,
)
from plugins.catalog.services.artists import (
    ArtistDetail,
    artist_detail,
    artist_to_publish_as,
    artists_of,
    list_artists,
)
from plugins.catalog.services.covers import (
    album_cover,
    artist_cover,
    change_album_cover,
    change_artist_cover,
    change_song_cover,
    keep_cover,
    read_picture,
    song_cover,
)
from plugins.catalog.services.deleted import Deleted, deleted_music
from plugins.catalog.services.editing import (
    AlbumChanges,
    ArtistChanges,
    SongChanges,
    change_album,
    change_artist,
    change_song,
    create_album,
    order_songs,
)
from plugins.catalog.services.genres import add_genre, delete_genre, genre_of, list_genres, rename_genre
from plugins.catalog.services.history import PastPlay, recently_played
from plugins.catalog.services.limits import CatalogSettings, limits
from plugins.catalog.services.listening import Ear, Heard, Kept, record_plays
from plugins.catalog.services.lyrics import lyrics_of
from plugins.catalog.services.persons import LogInFirst, Person, manages, may_browse, may_listen, sees_all
from plugins.catalog.services.player_state import MOST_SONGS, LeftOff, Stop, keep_stop, where_left_off
from plugins.catalog.services.publishing import publish_album, publish_song, unpublish_album, unpublish_song
from plugins.catalog.services.removing import delete_album, delete_song, restore_album, restore_song
from plugins.catalog.services.rows import AlbumCard, ArtistCard, GenreCard, SongRow
from plugins.catalog.services.searching import search_albums, search_artists, search_songs
from plugins.catalog.services.shelves import album_of_the_week, new_releases, new_songs, popular_this_week
from plugins.catalog.services.songs import SongDetail, all_songs, list_songs, own_songs, song_detail, song_rows
from plugins.catalog.services.streaming import Sound, may_hear, peaks_of
from plugins.catalog.services.uploading import Wishes, upload_song
from plugins.catalog.services.visibility import known_albums, known_songs, visible_albums, visible_songs

__all__ = [
    "MOST_SONGS",
    "AlbumCard",
    "AlbumChanges",
    "AlbumDetail",
    "ArtistCard",
    "ArtistChanges",
    "ArtistDetail",
    "CatalogSettings",
    "Deleted",
    "Ear",
    "GenreCard",
    "Heard",
    "Kept",
    "LeftOff",
    "LogInFirst",
    "PastPlay",
    "Person",
    "SongChanges",
    "SongDetail",
    "SongRow",
    "Sound",
    "Stop",
    "Wishes",
    "add_genre",
    "album_cover",
    "album_detail",
    "album_of_the_week",
    "all_albums",
    "all_songs",
    "artist_cover",
    "artist_detail",
    "artist_to_publish_as",
    "artists_of",
    "change_album",
    "change_album_cover",
    "change_artist",
    "change_artist_cover",
    "change_song",
    "change_song_cover",
    "create_album",
    "delete_album",
    "delete_genre",
    "delete_song",
    "deleted_music",
    "genre_of",
    "keep_cover",
    "keep_stop",
    "known_albums",
    "known_songs",
    "limits",
    "list_albums",
    "list_artists",
    "list_genres",
    "list_songs",
    "lyrics_of",
    "manages",
    "may_browse",
    "may_hear",
    "may_listen",
    "more_by",
    "new_releases",
    "new_songs",
    "order_songs",
    "own_albums",
    "own_songs",
    "peaks_of",
    "popular_this_week",
    "publish_album",
    "publish_song",
    "read_picture",
    "recently_played",
    "record_plays",
    "rename_genre",
    "restore_album",
    "restore_song",
    "search_albums",
    "search_artists",
    "search_songs",
    "sees_all",
    "song_cover",
    "song_detail",
    "song_rows",
    "songs_of_album",
    "unpublish_album",
    "unpublish_song",
    "upload_song",
    "visible_albums",
    "visible_songs",
    "where_left_off",
]
