"""Music for tests: real files, uploads that are worked on as the worker does, and rows by the dozen."""

import io
import wave
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs import claim
from musicapp.jobs.models import Job
from musicapp.jobs.running import run
from musicapp.storage import media_store
from plugins.catalog.models import Album, Artist, ArtistMember, Cover, Genre, Song, SongPeaks, fold

SIDES = (96, 300, 600)
SAMPLES = Path(__file__).parent / "media" / "samples"
CHORD = SAMPLES / "chord.mp3"
BEEPS = SAMPLES / "beeps.mp3"
Headers = dict[str, str]


def sound(number: int = 0) -> bytes:
    """A real MP3, another file for each number though it sounds the same."""
    return BEEPS.read_bytes() + bytes([number % 256, number // 256]) * bool(number)


def upload(
    client: FlaskClient, headers: Headers, content: bytes | None = None, name: str = "neap.mp3", **fields: str
) -> TestResponse:
    """Send a file as a program does."""
    data = {"audio": (io.BytesIO(sound() if content is None else content), name), **fields}
    return client.post("/api/songs", data=data, headers=headers)


def fetch(client: FlaskClient, path: str, headers: Headers | None = None, **options: Any) -> TestResponse:
    """Get a file whole, and close it."""
    return client.get(path, headers=headers, buffered=True, **options)


def one_minute_and_more() -> bytes:
    """A WAV file of 61 s."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(4000)
        file.writeframes(bytes([128, 200, 128, 50]) * 61_000)
    return written.getvalue()


def retry_now(app: Flask) -> None:
    """Let no job rest any longer."""
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Job).where(Job.state == "waiting").values(run_after=now()))


def work(app: Flask) -> int:
    """Do all jobs that wait, as the worker does; how many there were."""
    done = 0
    with app.app_context():
        while (held := claim()) is not None:
            run(held)
            done += 1
    return done


def publish_song(app: Flask, client: FlaskClient, headers: Headers, content: bytes | None = None, **fields: str) -> int:
    """A song that was uploaded, worked on and published."""
    answer = upload(client, headers, content, **fields)
    assert answer.status_code == 202, answer.text
    work(app)
    song_id: int = answer.json["data"]["id"]
    return song_id


def ready_song(app: Flask, person_id: int, title: str = "Neap", *, album: str = "", genre: str = "") -> int:
    """A published song of three minutes with a cover, put in its place without an upload."""
    with app.app_context():
        audio, pictures = stored(sound(), "audio"), [stored(f"RIFF....WEBP{side}".encode(), "covers") for side in SIDES]
        with writing() as unit:
            keys = dict(zip(("key_96", "key_300", "key_600"), pictures, strict=True))
            cover = Cover(source_sha256=audio[6:70].ljust(64, "0"), tint="13", **keys)
            unit.add(cover)
            unit.flush()
            artist = artist_for(person_id)
            kind = one(Genre, name=genre, name_key=fold(genre)) if genre else None
            of = None
            if album:
                of = one(Album, artist_id=artist.id, title=album, title_key=fold(album))
                of.published_at, of.cover_id, of.tint = now() - timedelta(days=1), cover.id, cover.tint
            song = new_song(of or Album(id=0, artist_id=artist.id, published_at=now() - timedelta(days=1)), 0)
            song.title, song.title_key, song.audio_key, song.audio_sha256 = title, fold(title), audio, audio[6:70]
            song.album_id, song.genre_id, song.plays = of.id if of else None, kind.id if kind else None, 0
            song.cover_id, song.tint = (None, "grey") if of else (cover.id, cover.tint)
            unit.add(song)
            unit.flush()
            unit.add(SongPeaks(song_id=song.id, peaks=bytes(range(240))))
            return song.id


def stored(content: bytes, kind: str) -> str:
    return media_store().save(io.BytesIO(content), kind=kind, suffix="").key


def one(table: Any, **values: Any) -> Any:
    """The row with these values, made when there is none."""
    found = db.session.scalar(sa.select(table).filter_by(**values))
    if found is None:
        found = table(**values)
        db.session.add(found)
        db.session.flush()
    return found


def artist_for(person_id: int) -> Artist:
    artist: Artist = one(Artist, name="Nils Hollar", name_key="nils hollar", founder_id=person_id)
    one(ArtistMember, artist_id=artist.id, user_id=person_id)
    return artist


def set_song(app: Flask, song_id: int, **values: Any) -> None:
    """Put a song into a state."""
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Song).where(Song.id == song_id).values(**values))


def set_album(app: Flask, album_id: int, **values: Any) -> None:
    """Put an album into a state."""
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Album).where(Album.id == album_id).values(**values))


def fill_catalogue(app: Flask, user_id: int, albums: int, songs_each: int) -> tuple[int, list[int]]:
    """Insert an artist with published albums of ready songs; answers the artist's id and the albums'."""
    with app.app_context(), writing() as unit:
        artist = one(Artist, name="The Paper Ferry", name_key="the paper ferry")
        genre = one(Genre, name="Folk", name_key="folk")
        one(ArtistMember, artist_id=artist.id, user_id=user_id)
        made = [new_album(artist.id, genre.id, number) for number in range(albums)]
        unit.add_all(made)
        unit.flush()
        songs = [new_song(album, place) for album in made for place in range(songs_each)]
        unit.add_all(songs)
        unit.flush()
        unit.add_all([SongPeaks(song_id=song.id, peaks=bytes(240)) for song in songs])
        return artist.id, [album.id for album in made]


def new_album(artist_id: int, genre_id: int, number: int) -> Album:
    title = f"Ferry Book {number:03}"
    return Album(
        artist_id=artist_id,
        genre_id=genre_id,
        title=title,
        title_key=fold(title),
        published_at=now() - timedelta(minutes=number + 1),
    )


def new_song(album: Album, place: int) -> Song:
    title = f"Crossing {album.id:03}-{place:03}"
    return Song(
        artist_id=album.artist_id,
        album_id=album.id,
        genre_id=album.genre_id,
        title=title,
        title_key=fold(title),
        track_no=place + 1,
        state="ready",
        file_name="crossing.mp3",
        audio_key="audio/00/none.mp3",
        audio_mime="audio/mpeg",
        audio_bytes=1,
        audio_sha256=f"{album.id:032}{place:032}",
        duration_s=180.0,
        published_at=album.published_at,
        rights_confirmed_at=now(),
        plays=album.id * 1000 + place,
    )


class Counted:
    """Counts the statements that an app sends to its database while it is entered."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.statements: list[str] = []

    def __enter__(self) -> "Counted":
        event.listen(self.engine, "before_cursor_execute", self.count)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self.count)

    def count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)

    def __len__(self) -> int:
        return len(self.statements)
