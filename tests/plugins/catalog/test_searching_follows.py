"""The search index follows the rows in the same transaction, and shows nobody what they may not see."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp import migrating
from musicapp.clock import now
from musicapp.database import db, session, writing
from plugins.catalog import plugin
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.models.search_index import index_apart
from plugins.catalog.models.search_index.cuts import cuts
from plugins.catalog.services import search_music, visibility
from tests.people import Somebody
from tests.plugins.catalog.music import Counted
from tests.plugins.catalog.shelf import LONG_AGO, Shelf

ANY = {"songs": ["Night Bus"], "albums": ["Depot Lights"], "artists": ["Tramline Nine"]}
NOTHING: dict[str, list[str]] = {"songs": [], "albums": [], "artists": []}


def kinds(shelf: Shelf, text: str) -> dict[str, list[str]]:
    found = shelf.find(text)
    return {
        "songs": [row.title for row in found.songs],
        "albums": [row.title for row in found.albums],
        "artists": [row.name for row in found.artists],
    }


@pytest.fixture
def depot(shelf: Shelf) -> tuple[int, int, int]:
    """An artist, their album, and a song on it."""
    artist = shelf.artist("Tramline Nine")
    album = shelf.album("Depot Lights", artist)
    return artist, album, shelf.song("Night Bus", artist, album_id=album, lyrics="shuttered stores")


def test_what_is_renamed_is_found_by_its_new_name_at_once_and_not_by_the_old(
    shelf: Shelf, depot: tuple[int, int, int]
) -> None:
    artist, album, song = depot
    assert kinds(shelf, "tramline") == ANY
    shelf.rename(Artist, artist, "Café Ferry")
    assert kinds(shelf, "cafe") == {**ANY, "artists": ["Café Ferry"]}
    assert kinds(shelf, "tramline") == NOTHING == kinds(shelf, "tramlime")
    shelf.rename(Album, album, "Quay")
    assert (shelf.songs("quay"), shelf.songs("depot")) == (["Night Bus"], [])
    shelf.rename(Song, song, "Night Boat")
    assert (shelf.songs("boat"), shelf.songs("bus")) == (["Night Boat"], [])
    other = shelf.artist("Somebody Else")
    shelf.change(Song, song, artist_id=other, album_id=None)
    assert (shelf.songs("else boat"), shelf.songs("cafe"), shelf.songs("quay")) == (["Night Boat"], [], [])


def test_a_change_that_is_taken_back_leaves_no_trace(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    with shelf.app.app_context(), pytest.raises(ZeroDivisionError), writing() as unit:
        unit.get_one(Artist, depot[0]).name_key = "cafe ferry"
        unit.flush()
        raise ZeroDivisionError
    assert kinds(shelf, "cafe") == NOTHING
    assert kinds(shelf, "tramline") == ANY


@pytest.mark.parametrize(
    "change",
    [{"published_at": None}, {"hidden_at": LONG_AGO}, {"deleted_at": LONG_AGO}, {"published_at": now() + timedelta(1)}],
    ids=["a draft", "hidden", "deleted", "not yet published"],
)
def test_what_may_not_be_seen_is_never_found_nor_hinted_at(
    shelf: Shelf, depot: tuple[int, int, int], change: dict[str, object]
) -> None:
    artist, album, song = depot
    shelf.song("Another", artist)
    shelf.change(Album, album, **change)
    assert shelf.songs("depot") == [] == shelf.songs("night depot") == shelf.songs("depto")
    assert [row.title for row in shelf.find("tramline").albums] == []
    shelf.change(Song, song, **change)
    for text in ("night", "night bus", "nihgt", "bus tramline", "shuttered", "ight"):
        assert shelf.songs(text) == [] == shelf.find(text).lyrics, text
    assert shelf.songs("tramline") == ["Another"]
    back = {"published_at": LONG_AGO} if "published_at" in change else dict.fromkeys(change)
    shelf.change(Song, song, **back)
    shelf.change(Album, album, **back)
    assert shelf.songs("depot night") == ["Night Bus"]
    assert [one.line for one in shelf.find("shuttered").lyrics] == ["shuttered stores"]


def test_what_is_set_to_be_published_is_found_when_its_time_has_come(
    shelf: Shelf, depot: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, album, song = depot
    for table, row_id in ((Album, album), (Song, song)):
        shelf.change(table, row_id, published_at=now() + timedelta(days=1))
    assert kinds(shelf, "depot") == kinds(shelf, "night") == NOTHING
    monkeypatch.setattr(visibility.NOW, "callable", lambda: now() + timedelta(days=2))
    assert kinds(shelf, "depot tramline") == {"songs": ["Night Bus"], "albums": ["Depot Lights"], "artists": []}


def test_what_is_unreadable_or_gone_is_not_found(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    artist, album, song = depot
    shelf.change(Song, song, state="unreadable")
    assert shelf.songs("night") == []
    shelf.change(Song, song, state="ready")
    assert shelf.songs("night") == ["Night Bus"]
    shelf.remove(Song, song)
    shelf.remove(Album, album)
    shelf.remove(Artist, artist)
    assert kinds(shelf, "night") == kinds(shelf, "tramline") == NOTHING
    with shelf.app.app_context():
        assert [rows_in(name) for name in ("song", "album", "artist")] == [0, 0, 0]


def test_an_artist_of_whom_nothing_can_be_heard_is_not_found(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    shelf.artist("Tramline Ten")
    assert [row.name for row in shelf.find("tramline").artists] == ["Tramline Nine"]


def test_a_site_that_is_closed_to_visitors_shows_them_nothing(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    shelf.app.config["VISITORS"] = "nothing"
    assert kinds(shelf, "tramline") == NOTHING and shelf.find("shuttered").lyrics == []


def test_plays_are_followed_without_touching_the_words(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    artist, album, song = depot
    shelf.song("Night Boat", artist)
    with shelf.app.app_context():
        for plays in (1, 2, 3, 10, 100, 101, 5000):
            for table, row_id in ((Artist, artist), (Album, album), (Song, song)):
                with writing() as unit:
                    unit.execute(sa.update(table).where(table.id == row_id).values(plays=plays))
            assert [row.title for row in search_music(None, "night", 5).songs] == ["Night Bus", "Night Boat"]
            assert [one.line for one in search_music(None, "shuttered", 5).lyrics] == ["shuttered stores"]
        assert [rows_in(name) for name in ("song", "album", "artist")] == [2, 1, 1]


def rows_in(name: str) -> int:
    return int(session().scalar(sa.text(f"SELECT count(*) FROM catalog_search_{name}")) or 0)


def test_a_search_costs_at_most_five_statements(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    for text in ("night", "nihgt", "tramlime nine nigth bus depto", "shuttered stores", "夜", "x"):
        with shelf.app.app_context(), Counted(shelf.app) as counted:
            search_music(None, text, 20)
            assert len(counted) <= 5, text


def test_the_cuts_of_the_database_are_those_that_are_asked_for(shelf: Shelf) -> None:
    for name in ("Tramlines", "Nightly", "Bus", "Over"):
        shelf.artist(name)
    with shelf.app.app_context():
        rows = session().execute(sa.text("SELECT word, cut FROM catalog_search_cut")).all()
    kept: dict[str, set[str]] = {}
    for word, cut in rows:
        kept.setdefault(word, set()).add(cut)
    assert kept == {
        "tramlines": cuts("tramlines"),
        "nightly": {cut for cut in cuts("nightly") if len(cut) >= 6},
        "over": cuts("over"),
    }
    assert len(rows) == sum(map(len, kept.values()))


def test_every_trigger_stands_after_all_migrations(app: Flask) -> None:
    """A revision that rebuilds a table loses its triggers, unless it does so inside `index_apart`."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'catalog_search_%'"
            kinds = [
                f"{kind}_{change}" for kind in ("song", "album", "artist") for change in ("insert", "update", "delete")
            ]
        else:
            query = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'catalog_search_%'"
            kinds = ["song", "album", "artist"]
        there = set(session().scalars(sa.text(query)))
    assert there == {f"catalog_search_{name}" for name in [*kinds, "artist_rename", "album_rename", "word_insert"]}


