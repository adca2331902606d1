"""Claims about moving a site from SQLite to PostgreSQL and back: all of it arrives, and nothing is half."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from config import Config
from musicapp import create_app
from musicapp.audit.models import Act
from musicapp.backup.problems import RestoreRefused
from musicapp.backup.restoring.databases import engine_of
from musicapp.database import db, writing
from musicapp.migrating import ADVISORY_LOCK
from musicapp.moving.commands import move_database
from musicapp.moving.copying import Passing, compared
from musicapp.moving.marking import mark
from musicapp.moving.move import Moved, move
from musicapp.moving.postgres import Postgres as PostgresSide
from musicapp.moving.problems import MoveRefused
from musicapp.moving.sqlite import Sqlite
from musicapp.moving.sums import Sum
from musicapp.moving.tables import tables_of
from musicapp.moving.values import Unfit, document
from musicapp.plugins.site import site_of
from musicapp.rescue import is_asked_for
from musicapp.settings import SettingsError
from musicapp.site.models import StoredSetting
from musicapp.supervisor.instance import only_one
from plugins.auth.models import Erased
from tests.conftest import dispose
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards, write_plugin
from tests.musicapp.test_migrating import differences
from tests.musicapp.whole_schema import FIRST_ID, NUMBERS, fill
from tests.people import Somebody, add_person, sign_in
from tests.plugins.catalog.music import ready_song
from tests.postgres import Postgres

ERASED = FIRST_ID + 500
SQL_OF_NOBODY_HERE = """
    CREATE TABLE poems_poem (id INTEGER PRIMARY KEY, words TEXT);
    INSERT INTO poems_poem VALUES (1, 'gone');
    CREATE TABLE alembic_version_poems (version_num VARCHAR(32) NOT NULL);
    INSERT INTO alembic_version_poems VALUES ('poems_0001');
    CREATE TABLE shelves_book (id INTEGER PRIMARY KEY);
    INSERT INTO shelves_book VALUES (1), (2)"""


SHELVES = """
    @plugin.contributes("site.move", name="shelves.index")
    def index_apart(connection):
        raise AssertionError("there are no shelves")
    """


def quiet(_step: str) -> Callable[[int, int], object]:
    """Nobody looks at the progress."""
    return lambda _done, _total: None


def moved_to(config: Config, url: str, *, leave_behind: bool = False) -> Moved:
    return move(config, url, leave_behind=leave_behind, step=quiet)


def content_of(path: Path) -> dict[str, list[str]]:
    """Every row of an SQLite file as it lies there, by table and column, without what the search keeps."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        connection.text_factory = bytes
        return {
            name: sorted(repr(sorted(dict(row).items())) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for name in names
            if "_search_" not in name and not name.startswith("sqlite_")
        }


@pytest.fixture
def old(sqlite_template: Path, tmp_path: Path) -> Config:
    """The settings of a site on SQLite."""
    (tmp_path / "instance").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "instance" / "musicapp.db")
    return Config(instance=tmp_path / "instance", log_level="ERROR")


