"""Claims about the watched folder and about `flask catalog check`."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs import enqueue
from musicapp.storage import media_store
from plugins.catalog.models import Cover, FolderLook, Song
from tests.conftest import AppMaker
from tests.people import set_up
from tests.plugins.catalog.collection import songs_of, take_in, write_album, write_song
from tests.plugins.catalog.music import stored, work


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """An empty folder for music, beside the site's own."""
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.fixture
def watching(make_app: AppMaker, music: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site that watches the folder, and lets listeners hear what comes."""
    monkeypatch.setenv("MUSICAPP_CATALOG_WATCHED_FOLDER", str(music))
    monkeypatch.setenv("MUSICAPP_CATALOG_WATCHED_PUBLISH", "1")
    app = make_app()
    set_up(app)
    return app


@pytest.fixture
def look(watching: Flask) -> Callable[[], None]:
    """Let the time for a look come, and the worker do it."""

    def looked() -> None:
        with watching.app_context(), writing() as unit:
            unit.execute(sa.update(FolderLook).values(looked_at=now() - timedelta(hours=1)))
            enqueue("catalog.look_at_folder", {})
        work(watching)

    return looked


def test_a_watched_folder_is_taken_in_when_its_files_have_come_to_rest(
    watching: Flask, look: Callable[[], None], music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = watching.test_client()
    write_song(music / "arriving.mp3", 1, title="Neap", artist="Nils")
    look()
    assert songs_of(watching) == {}
    a_minute_later = time.time_ns() + 60 * 10**9
    monkeypatch.setattr("plugins.catalog.services.folders.importing.time_ns", lambda: a_minute_later)
    look()
    assert songs_of(watching)["Neap"].published_at is not None
    assert [song["title"] for song in visitor.get("/api/songs").json["data"]] == ["Neap"]  # type: ignore[index]
    write_song(music / "too early.mp3", 2, title="Spring", artist="Nils")
    with watching.app_context(), writing():
        enqueue("catalog.look_at_folder", {})
    work(watching)
    assert set(songs_of(watching)) == {"Neap"}
    said = visitor.get("/readyz").json["data"]["watched folder"]  # type: ignore[index]
    assert said["state"] == "ok" and said["detail"].endswith(": 1 new")
    music.rename(music.parent / "gone")
    look()
    said = visitor.get("/readyz").json["data"]["watched folder"]  # type: ignore[index]
    assert said["state"] == "degraded" and "There is no folder" in said["detail"]


def test_check_names_missing_and_orphan_files_and_mends_only_what_nobody_needs(
    app: Flask, client: FlaskClient, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = ["catalog", "check"]
    write_album(music, "Tides", "Nils")
    take_in(app, music)
    runner = app.test_cli_runner()
    assert (runner.invoke(args=check).exit_code, len(songs_of(app))) == (0, 3)
    with app.app_context():
        lost = songs_of(app)["Tides 1"]
        media_store().delete(lost.audio_key or "")
        orphan, foreign = stored(b"nobody's", "audio"), stored(b"another plugin's", "letters")
        unworn = [stored(bytes([side]), "covers") for side in range(3)]
        keys = dict(zip(("key_96", "key_300", "key_600"), unworn, strict=True))
        with writing() as unit:
            unit.add(Cover(source_sha256="0" * 64, tint="13", created_at=now() - timedelta(days=30), **keys))
        part = media_store().root / "parts" / "left.part"
        part.touch()
        os.utime(part, (0, 0))
    young = runner.invoke(args=check)
    assert orphan not in young.output and f"Missing: song {lost.id} ({lost.audio_key})" in young.output

    two_hours_later = time.time() + 7200
    monkeypatch.setattr("plugins.catalog.services.checking.time.time", lambda: two_hours_later)
    found = runner.invoke(args=check)
    assert found.exit_code == 1
    assert f"Orphan: {orphan}" in found.output and foreign not in found.output
    assert "1 missing, 1 orphans, 1 unused covers, 1 left behind." in found.output
    assert runner.invoke(args=[*check, "--mend"], input="n\n").exit_code == 1
    with app.app_context():
        assert media_store().exists(orphan)

    assert runner.invoke(args=[*check, "--mend", "--yes"]).exit_code == 1
    with app.app_context():
        assert not media_store().exists(orphan) and not media_store().exists(unworn[0]) and not part.exists()
        assert media_store().exists(foreign)
        with writing() as unit:
            unit.execute(sa.delete(Song).where(Song.id == lost.id))
        assert len(session().scalars(sa.select(Song)).all()) == 2
    assert runner.invoke(args=check).exit_code == 0
