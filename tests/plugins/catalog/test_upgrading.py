"""Claims about sites whose tables were made by the first revision: their music is all there after the upgrade."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from musicapp import create_app, migrating
from musicapp.database import db
from musicapp.site.stored_settings import store_settings
from plugins.auth.services import people
from plugins.catalog.models import ListenerHour, Play
from tests.people import set_up
from tests.postgres import Postgres

REVISIONS = Path(__file__).resolve().parents[3] / "plugins" / "catalog" / "migrations"
THEN = "2026-01-02 03:04:05"
ROWS = (
    "INSERT INTO catalog_genre (id, name, name_key) VALUES (1, 'R&B', 'r&b'), (2, 'R and  B', 'r and b')",
    "INSERT INTO catalog_genre (id, name, name_key) VALUES (3, 'Drum & Bass', 'drum & bass')",
    "INSERT INTO catalog_artist (id, name, name_key, bio, tint, created_at) "
    f"VALUES (1, 'Nils Hollar', 'nils hollar', '', '13', '{THEN}')",
    "INSERT INTO catalog_album (id, artist_id, genre_id, title, title_key, description, tint, published_at, version, "
    f"created_at) VALUES (1, 1, 1, 'Depots', 'depots', '', '13', '{THEN}', 1, '{THEN}')",
    *(
        "INSERT INTO catalog_song (id, artist_id, album_id, genre_id, title, title_key, lyrics, licence, explicit, "
        "state, problem, file_name, audio_mime, audio_bytes, audio_sha256, duration_s, tint, plays, published_at, "
        f"version, created_at) VALUES ({number}, 1, 1, 1, '{title}', '{title.lower()}', '{lyrics}', '', false, "
        f"'ready', '', 'a.mp3', 'audio/mpeg', 9, '{number}', 60, '13', {plays}, '{THEN}', 1, '{THEN}')"
        for number, title, lyrics, plays in ((1, "Nachtbus", "Every lantern is a harbour", 7), (2, "Gate", "", 5))
    ),
)
PLAYS = [
    "INSERT INTO catalog_play (listener_key, listener_id, song_id, started_at, heard_ms, completed, source, counted, "
    f"received_at) VALUES ('{key}', {listener}, {song}, '{at}', {ms}, false, 'album', {counted}, '{at}')"
    for key, listener, song, at, ms, counted in (
        ("u{mira}", "{mira}", 1, "2026-06-10 23:30:00+00:00", 60_000, "true"),
        ("u{mira}", "{mira}", 1, "2026-06-10 23:40:00+00:00", 9_000, "false"),
        ("u{mira}", "{mira}", 2, "2026-01-10 23:30:00+00:00", 50_000, "true"),
        ("vpasserby", "NULL", 2, "2026-01-10 23:30:00+00:00", 50_000, "true"),
    )
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.db'}"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create()
    yield url
    postgres.drop(url)


def test_music_of_the_first_tables_is_listed_counted_and_found(empty: str, tmp_path: Path) -> None:
    settings = {"instance": tmp_path / "instance", "database_url": empty, "testing": True, "log_level": "ERROR"}
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(REVISIONS / "catalog_0001_first_tables.py", first)
    before = create_app({**settings, "plugins": ["auth"]})
    with before.app_context():
        assert migrating.upgrade(db.engine, {"catalog": first}, tmp_path) == {}
        with db.engine.execution_options(writing=True).begin() as connection:
            for row in ROWS:
                connection.execute(sa.text(row))
        store_settings("site", {"time_zone": "Europe/Oslo"})
        mira = people.add_person("Mira", "mira@example.org", "hash").id
        with db.engine.execution_options(writing=True).begin() as connection:
            for row in PLAYS:
                connection.execute(sa.text(row.format(mira=mira)))
        db.engine.dispose()

    app = create_app(settings)
    set_up(app)
    client = app.test_client()
    [artist] = client.get("/api/artists?sort=popular").json["data"]
    [album] = client.get("/api/albums?genre=1").json["data"]
    assert (artist["name"], album["title"], album["kind"], album["songs_count"]) == (
        "Nils Hollar",
        "Depots",
        "album",
        2,
    )
    with app.app_context():
        keys = db.session.scalars(sa.text("SELECT name_key FROM catalog_genre ORDER BY id")).all()
        assert keys == ["r&b", "r and b", "drum and bass"]
        hours = sa.select(*(getattr(ListenerHour, name) for name in ("day", "hour", "song_id", "plays", "heard_ms")))
        assert sorted(map(tuple, db.session.execute(hours.where(ListenerHour.user_id == mira)))) == [
            (date(2026, 1, 11), 0, 2, 1, 50_000),
            (date(2026, 6, 11), 1, 1, 1, 69_000),
        ]
        kept = db.session.execute(sa.select(Play.day, Play.hour).order_by(Play.id)).all()
        assert kept == [(date(2026, 6, 11), 1), (date(2026, 6, 11), 1), (date(2026, 1, 11), 0), (None, None)]
        for table in ("catalog_artist", "catalog_album"):
            assert db.session.scalar(sa.text(f"SELECT plays FROM {table}")) == 12
    for words, title in (("nachtb", "Nachtbus"), ("lantern harbour", "Nachtbus"), ("gate", "Gate")):
        assert title in client.get(f"/api/search?q={words}").text, words
    assert client.get("/songs?genre=1").status_code == 200
    with app.app_context():
        db.engine.dispose()
