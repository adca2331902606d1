"""A catalogue of a million songs, written past the services, with the index made when all is there."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from vocabulary import Vocabulary

from musicapp.database import Base, db
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.models.search_index import create_index, drop_index

BATCH = 5000
LYRICS_EVERY = 10
LYRICS_LINES, LYRICS_WORDS = 24, 6
STARTED = datetime(2020, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


def fill(songs: int, albums: int, artists: int, vocabulary: Vocabulary) -> float:
    """Write the catalogue; answers how many seconds the making of the index took."""
    with db.engine.execution_options(writing=True).begin() as connection:
        drop_index(connection)
        insert(connection, Artist, (artist_row(number, vocabulary) for number in range(1, artists + 1)))
        insert(connection, Album, (album_row(number, artists, vocabulary) for number in range(1, albums + 1)))
        insert(connection, Song, song_rows(range(1, songs + 1), albums, artists, vocabulary))
        began = time.perf_counter()
        create_index(connection)
        return time.perf_counter() - began


def insert(connection: sa.Connection, table: type[Base], rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        connection.execute(sa.insert(table), batch)


def artist_row(number: int, vocabulary: Vocabulary) -> Row:
    name = vocabulary.name(3)
    return {"id": number, "name": name, "name_key": fold(name), "plays": vocabulary.plays() * 10}


def album_row(number: int, artists: int, vocabulary: Vocabulary) -> Row:
    title = vocabulary.name(4)
    return {
        "id": number,
        "artist_id": artist_of(number, artists),
        "title": title,
        "title_key": fold(title),
        "plays": vocabulary.plays() * 5,
        "published_at": STARTED,
    }


def artist_of(album_id: int, artists: int) -> int:
    return (album_id - 1) % artists + 1


def song_rows(numbers: range, albums: int, artists: int, vocabulary: Vocabulary) -> Iterator[Row]:
    """Songs with these ids, on albums in turn; one in ten has lyrics."""
    for number in numbers:
        title = vocabulary.title()
        album_id = (number - 1) % albums + 1
        yield {
            "id": number,
            "artist_id": artist_of(album_id, artists),
            "album_id": album_id,
            "title": title,
            "title_key": fold(title),
            "lyrics": lyrics(vocabulary) if number % LYRICS_EVERY == 0 else "",
            "plays": vocabulary.plays(),
            "state": "ready",
            "file_name": "song.mp3",
            "audio_mime": "audio/mpeg",
            "audio_bytes": 1,
            "audio_sha256": f"{number:064}",
            "duration_s": 180.0,
            "published_at": STARTED + timedelta(seconds=number),
        }


def lyrics(vocabulary: Vocabulary) -> str:
    return "\n".join(" ".join(vocabulary.word() for _ in range(LYRICS_WORDS)) for _ in range(LYRICS_LINES))