@pytest.fixture
def new(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty database of PostgreSQL."""
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture
def shelves(old: Config) -> Iterator[None]:
    """A plugin that runs here and has no tables: what it would do around their rows must not be asked for."""
    write_plugin(old.instance / "plugins", "shelves", SHELVES)
    with forgotten_afterwards():
        yield


@contextmanager
def started(config: Config, **settings: Any) -> Iterator[Flask]:
    """The site of these settings."""
    app = create_app(config.model_copy(update=settings))
    yield app
    dispose(app)


def full_site(config: Config) -> Somebody:
    """Somebody who sings, a plugin that is switched off, the newest account erased, and rows in every table."""
    with started(config) as app:
        singer = add_person(app, "Ada", "artist")
        ready_song(app, singer.id, "Snowmelt")
        with app.app_context():
            fill(db.engine)
            with writing() as unit:
                unit.add(Erased(person_id=ERASED))
                unit.add(StoredSetting(plugin="site", name="switched_off", value=["moderation"]))
                for name, value in {"session_days": 9, "share": 0.5, "words": "0.50", "signed": True}.items():
                    unit.add(StoredSetting(plugin="auth", name=name, value=value))
    with closing(sqlite3.connect(config.instance / "musicapp.db")) as connection:
        connection.executescript(SQL_OF_NOBODY_HERE)
    return singer


@pytest.mark.usefixtures("shelves")
def test_a_site_arrives_whole_and_comes_back_the_same(old: Config, new: str, tmp_path: Path) -> None:
    singer = full_site(old)
    before = content_of(old.instance / "musicapp.db")
    with pytest.raises(MoveRefused, match=r"poems_poem \(1 row; no plugin “poems” lies here\)"):
        moved_to(old, new)
    there = moved_to(old, new, leave_behind=True)
    assert before == content_of(old.instance / "musicapp.db")
    assert there.left == {
        "poems_poem": "1 row; no plugin “poems” lies here",
        "shelves_book": "2 rows; no revision of the plugin shelves makes it",
    }
    assert set(before) - set(there.sums) > {*there.left}
    assert min(one.rows for one in there.sums.values()) >= len(NUMBERS)

    back = tmp_path / "back" / "musicapp.db"
    here = moved_to(old.model_copy(update={"database_url": there.target.url}), f"sqlite:///{back}")
    assert here.sums == there.sums
    left = ("poems_poem", "alembic_version_poems", "shelves_book")
    assert content_of(back) == {name: rows for name, rows in before.items() if name not in left}
    assert back.stat().st_mode & 0o777 == 0o600

    for url in (there.target.url, here.target.url):
        with started(old, database_url=url) as app:
            is_the_same_site(app, singer)


def is_the_same_site(app: Flask, singer: Somebody) -> None:
    """People log in, songs are found, new rows get new numbers, and what cannot be undone still cannot."""
    client = app.test_client()
    sign_in(client, singer)
    assert found_titles(client, "snowmelt") == ["Snowmelt"]
    assert site_of(app).states["moderation"].state == "disabled"
    assert add_person(app, "Next").id == ERASED + 1
    assert ready_song(app, singer.id, "Thaw") == FIRST_ID + len(NUMBERS) + 1
    assert found_titles(client, "thaw") == ["Thaw"]
    assert [differences(app, plugin.name) for plugin in site_of(app).plugins] == [[]] * len(site_of(app).plugins)
    with app.app_context(), pytest.raises(sa.exc.DBAPIError, match="only added to"), writing() as unit:
        unit.execute(sa.delete(Act))


def test_a_bare_number_of_json_crosses_over_by_its_value() -> None:
    whole = [document(written) for written in (5, "5", " 5.0", "0.5e1", 5.0)]
    assert (whole, {type(one) for one in whole}) == ([5] * 5, {int})
    assert [document(written) for written in ("0.5", 0.5, "-0.0", f"{1 << 63}")] == [0.5, 0.5, 0, float(1 << 63)]
    for written in ("true", "null", '"5"', "[1.0, 1]", '{"a": 1e3}'):
        assert document(written) == written
    for written, wrong in {"1e999": "too large", "9" * 400: "too large", float("inf"): "no JSON"}.items():
        with pytest.raises(Unfit, match=wrong):
            document(written)


def test_what_the_other_database_would_not_take_is_told_by_row_and_column(old: Config, new: str) -> None:
    artist = "INSERT INTO catalog_artist (id, name, name_key, bio, links, tint, tint_is_chosen, plays, created_at)"
    genre = "INSERT INTO catalog_genre (id, name, name_key) VALUES"
    with closing(sqlite3.connect(old.instance / "musicapp.db")) as connection:
        connection.executescript(
            f"""{genre} (1, 'a' || char(0), 'a'); {genre} (2, cast(x'EDA080' AS TEXT), 'b'); {genre} (3, x'62', 'c');
            {artist} VALUES (7, '{"n" * 121}', 'n', '', '[NaN]', 'grey', 5, 3000000000, 'yesterday');
            INSERT INTO catalog_follow (user_id, artist_id, since) VALUES (9, 7, '2026-01-01 00:00:00')"""
        )
    before = content_of(old.instance / "musicapp.db")
    with pytest.raises(MoveRefused) as refused:
        moved_to(old, new)
    told = str(refused.value).splitlines()[1:-1]
    assert sorted(line for line in told if line.startswith("catalog_artist")) == [
        "catalog_artist, id 7: created_at is no moment.",
        "catalog_artist, id 7: links is no JSON.",
        "catalog_artist, id 7: name has 121 characters, and may have 120.",
        "catalog_artist, id 7: plays is a number beyond 2147483647.",
        "catalog_artist, id 7: tint_is_chosen is neither true nor false.",
    ]
    assert [line for line in told if line.startswith("catalog_genre")] == [
        "catalog_genre, id 1: name holds a NUL character.",
        "catalog_genre, id 2: name holds bytes that are no UTF-8.",
        "catalog_genre, id 3: name is no text.",
    ]
    assert told[-1] == "catalog_follow, rowid 1: user_id points to a row of auth_user that is not there."
    assert len(told) == 9
    assert before == content_of(old.instance / "musicapp.db")
    assert PostgresSide(Config(database_url=new).database_url).is_empty()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_move_that_was_killed_leaves_no_site_and_is_begun_anew(old: Config, new: str, postgres: Postgres) -> None:
    environ = {**os.environ, "MUSICAPP_INSTANCE": str(old.instance), "MUSICAPP_LOG_LEVEL": "ERROR"}
    plain = Config(database_url=new).database_url.replace("+psycopg", "")
    name = sa.make_url(new).database
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "move-database", new], env=environ
    ) as moving:
        begun = f"JOIN pg_database d ON d.oid = database WHERE datname = '{name}' AND objid = {ADVISORY_LOCK}"
        waits(f"EXISTS (SELECT FROM pg_locks {begun})", postgres.connection)
        with psycopg.connect(plain, autocommit=True) as looking, psycopg.connect(plain) as holding:
            waits("to_regclass('site_act') IS NOT NULL", looking)
            holding.execute("LOCK TABLE site_act IN SHARE MODE")
            waits("EXISTS (SELECT FROM pg_locks WHERE NOT granted)", looking)
            moving.kill()
    waits(f"NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{name}')", postgres.connection)
    with psycopg.connect(plain) as looking:
        assert looking.execute("SELECT count(*) FROM auth_user").fetchone() == (0,)
    with pytest.raises(SettingsError, match="that did not come to its end"):
        create_app(old.model_copy(update={"database_url": Config(database_url=new).database_url}))
    ran = CliRunner().invoke(move_database, [new], env={**environ, "COLUMNS": "200"})
    assert ran.exit_code == 0, ran.output
    assert f"MUSICAPP_DATABASE_URL={plain}\n" in ran.output and "Compared" in ran.output
    assert PostgresSide(Config(database_url=new).database_url).is_unfinished() is False


def found_titles(client: FlaskClient, words: str) -> list[str]:
    answer = client.get("/api/search", query_string={"q": words})
    assert answer.status_code == 200, answer.text
    return [song["title"] for song in answer.get_json()["data"]["songs"]]


def waits(for_what: str, connection: "psycopg.Connection[Any]") -> None:
    """Until a condition holds; the test's own limit ends it else."""
    for _ in range(2000):
        if connection.execute(f"SELECT {for_what}".encode()).fetchone() == (True,):
            return
        time.sleep(0.05)
    raise AssertionError(f"It never came to {for_what}.")


def test_what_is_in_the_way_is_told_before_anything_is_touched(old: Config, new: str, tmp_path: Path) -> None:
    with pytest.raises(MoveRefused, match="Both databases are of SQLite"):
        moved_to(old, f"sqlite:///{tmp_path}/other.db")
    for other in ("mysql://host/name", "postgresql://host:port/name"):
        with pytest.raises(MoveRefused, match="Name a database of SQLite or PostgreSQL"):
            moved_to(old, other)
    with pytest.raises(MoveRefused, match="There is no site in"):
        moved_to(old.model_copy(update={"database_url": f"sqlite:///{tmp_path}/none.db"}), new)
    with pytest.raises(MoveRefused, match="as sqlite:////srv"):
        moved_to(old.model_copy(update={"database_url": new}), "sqlite:///musicapp.db")
    with only_one(old.instance, "process 7"), pytest.raises(MoveRefused, match="already runs: process 7"):
        moved_to(old, new)
    plain = Config(database_url=new).database_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as other:
        with pytest.raises(RestoreRefused, match=r"has 1 other connection\."):
            moved_to(old, new)
        other.execute("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with pytest.raises(MoveRefused, match="is not empty"):
        moved_to(old, new)
    with closing(sqlite3.connect(old.instance / "musicapp.db")) as connection, connection:
        connection.execute("UPDATE alembic_version_inbox SET version_num = 'inbox_0099'")
    with psycopg.connect(plain, autocommit=True) as other:
        other.execute("DROP FUNCTION mine()")
    with pytest.raises(MoveRefused, match="The tables of inbox are not those of this code"):
        moved_to(old, new)
    assert not (tmp_path / "none.db").exists() and is_asked_for(["move-database", new])


def test_the_unfinished_is_known_on_sqlite_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'half.db'}"
    Sqlite(url).prepare()
    assert Sqlite(url).is_empty()
    with engine_of(url) as engine:
        mark(engine)
    assert not Sqlite(url).is_empty()
    with pytest.raises(SettingsError, match="that did not come to its end"):
        create_app({"instance": tmp_path, "database_url": url})
    assert Sqlite(url).is_unfinished()


def test_a_row_that_points_to_nothing_is_told_where_rows_have_no_number_too(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "loose.db")) as connection:
        connection.executescript(
            """CREATE TABLE ours (id INTEGER PRIMARY KEY);
            CREATE TABLE loose (our_id INT PRIMARY KEY REFERENCES ours (id)) WITHOUT ROWID;
            INSERT INTO loose VALUES (7)"""
        )
    side = Sqlite(f"sqlite:///{tmp_path / 'loose.db'}")
    with side.reading() as connection:
        told = list(side.loose_ends(connection, ["ours", "loose"]))
    assert told == ["loose, a row: our_id points to a row of ours that is not there."]


