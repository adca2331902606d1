"""What the reader of an answer said of the music in it, put on after everything that many readers share."""

from collections.abc import Iterable, Sequence

from musicapp.security import signed_in
from plugins.catalog import services
from plugins.catalog.services.records import Shape


def put_marks(songs: Sequence[Shape] = (), albums: Sequence[Shape] = (), artists: Sequence[Shape] = ()) -> None:
    """Write the reader's own stars, favourites and follows on shapes, in one statement; none for a visitor."""
    person = signed_in()
    if person is None:
        return
    marked = services.marked_by(person, song_ids=ids(songs), album_ids=ids(albums), artist_ids=ids(artists))
    for song in songs:
        song["rating"] = {**song["rating"], "mine": marked.stars.get(song["id"])}
    for artist in artists:
        artist["following"] = artist["id"] in marked.followed
    for kind, shapes in (("song", songs), ("album", albums), ("artist", artists)):
        for shape in shapes:
            shape["favourite"] = (kind, shape["id"]) in marked.favourites


def ids(shapes: Iterable[Shape]) -> list[int]:
    return [shape["id"] for shape in shapes]


def marked_song(song: Shape) -> Shape:
    """A song with its reader's marks."""
    put_marks([song])
    return song


def marked_album(album: Shape) -> Shape:
    """An album and its songs with their reader's marks."""
    put_marks(album["songs"], [album])
    return album


def marked_artist(artist: Shape) -> Shape:
    """An artist and their music with their reader's marks."""
    put_marks([*artist["popular_songs"], *artist["singles"]], artist["albums"], [artist])
    return artist
