"""Claims about what a restore leaves: who may read it, that nothing of two sites is mixed, and what it waits for."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from config import Config
from musicapp.backup.before_upgrade import copy_before_upgrade
from musicapp.backup.problems import RestoreRefused
from musicapp.backup.restoring.databases import PostgresSchema
from tests.conftest import on_one_database
from tests.musicapp.test_backup import add_cover, bring_back, save, sums_below
from tests.postgres import Postgres


@pytest.fixture
def elsewhere(tmp_path: Path) -> Config:
    """The settings of an empty machine."""
    return Config(instance=tmp_path / "elsewhere", log_level="ERROR")


@pytest.fixture
def saved(app: Flask, tmp_path: Path) -> Path:
    """A backup of a site with one picture."""
    add_cover(app)
    return save(app, tmp_path / "saved.tar").path


@on_one_database
def test_what_comes_back_is_read_by_those_only_who_should(app: Flask, saved: Path, elsewhere: Config) -> None:
    """The database by the site's account, the music by the group of its folder too, whatever the umask."""
    copy = copy_before_upgrade(sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"]), saved.parent)
    assert copy is not None
    media = elsewhere.instance / "media"
    media.mkdir(parents=True)
    media.chmod(0o2750)
    before = os.umask(0o027)
    try:
        bring_back(elsewhere, saved)
        assert (media.parent / "musicapp.db").stat().st_mode & 0o777 == 0o600
        assert {path.stat().st_mode & 0o7777 for path in media.rglob("*") if path.is_dir()} == {0o2750}
        assert {path.stat().st_mode & 0o777 for path in media.rglob("*") if path.is_file()} == {0o644}
        os.umask(0o022)
        bring_back(elsewhere, copy, force=True)
        assert (media.parent / "musicapp.db").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


@on_one_database
def test_a_restore_mixes_nothing_of_two_sites(saved: Path, elsewhere: Config) -> None:
    mine = ("plugins/odd/notes.txt", "templates/site/odd.html", "musicapp.db-wal", "musicapp.db-shm")
    for path in (*mine, "restore-a1b2c3d4/database.sqlite3"):
        (elsewhere.instance / path).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere.instance / path).write_text("of before")
    with pytest.raises(RestoreRefused, match="a database, templates/, plugins/"):
        bring_back(elsewhere, saved)
    assert not (elsewhere.instance / "restore-a1b2c3d4").exists()
    restored = bring_back(elsewhere, saved, force=True)
    aside = next(elsewhere.instance.glob("before-restore-*"))
    assert [(aside / path).read_text() for path in mine] == ["of before"] * len(mine)
    assert not sums_below(elsewhere.instance / "plugins") and not sums_below(elsewhere.instance / "templates")
    assert restored.aside == [str(aside / name) for name in ("musicapp.db-wal", "plugins", "templates")]


def test_a_restore_refuses_a_database_to_which_others_are_connected(postgres: Postgres) -> None:
    url = postgres.create()
    engine = sa.create_engine(url)
    database = PostgresSchema(url)
    with engine.connect(), pytest.raises(RestoreRefused, match=r"has 1 other connection\."):
        database.refuse_in_use()
    engine.dispose()
    postgres.drop(url)
