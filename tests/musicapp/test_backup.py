"""Claims about backups: taken while others write they are whole, what is damaged is found, and they come back."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from config import Config
from musicapp.backup.before_upgrade import copy_before_upgrade
from musicapp.backup.commands import backup
from musicapp.backup.commands import restore as restore_command
from musicapp.backup.making import Made, make_backup
from musicapp.backup.nightly import KIND
from musicapp.backup.places import kept_backups, made_at, one_at_a_time
from musicapp.backup.problems import BackupFailed, NotWhole, RestoreRefused
from musicapp.backup.restoring import Restored, restore
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.doctor import around
from musicapp.jobs import enqueue
from musicapp.rescue import is_asked_for
from musicapp.site.health import all_checks
from musicapp.storage import Store, media_store
from musicapp.storage.keys import StoredKey, named_keys
from musicapp.supervisor.instance import only_one
from plugins.catalog.models import Cover
from tests.conftest import AppMaker, on_one_database
from tests.musicapp.busy_site import at_work
from tests.people import add_person, token_of
from tests.plugins.catalog.music import ready_song, retry_now, work
from tests.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]


def quiet(done: int, total: int) -> None:
    """Nobody looks at the progress."""


def save(app: Flask, place: Path, *, copy_media: bool = True) -> Made:
    return make_backup(app, place, copy_media=copy_media, on_copied=quiet, on_checked=quiet)


def bring_back(config: Config, path: Path, *, force: bool = False) -> Restored:
    return restore(config, path, force=force, on_progress=quiet)


@pytest.fixture
def elsewhere(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Config]:
    """The settings of an empty machine with the same kind of database."""
    folder = tmp_path / "elsewhere"
    if database.startswith("sqlite"):
        yield Config(instance=folder, log_level="ERROR")
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create()
    yield Config(instance=folder, database_url=url, log_level="ERROR")
    server.drop(url)


def sums_in(path: Path) -> dict[str, str]:
    """The SHA-256 of each file of the site's store in a backup, by key, as found now."""
    with tarfile.open(path) as tar:
        media = [member for member in tar if member.name.startswith("media/")]
        return {
            member.name.removeprefix("media/"): hashlib.sha256(tar.extractfile(member).read()).hexdigest()  # type: ignore[union-attr]
            for member in media
        }


