"""What gets its words while a name that stands in them is being changed is found by the new name."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from musicapp.database import writing
from plugins.catalog.models import Album, Artist, Song
from tests.plugins.catalog.shelf import LONG_AGO, Shelf

HELD_S = 0.4


@contextmanager
def being_renamed(shelf: Shelf, table: type[Artist | Album], row_id: int, name: str) -> Iterator[None]:
    """Enter when somebody else has changed a name and not yet committed; leave when they have."""
    is_changed = threading.Event()

    def rename() -> None:
        with shelf.app.app_context(), writing() as unit:
            setattr(unit.get_one(table, row_id), "name_key" if table is Artist else "title_key", name)
            unit.flush()
            is_changed.set()
            time.sleep(HELD_S)

    thread = threading.Thread(target=rename)
    thread.start()
    assert is_changed.wait(30)
    yield
    thread.join()


def test_a_song_that_is_published_while_its_artist_is_renamed(shelf: Shelf) -> None:
    artist = shelf.artist("Tramline Nine")
    song = shelf.song("Night Bus", artist)
    shelf.change(Song, song, published_at=None)
    with being_renamed(shelf, Artist, artist, "cafe ferry"):
        shelf.change(Song, song, published_at=LONG_AGO)
    assert (shelf.songs("ferry bus"), shelf.songs("tramline")) == (["Night Bus"], [])


def test_a_song_that_is_put_on_an_album_while_that_is_renamed(shelf: Shelf) -> None:
    artist = shelf.artist("Tramline Nine")
    album, song = shelf.album("Depot", artist), shelf.song("Night Bus", artist)
    with being_renamed(shelf, Album, album, "quay"):
        shelf.change(Song, song, album_id=album)
    assert (shelf.songs("quay"), shelf.songs("depot")) == (["Night Bus"], [])
