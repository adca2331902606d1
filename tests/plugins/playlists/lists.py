"""Playlists for tests: who asks services, what stands in a list, and songs by the dozen."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa
from flask import Flask

from musicapp.database import db
from musicapp.errors import Refused
from plugins.auth.services import person_with_id
from plugins.catalog.models import Song
from plugins.playlists import services
from plugins.playlists.models import Entry, Playlist
from tests.people import Somebody
from tests.plugins.catalog.music import fill_catalogue


class Asks:
    """Somebody as services get them, with the roles that they had when they asked; inside an app context."""

    def __init__(self, somebody: Somebody) -> None:
        user = person_with_id(somebody.id)
        self.id, self.name, self.role_names = user.id, user.name, frozenset(role.name for role in user.roles)


def many_songs(app: Flask, artist: Somebody, count: int) -> list[int]:
    """So many public songs without files."""
    fill_catalogue(app, artist.id, albums=1, songs_each=count)
    with app.app_context():
        return list(db.session.scalars(sa.select(Song.id).order_by(Song.id)))


def made(app: Flask, owner: Somebody, name: str = "Rowing home", **words: Any) -> int:
    """A playlist of somebody."""
    with app.app_context():
        return services.create_playlist(Asks(owner), name, **words)


def standing(app: Flask, playlist_id: int) -> list[tuple[int, int]]:
    """The entries of a playlist in their order, each with its song."""
    with app.app_context():
        query = sa.select(Entry.id, Entry.song_id).where(Entry.playlist_id == playlist_id, Entry.removed_at.is_(None))
        return [(row.id, row.song_id) for row in db.session.execute(query.order_by(Entry.place, Entry.id))]


def counted(app: Flask, playlist_id: int) -> tuple[int, int]:
    """How many songs a playlist says that it has, and its revision."""
    with app.app_context():
        row = db.session.execute(sa.select(Playlist.songs_count, Playlist.revision).where(Playlist.id == playlist_id))
        songs_count, revision = row.one()
        return songs_count, revision


def together(app: Flask, acts: Sequence[Callable[[], object]]) -> list[str]:
    """Do all this at once, each on its own connection; what each was told, "" for done."""

    def told(act: Callable[[], object]) -> str:
        with app.app_context():
            try:
                act()
            except Refused as refused:
                return refused.sentence
        return ""

    with ThreadPoolExecutor(len(acts)) as all_at_once:
        return list(all_at_once.map(told, acts))