def sums_below(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def keys_named(url: str) -> set[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        keys = set(named_keys(connection, db.metadata))
    engine.dispose()
    return keys


def rows_of(app: Flask) -> dict[str, int]:
    """How much was written by each of those who are at work."""
    with app.app_context(), db.engine.connect() as connection:
        tables = ("catalog_cover", "catalog_song", "catalog_play")
        return {name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


def until_more_than(app: Flask, before: dict[str, int]) -> None:
    """Copy nothing more until everybody has written once more."""
    while any(number <= before[name] for name, number in rows_of(app).items()):
        time.sleep(0.05)


def test_a_backup_taken_while_others_write_restores_to_the_same_rows_and_files(
    app: Flask, database: str, elsewhere: Config, tmp_path: Path
) -> None:
    artist = add_person(app, "Nils", role="artist")
    ready_song(app, artist.id)
    environ = {**os.environ, "MUSICAPP_INSTANCE": str(app.config["INSTANCE"]), "MUSICAPP_DATABASE_URL": database}
    with at_work({**environ, "MUSICAPP_LOG_LEVEL": "ERROR"}, token_of(app, artist)):
        written = rows_of(app)
        made = make_backup(
            app,
            tmp_path / "busy.tar",
            copy_media=True,
            on_copied=lambda done, total: until_more_than(app, written),
            on_checked=quiet,
        )
    assert made.manifest.missing == []
    assert all(made.manifest.rows[name] > number for name, number in written.items()), "nobody wrote meanwhile"
    restored = bring_back(elsewhere, made.path)
    assert restored.rows == made.manifest.rows
    assert (restored.missing, restored.stopped, restored.aside) == (0, {}, [])
    files = sums_below(elsewhere.instance / "media")
    assert files == sums_in(made.path)
    assert keys_named(elsewhere.database_url) <= files.keys()
    secrets = [path / "secrets" / "secret_key" for path in (Path(app.config["INSTANCE"]), elsewhere.instance)]
    assert secrets[0].read_text() == secrets[1].read_text()


class Vanishing(Store):
    """A store from which one picture goes, row and files, just when it is to be copied."""

    def __init__(self, root: Path, app: Flask, doomed: str) -> None:
        super().__init__(root)
        self.app = app
        self.doomed = doomed

    @contextmanager
    def borrowed(self, key: str, scratch: Path) -> Iterator[Path]:
        if key == self.doomed:
            with self.app.app_context(), writing() as unit:
                unit.execute(sa.delete(Cover).where(Cover.key_96 == key))
            self.delete(key)
        yield self.path(key)


def add_cover(app: Flask, *, lost: bool = False) -> str:
    """The key of the smallest picture of a new cover; its file is gone when it is a lost one."""
    with app.app_context():
        keys = [media_store().save(io.BytesIO(os.urandom(100)), kind="covers", suffix=".webp").key for _ in range(3)]
        with writing() as unit:
            named = dict(zip(("key_96", "key_300", "key_600"), keys, strict=True))
            unit.add(Cover(source_sha256=keys[0].rpartition("/")[2].ljust(64, "0")[:64], tint="13", **named))
        if lost:
            media_store().delete(keys[0])
        return keys[0]


def test_what_goes_while_it_is_copied_is_not_in_the_database_of_the_backup_either(app: Flask, tmp_path: Path) -> None:
    stays, goes, lost = add_cover(app), add_cover(app), add_cover(app, lost=True)
    app.extensions["media_store"] = Vanishing(Path(app.config["INSTANCE"]) / "media", app, goes)
    made = save(app, tmp_path / "whole.tar.gz")
    assert made.manifest.rows["catalog_cover"] == 2
    assert made.manifest.missing == [lost]
    assert stays in sums_in(made.path)
    assert made.path.read_bytes()[:2] == b"\x1f\x8b"
    assert made.path.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def saved(app: Flask, tmp_path: Path) -> Path:
    """A backup of a site with one picture."""
    add_cover(app)
    return save(app, tmp_path / "saved.tar").path


@on_one_database
def test_a_damaged_backup_changes_nothing(saved: Path, elsewhere: Config, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    with tarfile.open(saved) as tar:
        picture = next(member for member in tar if member.name.startswith("media/"))
    flipped = bytearray(whole)
    flipped[picture.offset_data + 7] ^= 1
    for content, says in (
        (bytes(flipped), "is damaged: 1 of its files"),
        (whole[: len(whole) // 2], "cannot be read|ends too early"),
        (b"no backup", "cannot be read"),
        (changed(saved, "../../etc/passwd"), "which no backup of musicapp does"),
        (changed(saved, "media/co/another"), "is damaged"),
    ):
        damaged = tmp_path / "damaged.tar"
        damaged.write_bytes(content)
        with pytest.raises(NotWhole, match=says):
            bring_back(elsewhere, damaged)
    assert [path.name for path in elsewhere.instance.iterdir()] == ["run"]


def changed(path: Path, name: str) -> bytes:
    """The backup with one member more."""
    copy = path.with_name("changed.tar")
    shutil.copyfile(path, copy)
    with tarfile.open(copy, "a") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    return copy.read_bytes()


def test_a_restore_refuses_a_site_that_is_there_or_sets_it_aside(
    saved: Path, elsewhere: Config, make_app: AppMaker, tmp_path: Path
) -> None:
    before = make_app(instance=elsewhere.instance, database_url=elsewhere.database_url)
    secret = (elsewhere.instance / "secrets" / "secret_key").read_text()
    mine = {add_cover(before), add_cover(before)}
    with before.app_context():
        db.engine.dispose()
    with pytest.raises(RestoreRefused, match="a database, media/, secrets/"):
        bring_back(elsewhere, saved)
    with only_one(elsewhere.instance, "process 7"), pytest.raises(RestoreRefused, match="already runs: process 7"):
        bring_back(elsewhere, saved, force=True)
    assert mine <= keys_named(elsewhere.database_url)
    restored = bring_back(elsewhere, saved, force=True)
    assert not mine & keys_named(elsewhere.database_url)
    aside = next(elsewhere.instance.glob("before-restore-*"))
    assert (aside / "secrets" / "secret_key").read_text() == secret
    assert mine <= sums_below(aside / "media").keys()
    assert len(restored.aside) >= 3
    if elsewhere.database_url.startswith("sqlite"):
        assert mine <= keys_named(f"sqlite:///{aside / 'musicapp.db'}")
    else:
        assert restored.aside[0].startswith("the schema before_restore_")
    assert save(make_app(instance=elsewhere.instance, database_url=elsewhere.database_url), tmp_path / "again.tar")


@pytest.fixture
def environ(app: Flask, database: str) -> dict[str, str]:
    """What names this test's site to commands."""
    return {"MUSICAPP_INSTANCE": str(app.config["INSTANCE"]), "MUSICAPP_DATABASE_URL": database}


@on_one_database
def test_the_command_says_what_it_did_and_keeps_so_many(environ: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    old = [folder / f"musicapp-2020010{day}T000000Z.tar" for day in range(1, 4)]
    others = [folder / "musicapp-mine.tar", folder / "notes.txt"]
    for path in (*old, *others):
        path.touch()
    ran = CliRunner().invoke(backup, [str(folder), "--keep", "2"], env=environ)
    assert ran.exit_code == 0, ran.output
    newest, second = kept_backups(folder)
    assert second == old[-1]
    assert f"{newest} is whole: " in ran.output
    assert "musicapp-20200101T000000Z.tar was removed: the newest 2 are kept." in ran.output
    assert "It holds this site's secrets and everybody's data" in ran.output
    assert all(path.exists() for path in others)
    for place, says in ((newest, "exists already"), (tmp_path / "site.zip", "should end in .tar")):
        refused = CliRunner().invoke(backup, [str(place)], env=environ)
        assert (refused.exit_code, says in refused.output) == (1, True)
    away = {"MUSICAPP_INSTANCE": str(tmp_path / "away"), "MUSICAPP_DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    for command, argument in ((backup, tmp_path / "x.tar"), (restore_command, newest)):
        refused = CliRunner().invoke(command, [str(argument)], env=away)
        assert refused.exit_code == 1
        assert "The database does not answer: " in refused.output
    refused = CliRunner().invoke(backup, [str(others[1] / "x.tar")], env=environ)
    assert f"{others[1]} cannot be used: File exists." in refused.output


def test_what_cannot_be_saved_leaves_nothing_behind(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    with one_at_a_time(folder), pytest.raises(BackupFailed, match="Another backup is being made"):
        save(app, folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
        with pytest.raises(BackupFailed, match="has room for 0 MB"):
            save(app, folder)
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        with monkeypatch.context() as bare:
            bare.setenv("PATH", str(tmp_path))
            with pytest.raises(BackupFailed, match="pg_dump is not on PATH"):
                save(app, folder)
    (folder / "musicapp-7-old.tar.part").touch()
    (folder / ".scratch-a1b2c3d4").mkdir()
    (folder / ".scratch-a1b2c3d4" / "database.sqlite3").touch()
    made = save(app, folder)
    assert {path.name for path in folder.iterdir()} == {".backup.lock", made.path.name}


def test_the_copy_from_before_an_upgrade_is_one_for_each_and_comes_back(
    app: Flask, elsewhere: Config, tmp_path: Path
) -> None:
    key = add_cover(app)
    with app.app_context():
        copy = copy_before_upgrade(db.engine, tmp_path)
        assert copy_before_upgrade(db.engine, tmp_path) is None, "the next plugin's upgrade is of the same start"
    assert copy is not None
    assert copy.stat().st_mode & 0o077 == 0
    restored = bring_back(elsewhere, copy)
    assert key in keys_named(elsewhere.database_url)
    assert (restored.manifest, restored.missing) == (None, 3)
    if elsewhere.database_url.startswith("postgresql"):
        with pytest.raises(RestoreRefused, match="It holds a database of PostgreSQL, and this site is set to SQLite"):
            bring_back(Config(instance=tmp_path / "other"), copy)


@on_one_database
def test_a_backup_of_a_newer_version_is_refused(app: Flask, elsewhere: Config, tmp_path: Path) -> None:
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version_catalog SET version_num = 'catalog_9999'")
    made = save(app, tmp_path / "newer.tar")
    with pytest.raises(RestoreRefused, match="the tables of catalog are further than this one knows"):
        bring_back(elsewhere, made.path)
    assert [path.name for path in elsewhere.instance.iterdir()] == ["run"]


@on_one_database
def test_a_restore_needs_no_database_that_can_be_read(
    app: Flask, environ: dict[str, str], saved: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "musicapp.db").write_bytes(b"gone bad" * 1000)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "restore", str(saved), "--force"]
    clean = {**os.environ, "MUSICAPP_INSTANCE": str(broken), "MUSICAPP_LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "3 files of music and pictures are back." in done.stdout
    assert keys_named(f"sqlite:///{broken / 'musicapp.db'}") == sums_in(saved).keys()
    assert is_asked_for(["-A", "wsgi", "backup"])
    assert not is_asked_for(["--app", "wsgi", "auth", "backup"])


@on_one_database
def test_the_night_is_saved_once_and_a_failure_is_seen(make_app: AppMaker, tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    app = make_app(backup_folder=str(folder), backup_keep=2)

    def health() -> Any:
        return app.test_client().get("/readyz").json["data"]["backups"]  # type: ignore[index]

    assert health() == {"state": "ok", "detail": "there is none yet"}
    folder.write_text("no folder")
    save_tonight(app)
    assert health()["state"] == "degraded"
    assert health()["detail"] == "the last one failed; there is none yet"
    with app.app_context():
        [check] = [check for check in all_checks() if check.name == "backups"]
        assert "File exists" in check.remedy
        assert "File exists" in next(around.backups(app)).says
    folder.unlink()
    folder.mkdir()
    old = [folder / f"musicapp-2020010{day}T000000Z.tar" for day in range(1, 4)]
    for path in old:
        path.touch()
    retry_now(app)
    assert work(app) == 1
    assert len(kept_backups(folder)) == 2
    assert health()["state"] == "ok"
    newest = kept_backups(folder)[0]
    save_tonight(app, due_at=made_at(newest))
    assert kept_backups(folder)[0] == newest, "there is one of that night already"
    newest.unlink()
    assert health()["state"] == "degraded", "the one that is left is years old"


def save_tonight(app: Flask, due_at: datetime | None = None) -> None:
    moment = (due_at or now()).isoformat()
    with app.app_context(), writing():
        enqueue(KIND, {"period": moment, "since": moment, "until": moment})
    work(app)


def test_every_column_that_names_a_file_says_so(app: Flask) -> None:
    """Others that are called keys are words, folded for sorting and searching, or name something else."""
    words = {"name_key", "title_key", "search_key", "lyrics_key", "listener_key", "form_key", "subject_key"}
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            named = column.name.endswith("_key") and column.name not in words
            assert not named or isinstance(column.type, StoredKey), f"{table.name}.{column.name}"
