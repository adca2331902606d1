"""A collection of music for tests: a folder of small tagged files, and the command that takes it in."""

import os
from pathlib import Path

import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from musicapp.database import session
from plugins.catalog.demo.id3 import id3_tag
from plugins.catalog.models import Song
from tests.plugins.catalog.music import sound


def write_song(path: Path, number: int = 0, picture: bytes = b"", **texts: str) -> Path:
    """Write an MP3, another for each number; its tags say title, artist, album_artist, album, track, genre, year."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(id3_tag(texts, "", None, picture) + sound(number))
    return path


def write_album(folder: Path, title: str, artist: str, songs: int = 3, **texts: str) -> list[Path]:
    """Write an album of songs called “<title> 1” and so on."""
    return [
        write_song(
            folder / f"{number:02} {title}.mp3",
            number,
            title=f"{title} {number}",
            artist=artist,
            album=title,
            track=f"{number}/{songs}",
            **texts,
        )
        for number in range(1, songs + 1)
    ]


def take_in(app: Flask, folder: Path, *options: str) -> Result:
    """Run `flask catalog import`."""
    result = app.test_cli_runner().invoke(args=["catalog", "import", str(folder), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def songs_of(app: Flask) -> dict[str, Song]:
    """All songs that are not deleted, by their titles; each title must be there once."""
    with app.app_context():
        songs = session().scalars(sa.select(Song).where(Song.deleted_at.is_(None))).all()
        session().expunge_all()
    titles = [song.title for song in songs]
    assert len(set(titles)) == len(titles), titles
    return {song.title: song for song in songs}


def touch_later(path: Path, seconds: int = 5) -> None:
    """Let a file look as if it had been changed some seconds later than it was."""
    changed_ns = path.stat().st_mtime_ns + seconds * 10**9
    os.utime(path, ns=(changed_ns, changed_ns))
