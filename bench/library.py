"""Fill an empty site with a made-up library of any size, in a minute instead of a day of uploads.

    MUSICAPP_INSTANCE=/tmp/large python bench/library.py --songs 20000

Artists, albums, genres, covers and plays are spread as in a real collection: some words, artists and songs are much
more frequent than others. All songs share one sound, and forty covers are shared by all albums. The database is the
one that the settings name; it must hold no music yet. An admin `bench@example.org` is added, so that the site counts
as set up; `--token` prints a token of theirs.
"""

import argparse
import io
import random
import secrets
import struct
import sys
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from musicapp import create_app
from musicapp.clock import now
from musicapp.database import UNSYNCED, db, writing
from musicapp.storage import media_store
from plugins.auth.services import entering, passwords, people, tokens
from plugins.catalog.models import Album, Artist, Cover, Genre, Song, SongDay, SongPeaks, fold
from plugins.catalog.models.search_index import create_index, drop_index

SEED = 4
BATCH = 2_000
SONGS_PER_ARTIST, SONGS_PER_ALBUM, SINGLES = 25, 10, 0.1
COVERS = 40
SOUND_S = 180
GENRE_NAMES = """
    Ambient Blues Chamber Choir Classical Country Dance Disco Drone Dub Electronic Experimental Folk Funk Hip-Hop House
    Indie Jazz Latin Metal Noise Pop Punk Reggae Rock Singer-Songwriter Soul Techno
"""
COMMON_WORDS = "the love of night blue river my home light rain little song winter moon road heart sea old fire gold"
SYLLABLES = "ba dri fo ga hel ir jo ka lun mi nor ost pa qui ra sel tor ul vi wyn ya zo"
ADMIN = "bench@example.org"


