"""Music for tests of the search: rows that differ by their names alone."""

from datetime import timedelta

from flask import Flask

from musicapp.clock import now
from musicapp.database import writing
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.services import FoundMusic, search_music
from tests.plugins.catalog.music import new_song

LONG_AGO = now() - timedelta(days=9)


class Shelf:
    """Puts music into the tables by its names alone."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def artist(self, name: str, plays: int = 0) -> int:
        return self.put(Artist(name=name, name_key=fold(name), plays=plays))

    def album(self, title: str, artist_id: int, plays: int = 0) -> int:
        names = {"title": title, "title_key": fold(title), "artist_id": artist_id}
        return self.put(Album(**names, plays=plays, published_at=LONG_AGO))

    def song(self, title: str, artist_id: int, plays: int = 0, album_id: int | None = None, lyrics: str = "") -> int:
        song = new_song(Album(id=0, artist_id=artist_id, published_at=LONG_AGO), 0)
        song.title, song.title_key, song.audio_sha256 = title, fold(title), title[:64]
        song.album_id, song.plays, song.lyrics = album_id, plays, lyrics
        return self.put(song)

    def put(self, row: Artist | Album | Song) -> int:
        with self.app.app_context(), writing() as unit:
            unit.add(row)
            unit.flush()
            return row.id

    def change(self, table: type[Artist | Album | Song], row_id: int, **values: object) -> None:
        with self.app.app_context(), writing() as unit:
            row = unit.get_one(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    def rename(self, table: type[Artist | Album | Song], row_id: int, name: str) -> None:
        column = "name" if table is Artist else "title"
        self.change(table, row_id, **{column: name, f"{column}_key": fold(name)})

    def remove(self, table: type[Artist | Album | Song], row_id: int) -> None:
        with self.app.app_context(), writing() as unit:
            unit.delete(unit.get_one(table, row_id))

    def find(self, text: str, limit: int = 20) -> FoundMusic:
        with self.app.app_context():
            return search_music(None, text, limit)

    def songs(self, text: str) -> list[str]:
        return [song.title for song in self.find(text).songs]
