"""Claims about migrations: they say what the models say, many may start at once, and nothing is lost."""

import multiprocessing
import sqlite3
from pathlib import Path
from unittest.mock import Mock

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask

from musicapp import create_app, migrating, stopping
from musicapp.backup.problems import CutOff
from musicapp.backup.snapshots import SqliteSnapshot
from musicapp.database import db
from musicapp.plugins.problems import PluginRefused
from musicapp.plugins.site import site_of
from tests.conftest import AppMaker, on_one_database
from tests.postgres import Postgres

STARTERS = 6


def differences(app: Flask, plugin: str) -> list[object]:
    """What autogenerate would change in the tables of one plugin."""

    def own(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or migrating.is_modelled(name or "", plugin)

    def own_object(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return kind != "table" or migrating.is_modelled(name or "", plugin)

    with app.app_context(), db.engine.connect() as connection:
        options = {"include_name": own, "include_object": own_object, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata))


def test_the_migrations_make_exactly_the_tables_of_the_models(app: Flask) -> None:
    for plugin in site_of(app).plugins:
        assert differences(app, plugin.name) == []


def test_every_plugin_has_a_version_table_of_its_own(app: Flask) -> None:
    with app.app_context():
        tables = sa.inspect(db.engine).get_table_names()
    assert {"alembic_version_site", "alembic_version_auth", "alembic_version_catalog"} <= set(tables)


def start(instance: str, url: str, failures: "multiprocessing.Queue[str]") -> None:
    try:
        create_app({"instance": instance, "database_url": url, "log_level": "ERROR", "debug": True})
    except BaseException as error:
        failures.put(repr(error))


def start_many(folder: Path, url: str) -> list[str]:
    fresh = multiprocessing.get_context("spawn")
    failures = fresh.Queue()
    starters = [fresh.Process(target=start, args=(str(folder), url, failures)) for _ in range(STARTERS)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    return [failures.get() for _ in range(failures.qsize())] + [
        f"exit {starter.exitcode}" for starter in starters if starter.exitcode
    ]


def test_many_processes_may_start_on_an_empty_sqlite_database(tmp_path: Path) -> None:
    assert start_many(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}") == []


def test_many_processes_may_start_on_an_empty_postgresql_database(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.create()
    try:
        assert start_many(tmp_path, url) == []
    finally:
        postgres.drop(url)


REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{name}_{number:04}"
down_revision = {before}


def upgrade():
    {change}
"""


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    from musicapp.database import listen

    engine = sa.create_engine(f"sqlite:///{tmp_path / 'site.db'}")
    listen(engine)
    return engine


def write(folder: Path, name: str, *changes: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, change in enumerate(changes, 1):
        before = repr(f"{name}_{number - 1:04}") if number > 1 else None
        text = REVISION.format(name=name, number=number, before=before, change=change)
        (folder / f"{name}_{number:04}.py").write_text(text)
    return folder


MAKE = 'op.create_table("{0}_row", sa.Column("id", sa.Integer, primary_key=True))'
CHILD = (
    'op.create_table("shelf_book", sa.Column("id", sa.Integer, primary_key=True), '
    'sa.Column("row_id", sa.Integer, sa.ForeignKey("shelf_row.id", ondelete="CASCADE")))'
)
REBUILD = (
    'with op.batch_alter_table("shelf_row", recreate="always") as batch:\n'
    '        batch.add_column(sa.Column("name", sa.String))'
)


def test_rebuilding_a_parent_table_keeps_its_children(tmp_path: Path, engine: sa.Engine) -> None:
    folder = write(tmp_path / "shelf", "shelf", MAKE.format("shelf"), CHILD)
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO shelf_row VALUES (1)")
        connection.exec_driver_sql("INSERT INTO shelf_book VALUES (1, 1)")
    write(folder, "shelf", MAKE.format("shelf"), CHILD, REBUILD)
    assert migrating.upgrade(engine, {"shelf": folder}, tmp_path) == {}
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM shelf_book").scalar() == 1
    engine.dispose()


def test_a_removed_plugin_stops_no_other_ones_upgrade(tmp_path: Path, engine: sa.Engine) -> None:
    stays = write(tmp_path / "stays", "stays", MAKE.format("stays"))
    goes = write(tmp_path / "goes", "goes", MAKE.format("goes"))
    migrating.upgrade(engine, {"stays": stays, "goes": goes}, tmp_path)
    write(stays, "stays", MAKE.format("stays"), 'op.add_column("stays_row", sa.Column("name", sa.String))')
    assert migrating.upgrade(engine, {"stays": stays}, tmp_path) == {}
    assert "name" in {column["name"] for column in sa.inspect(engine).get_columns("stays_row")}
    engine.dispose()


def test_the_database_is_copied_before_an_upgrade_and_three_copies_are_kept(tmp_path: Path, engine: sa.Engine) -> None:
    changes = [MAKE.format("shelf")]
    folder = write(tmp_path / "shelf", "shelf", *changes)
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    assert list(tmp_path.glob("site.db.before-*")) == []
    for number in range(5):
        (tmp_path / f"site.db.before-2020010{number}T000000").touch()
    changes.append('op.add_column("shelf_row", sa.Column("name", sa.String))')
    write(folder, "shelf", *changes)
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    copies = sorted(tmp_path.glob("site.db.before-*"))
    assert len(copies) == 3
    with sqlite3.connect(copies[-1]) as copy:
        assert [row[1] for row in copy.execute("PRAGMA table_info(shelf_row)")] == ["id"]
    copy.close()
    engine.dispose()


def test_starts_that_upgrade_nothing_push_out_no_copy(tmp_path: Path, engine: sa.Engine) -> None:
    folder = write(tmp_path / "shelf", "shelf", MAKE.format("shelf"))
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    old = [tmp_path / f"site.db.before-2020010{number}T000000" for number in range(4)]
    for path in old:
        path.touch()
    write(folder, "shelf", MAKE.format("shelf"), 'raise RuntimeError("a slip")')
    assert "a slip" in migrating.upgrade(engine, {"shelf": folder}, tmp_path)["shelf"]
    assert sorted(tmp_path.glob("site.db.before-*")) == old
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version_shelf SET version_num = 'shelf_9999'")
    with pytest.MonkeyPatch.context() as watched:
        watched.setattr("musicapp.backup.before_upgrade.snapshot", None)
        assert "newer code made them (shelf_9999)" in migrating.upgrade(engine, {"shelf": folder}, tmp_path)["shelf"]
    assert sorted(tmp_path.glob("site.db.before-*")) == old
    engine.dispose()


@on_one_database
def test_code_that_is_older_than_the_sites_own_tables_does_not_start(make_app: AppMaker) -> None:
    with make_app().app_context(), db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version_site SET version_num = 'site_9999'")
    with pytest.raises(
        PluginRefused, match=r"^The site cannot start: its tables .* newer code made them \(site_9999\)"
    ):
        make_app(testing=False)


def test_an_upgrade_goes_on_where_the_disk_takes_no_copy(
    tmp_path: Path, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "shelf", "shelf", MAKE.format("shelf"))
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    changes = [MAKE.format("shelf")]
    warned = Mock()
    monkeypatch.setattr("musicapp.backup.before_upgrade.log.warning", warned)
    for number, problem in enumerate((OSError("no place"), sqlite3.OperationalError("database or disk is full"))):
        changes.append(f'op.add_column("shelf_row", sa.Column("name_{number}", sa.String))')
        write(folder, "shelf", *changes)
        monkeypatch.setattr(SqliteSnapshot, "write", Mock(side_effect=problem))
        assert migrating.upgrade(engine, {"shelf": folder}, tmp_path) == {}
        assert warned.call_args.args == ("The database is upgraded without a copy of it. %s", problem)
    assert list(tmp_path.glob("site.db.before-*")) == []
    engine.dispose()


def test_nothing_is_upgraded_without_a_copy_because_somebody_stops_the_site(
    tmp_path: Path, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "shelf", "shelf", MAKE.format("shelf"))
    migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    write(folder, "shelf", MAKE.format("shelf"), REBUILD)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(SqliteSnapshot, "write", Mock(side_effect=CutOff("pg_dump was told to end.")))
        with pytest.raises(SystemExit, match="copy could not be finished"):
            migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    with monkeypatch.context() as stopped:
        stopped.setattr(stopping, "asked", Mock(is_set=lambda: True))
        with pytest.raises(SystemExit):
            migrating.upgrade(engine, {"shelf": folder}, tmp_path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version_shelf").scalar() == "shelf_0001"
    assert list(tmp_path.glob("site.db.before-*")) == []
    assert migrating.upgrade(engine, {"shelf": folder}, tmp_path) == {}
    engine.dispose()
