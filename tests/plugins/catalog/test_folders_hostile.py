"""Claims about folders that are not kind: damaged files, odd names, links, and an import that is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session
from plugins.catalog.media import Facts, Readers, Wanted
from plugins.catalog.models import Album, Artist, FolderFile, Song
from plugins.catalog.services.checking import orphan_files
from tests.plugins.catalog.collection import songs_of, take_in, write_song
from tests.plugins.catalog.media.conftest import SAMPLES
from tests.plugins.catalog.music import fetch, sound, work

ROOT = Path(__file__).resolve().parents[3]
MANY = 1_100


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """An empty folder for music, beside the site's own."""
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def test_a_damaged_file_costs_only_itself(app: Flask, music: Path, tmp_path: Path) -> None:
    write_song(music / "good.mp3", 1, title="Neap", artist="Nils")
    (music / "empty.mp3").touch()
    (music / "text.flac").write_text("I am no music.")
    (music / "noise.ogg").write_bytes(os.urandom(4096))
    (music / "cut.flac").write_bytes((SAMPLES / "chord.flac").read_bytes()[:30])
    (music / "bomb.mp3").write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"\xff" * 70_000)
    (music / "notes.txt").write_text("passed over")
    report = tmp_path / "report.csv"
    result = take_in(app, music, "--report", str(report))
    assert result.exit_code == 1
    assert "2 new, 4 refused" in result.output
    assert set(songs_of(app)) == {"Neap", "cut"}
    lines = report.read_text().splitlines()
    assert lines[0] == "path,became,reason"
    for name in ("empty.mp3", "text.flac", "noise.ogg", "bomb.mp3"):
        assert any(line.startswith(f"{music / name},refused,") and len(line) > 40 for line in lines), name
    assert "notes.txt" not in report.read_text()
    work(app)
    assert songs_of(app)["cut"].state == "unreadable" and songs_of(app)["Neap"].state == "ready"
    assert "1 unchanged, 5 refused" in take_in(app, music).output
    (music / "text.flac").write_bytes(sound(3))  # an MP3, whatever its name says
    (music / "cut.flac").write_bytes((SAMPLES / "chord.flac").read_bytes() + b"other")
    assert "1 new, 1 changed, 1 unchanged, 3 refused" in take_in(app, music).output
    work(app)
    assert {song.state for song in songs_of(app).values()} == {"ready"}


class Hasty(Wanted):
    """A file for which nobody has time."""

    @property
    def time_limit_s(self) -> float:
        return 0.0


def test_a_file_that_takes_too_long_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    good = [write_song(tmp_path / f"{number}.mp3", number, title=f"Song {number}") for number in range(3)]
    files = [Wanted(os.fsencode(path), path.stat().st_size) for path in good]
    endless = write_song(tmp_path / "endless.mp3", 9, title="Endless")
    os.truncate(endless, 1 << 30)  # which takes a child a good while to read, whatever machine it is
    files.insert(1, Hasty(os.fsencode(endless), 0))
    with Readers(1) as readers:
        answers = readers.read(files).result()
        assert isinstance(answers[1], str) and "took longer" in answers[1]
        titles = [one.tags.title for one in answers if isinstance(one, Facts)]
        assert titles == ["Song 0", "Song 1", "Song 2"]
        assert isinstance(readers.read(files[:1]).result()[0], Facts)


def test_odd_names_come_in_and_links_are_not_followed(app: Flask, visitor: FlaskClient, music: Path) -> None:
    outside = write_song(music.parent / "outside" / "secret.mp3", 9, title="Secret")
    odd = os.fsencode(music) + b"/n\xe9t utf8"
    os.mkdir(odd)
    for number, name in enumerate(
        (b"new\nline.mp3", b"\xff\xfe.mp3", b"-rf *.mp3", "東京 \u202e.mp3".encode()), start=1
    ):
        with open(odd + b"/" + name, "wb") as file:
            file.write(sound(number))
    write_song(music / ".hidden" / "h.mp3", 5, title="Hidden")
    (music / "loop").symlink_to(music)
    (music / "out").symlink_to(outside.parent)
    (music / "link.mp3").symlink_to(outside)
    os.mkfifo(music / "pipe.mp3")
    result = take_in(app, music, "--publish")
    assert "4 files" in result.output and "4 new" in result.output
    names = {song.file_name for song in songs_of(app).values()}
    assert names == {"new?line.mp3", "??.mp3", "-rf *.mp3", "東京 ?.mp3"}
    for song in songs_of(app).values():
        assert fetch(visitor, f"/api/songs/{song.id}/audio").status_code == 200
    assert "4 unchanged" in take_in(app, music).output
    os.rename(odd, os.fsencode(music) + b"/\xe9")
    assert "4 moved" in take_in(app, music).output


def started(app: Flask, music: Path) -> "subprocess.Popen[bytes]":
    """The command as an operator starts it, in a process of its own."""
    environment = {
        **os.environ,
        "MUSICAPP_INSTANCE": str(app.config["INSTANCE"]),
        "MUSICAPP_DATABASE_URL": app.config["DATABASE_URL"],
        "MUSICAPP_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "catalog", "import", str(music)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def counted(app: Flask, table: type) -> int:
    with app.app_context():
        count = session().scalar(sa.select(sa.func.count()).select_from(table))
        session().rollback()
        return count or 0


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_is_stopped_in_the_middle_goes_on_without_doubles(
    app: Flask, music: Path, ending: signal.Signals
) -> None:
    for number in range(MANY):
        album = number // 100
        write_song(
            music / f"{album:02}" / f"{number}.mp3", number, title=f"Song {number}", artist="Nils", album=str(album)
        )
    process = started(app, music)
    while process.poll() is None and counted(app, Song) == 0:
        time.sleep(0.02)
    process.send_signal(ending)
    said = process.communicate(timeout=60)[0].decode()
    came_in = counted(app, Song)
    assert 0 < came_in < MANY, said
    assert process.returncode == (-signal.SIGKILL if ending is signal.SIGKILL else 130)
    assert counted(app, FolderFile) == came_in

    assert f"{MANY - came_in:,} new, {came_in:,} unchanged" in take_in(app, music).output
    assert len(songs_of(app)) == MANY == counted(app, FolderFile)
    assert (counted(app, Album), counted(app, Artist)) == (MANY // 100, 1)
    with app.app_context():
        left = len(list(orphan_files(older_than_s=0)))
    assert left <= (1_000 if ending is signal.SIGKILL else 0)
    assert app.test_cli_runner().invoke(args=["catalog", "check"]).exit_code == 0
