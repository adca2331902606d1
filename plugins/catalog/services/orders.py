"""In which orders music is listed; each has its index."""

from musicapp.paging import Order, Shuffled
from plugins.catalog.models import Album, Artist, Song

Orders = dict[str, Order | Shuffled]

NEWEST_SONGS = Order("newest", Song.published_at, Song.id, descending=True)
POPULAR_SONGS = Order("popular", Song.plays, Song.id, descending=True)
SONGS_MADE = Order("made", Song.id, Song.id, descending=True)
SONG_ORDERS: Orders = {
    "newest": NEWEST_SONGS,
    "title": Order("title", Song.title_key, Song.id),
    "popular": POPULAR_SONGS,
    "year": Order("year", Song.year, Song.id, descending=True, nullable=True),
    "random": Shuffled(Song.id),
}

NEWEST_ALBUMS = Order("newest", Album.published_at, Album.id, descending=True)
ALBUMS_MADE = Order("made", Album.id, Album.id, descending=True)
ALBUM_ORDERS: Orders = {
    "newest": NEWEST_ALBUMS,
    "title": Order("title", Album.title_key, Album.id),
    "popular": Order("popular", Album.plays, Album.id, descending=True),
    "year": Order("year", Album.year, Album.id, descending=True, nullable=True),
    "random": Shuffled(Album.id),
}

ARTISTS_BY_NAME = Order("name", Artist.name_key, Artist.id)
ARTIST_ORDERS: Orders = {
    "name": ARTISTS_BY_NAME,
    "popular": Order("popular", Artist.plays, Artist.id, descending=True),
    "newest": Order("newest", Artist.id, Artist.id, descending=True),
    "random": Shuffled(Artist.id),
}