def test_a_table_is_rebuilt_with_the_index_apart(shelf: Shelf, depot: tuple[int, int, int]) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    with shelf.app.app_context():
        session().rollback()
        with migrating.schema_change(db.engine) as connection, index_apart(connection):
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("catalog_song", recreate="auto") as batch:
                batch.alter_column("licence", existing_type=sa.String(200), type_=sa.String(250))
    assert kinds(shelf, "tramline") == ANY
    shelf.rename(Artist, depot[0], "Café Ferry")
    assert shelf.songs("cafe bus") == ["Night Bus"]


def test_what_was_there_before_is_indexed_and_folded_anew(tmp_path: Path, make_app: object, database: str) -> None:
    from alembic import command

    from musicapp.database import listen

    app = make_app()  # type: ignore[operator]
    shelf = Shelf(app)
    artist = shelf.artist("AC/DC")
    shelf.song("Night, Bus", artist, lyrics="[00:01.00]shuttered stores")
    with app.app_context():
        session().rollback()
        db.engine.dispose()
    engine = sa.create_engine(database)
    listen(engine)
    folder = Path(plugin.root_path) / "migrations"
    with migrating.schema_change(engine) as connection:
        before_the_index(connection)
        command.upgrade(migrating.alembic_config(connection, "catalog", folder), "catalog_0003")
    engine.dispose()
    assert shelf.songs("ac dc night") == ["Night, Bus"]
    assert [one.line for one in shelf.find("shuttered").lyrics] == ["shuttered stores"]
    assert shelf.songs("nihgt") == ["Night, Bus"]


def before_the_index(connection: sa.Connection) -> None:
    """Put the tables back to where the revision before the index left them."""
    from plugins.catalog.models.search_index import drop_index

    drop_index(connection)
    connection.exec_driver_sql("ALTER TABLE catalog_song DROP COLUMN lyrics_key")
    connection.exec_driver_sql("UPDATE catalog_artist SET name_key = 'ac/dc'")
    connection.exec_driver_sql("UPDATE catalog_song SET title_key = 'night, bus'")
    connection.exec_driver_sql("UPDATE alembic_version_catalog SET version_num = 'catalog_0002'")


def test_the_api_answers_by_kind_and_names_the_best(
    shelf: Shelf, depot: tuple[int, int, int], nils: Somebody, client: FlaskClient
) -> None:
    answer = client.get("/api/search?q=tramline&limit=5").json["data"]
    assert answer["best"]["kind"] == "artist" and answer["best"]["name"] == "Tramline Nine"
    assert [len(answer[kind]) for kind in ("songs", "albums", "artists", "lyrics")] == [1, 1, 1, 0]
    answer = client.get("/api/search?q=stores").json["data"]
    assert (answer["lyrics"][0]["title"], answer["lyrics"][0]["line"]) == ("Night Bus", "shuttered stores")
    assert set(client.get("/api/search?q=tramline&kind=album").json["data"]) == {"best", "albums"}
    assert client.get("/api/search?q=zzzz").json["data"]["best"] is None
    assert client.get("/api/search").status_code == 422
    page = client.get("/search?q=stores").text
    assert "Night Bus" in page and "shuttered" in page