@dataclass
class Library:
    """The rows of a library, made one after another from one source of chance."""

    songs: int
    cover_ids: list[tuple[int, str]]
    audio_key: str
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    began: datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        self.artists = max(1, self.songs // SONGS_PER_ARTIST)
        self.albums = max(1, self.songs // SONGS_PER_ALBUM)
        made = ("".join(self.chance.choices(SYLLABLES.split(), k=self.chance.randint(2, 4))) for _ in range(3_000))
        self.words = [*COMMON_WORDS.split(), *made]
        self.weights = [1 / (place + 3) for place in range(len(self.words))]
        self.owners = [self.skewed(self.artists) for _ in range(self.albums)]
        self.days = [self.began - timedelta(minutes=self.chance.randint(1, 2_600_000)) for _ in range(self.albums)]
        self.years = [min(2026, 1955 + int(72 * self.chance.random() ** 0.5)) for _ in range(self.albums)]
        self.kinds = [self.skewed(len(GENRE_NAMES.split())) for _ in range(self.albums)]

    def skewed(self, count: int) -> int:
        """A number from 1 to `count`, low ones more often."""
        return 1 + int(count * self.chance.random() ** 1.6)

    def title(self) -> str:
        return " ".join(self.chance.choices(self.words, self.weights, k=self.chance.randint(1, 4))).capitalize()

    def artist_rows(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.artists + 1):
            name = f"{self.title()} {self.chance.choice(self.words[20:])}".title()
            cover_id, tint = self.cover_ids[number % COVERS]
            yield {"id": number, "name": name, "name_key": fold(name), "cover_id": cover_id, "tint": tint}

    def album_rows(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.albums + 1):
            title = self.title()
            cover_id, tint = self.cover_ids[number % COVERS]
            yield {
                "id": number,
                "artist_id": self.owners[number - 1],
                "title": title,
                "title_key": fold(title),
                "kind": self.chance.choices(("album", "ep", "single", "compilation", "live"), (70, 12, 8, 6, 4))[0],
                "genre_id": self.kinds[number - 1],
                "year": self.years[number - 1],
                "cover_id": cover_id,
                "tint": tint,
                "published_at": self.days[number - 1],
            }

    def song_rows(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self.songs + 1):
            yield self.song(number)

    def song(self, number: int) -> dict[str, Any]:
        album = min(1 + (number - 1) // SONGS_PER_ALBUM, self.albums)
        title = self.title()
        return {
            "id": number,
            "artist_id": self.owners[album - 1],
            "album_id": None if self.chance.random() < SINGLES else album,
            "genre_id": self.kinds[album - 1],
            "title": title,
            "title_key": fold(title),
            "track_no": 1 + (number - 1) % SONGS_PER_ALBUM,
            "year": self.years[album - 1],
            "explicit": self.chance.random() < 0.05,
            "state": "ready",
            "file_name": f"{number}.wav",
            "audio_key": self.audio_key,
            "audio_mime": "audio/wav",
            "audio_bytes": 1,
            "audio_sha256": f"{number:064x}",
            "duration_s": round(self.chance.uniform(90, 420), 2),
            "plays": int(4 / (self.chance.random() + 0.0005)),
            "published_at": self.days[album - 1],
            "tint": "grey",
        }

    def day_rows(self) -> Iterator[dict[str, Any]]:
        for song_id in self.chance.sample(range(1, self.songs + 1), min(self.songs, 2_000)):
            day = (self.began - timedelta(days=self.chance.randint(0, 27))).date()
            yield {"song_id": song_id, "day": day, "plays": self.skewed(40), "heard_ms": 180_000}

    def peak_rows(self) -> Iterator[dict[str, Any]]:
        for song_id in range(1, self.songs + 1):
            yield {"song_id": song_id, "peaks": self.chance.randbytes(240)}


def fill(songs: int, *, with_peaks: bool, with_search: bool) -> None:
    """Insert a library, inside an app's context; the search index comes last, which is faster than row by row."""
    with writing() as unit:
        drop_index(unit.connection())
    covers = [made_cover(number) for number in range(COVERS)]
    library = Library(songs, [(number + 1, tint) for number, (tint, _) in enumerate(covers)], made_sound())
    insert(Cover, iter([{"id": number + 1, **row} for number, (_, row) in enumerate(covers)]))
    insert(
        Genre, iter([{"id": n + 1, "name": name, "name_key": fold(name)} for n, name in enumerate(GENRE_NAMES.split())])
    )
    insert(Artist, library.artist_rows())
    insert(Album, library.album_rows())
    insert(Song, library.song_rows())
    insert(SongDay, library.day_rows())
    if with_peaks:
        insert(SongPeaks, library.peak_rows())
    sum_plays()
    if with_search:
        with writing() as unit:
            create_index(unit.connection())
    tidy_up()


def insert(table: Any, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        with writing() as unit:
            unit.execute(sa.insert(table), batch)


def sum_plays() -> None:
    for owner, column in ((Album, Song.album_id), (Artist, Song.artist_id)):
        plays = sa.select(sa.func.coalesce(sa.func.sum(Song.plays), 0)).where(column == owner.id).scalar_subquery()
        with writing() as unit:
            unit.execute(sa.update(owner).values(plays=plays).execution_options(**UNSYNCED))


def tidy_up() -> None:
    """Let the database count its rows, and PostgreSQL go on numbering where we ended."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", writing=True) as connection:
        if connection.dialect.name == "postgresql":
            for table in (Cover, Genre, Artist, Album, Song):
                name = table.__tablename__
                last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                connection.execute(sa.text(last))
        connection.execute(sa.text("ANALYZE"))


def made_cover(number: int) -> tuple[str, dict[str, str]]:
    """A cover of coloured stripes in the three sizes: its tint and its row."""
    chance = random.Random(number)
    small = Image.frombytes("RGB", (8, 8), chance.randbytes(192))
    kept = {}
    for side in (96, 300, 600):
        file = io.BytesIO()
        small.resize((side, side), Image.Resampling.BICUBIC).save(file, "WEBP", quality=82)
        file.seek(0)
        kept[f"key_{side}"] = media_store().save(file, kind="covers", suffix=".webp").key
    tint = str(number % 24)
    return tint, {"source_sha256": f"{number:064x}", "tint": tint, **kept}


def made_sound() -> str:
    """Three minutes of a WAV file that sounds like the sea; its key."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(44_100)
        wash = struct.pack("<44100h", *(int(3000 * random.Random(at).uniform(-1, 1)) for at in range(44_100)))
        sound.writeframes(wash * SOUND_S)
    file.seek(0)
    return media_store().save(file, kind="audio", suffix=".wav").key


def admin_token() -> str:
    """A token of the bench's admin, who is added with a password that nobody knows."""
    password = secrets.token_urlsafe(24)
    if people.person_with_address(ADMIN) is None:
        people.add_person("Bench", ADMIN, passwords.hashed(password), "admin")
        visit = entering.Visit("127.0.0.1", "bench")
        return tokens.token_of(entering.log_in(ADMIN, password, "token", visit).sign_in_id)
    return ""


def timed(what: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"{what}: {time.perf_counter() - began:.1f} s", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--songs", type=int, default=20_000, help="how many songs (default 20000, at most 2000000)")
    parser.add_argument("--no-peaks", action="store_true", help="leave the waveforms out")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out: nothing will be found")
    parser.add_argument("--token", action="store_true", help="print an API token of the bench's admin")
    chosen = parser.parse_args()
    if not 1 <= chosen.songs <= 2_000_000:
        parser.error("--songs is between 1 and 2000000")
    wanted = {"with_peaks": not chosen.no_peaks, "with_search": not chosen.no_search}
    app = create_app()
    with app.app_context():
        if db.session.scalar(sa.select(Song.id).limit(1)) is not None:
            raise SystemExit("There is music on this site already. Name an empty instance by MUSICAPP_INSTANCE.")
        db.session.rollback()
        timed(f"{chosen.songs} songs", lambda: fill(chosen.songs, **wanted))
        token = admin_token()
    if chosen.token:
        print(token)
    return 0


if __name__ == "__main__":
    sys.exit(main())