def test_types_that_no_table_of_ours_has_cross_over_too(new: str, tmp_path: Path) -> None:
    odd = sa.Table(
        "odd_kind",
        sa.MetaData(),
        sa.Column("id", sa.SmallInteger, primary_key=True),
        sa.Column("price", sa.Numeric(12, 4)),
        sa.Column("token", sa.Uuid),
        sa.Column("mood", sa.Enum("calm", "wild", name="odd_mood")),
        sa.Column("at", sa.Time),
        sa.Column("local", sa.DateTime),
        sa.Column("share", sa.Double),
        sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=True)),
    )
    row = (
        1,
        Decimal("12345678.1250"),
        UUID(int=7),
        "wild",
        clock(23, 5, 1, 20),
        datetime.fromisoformat("2026-03-29 02:30"),
        1 / 3,
        2,
    )
    url = f"sqlite:///{tmp_path / 'odd.db'}"
    with engine_of(url) as engine, engine.execution_options(writing=True).begin() as connection:
        odd.create(connection)
        connection.execute(sa.insert(odd).values(row[:-1]))
    here, there = Sqlite(url), PostgresSide(Config(database_url=new).database_url)
    with psycopg.connect(there.url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{sa.make_url(new).database}" SET extra_float_digits = 0'.encode())
    with engine_of(there.url) as engine, here.still() as source:
        with engine.execution_options(writing=True).begin() as connection:
            odd.create(connection)
            [table] = tables_of(connection, ["odd_kind"])
            plain = [table.plain(one) for one in here.rows(source, table)]
            there.write(connection, table, plain)
        with there.reading() as connection:
            assert [table.plain(one) for one in there.rows(connection, table)] == plain
            assert connection.execute(sa.select(odd)).one() == row
    expected = Sum()
    expected.add(plain[0])
    compared(here, [table], {"odd_kind": expected}, Passing(1, quiet("")))
    with closing(sqlite3.connect(tmp_path / "odd.db")) as connection, connection:
        connection.execute("UPDATE odd_kind SET at = 'noon'")
    with pytest.raises(MoveRefused, match=r"is not the old one: odd_kind \(0 rows, and 1 were read\)"):
        compared(here, [table], {"odd_kind": expected}, Passing(1, quiet("")))


def test_what_a_database_says_beside_its_rows_is_a_sentence(old: Config, new: str) -> None:
    name = sa.make_url(new).database
    with psycopg.connect(Config(database_url=new).database_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog'.encode())
        other.execute("CREATE TABLE public.pg_depend ()")
    environ = {"MUSICAPP_INSTANCE": str(old.instance), "MUSICAPP_LOG_LEVEL": "ERROR"}
    ran = CliRunner().invoke(move_database, [new], env=environ)
    assert (ran.exit_code, ran.output) == (1, 'Error: The database does not answer: column "classid" does not exist.\n')
