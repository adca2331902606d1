"""The demo: loaded by the site's own ways, once. That takes long, so these tests share one site of each database."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp import create_app
from musicapp.clock import now
from musicapp.database import db
from plugins.catalog.models import Play, Song, SongDay
from plugins.catalog.services.demo import load_demo
from plugins.catalog.services.demo_listeners import load_listeners
from plugins.playlists.services.demo import make_demo_playlists
from tests.conftest import dispose, fresh_database
from tests.people import set_up
from tests.plugins.catalog.music import fetch, work

KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group(f"demo on {kind}")) for kind in ("sqlite", "postgresql")]


@pytest.fixture(scope="module", params=KINDS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site with the demo; no test changes what another looks at."""
    folder = tmp_path_factory.mktemp("demo")
    with fresh_database(request.param, folder, request) as url:
        app = create_app({"instance": folder, "database_url": url, "testing": True, "log_level": "ERROR"})
        with app.app_context():
            load_demo()
            load_listeners()
        set_up(app)
        yield app
        dispose(app)


def counts(app: Flask) -> tuple[int, int, int]:
    with app.app_context():
        songs, plays = (db.session.scalar(sa.select(sa.func.count(table.id))) or 0 for table in (Song, Play))
        return songs, plays, db.session.scalar(sa.select(sa.func.sum(Song.plays))) or 0


def test_the_demo_fills_the_site_with_music_that_plays(app: Flask, client: FlaskClient) -> None:
    work(app)
    songs = client.get("/api/songs?limit=500").json["data"]
    assert len(songs) == 12
    assert all(song["cover_url"] and song["album"] and song["genre"] for song in songs)
    assert fetch(client, songs[0]["audio_url"]).status_code == 200
    artists = client.get("/api/artists").json["data"]
    assert [(artist["songs_count"], artist["albums_count"]) for artist in artists] == [(6, 2), (6, 2)]
    assert all(artist["bio"] and artist["cover_url"] for artist in artists)


def test_its_plays_are_spread_over_months_and_add_up(app: Flask) -> None:
    with app.app_context():
        first, last = db.session.execute(sa.select(sa.func.min(SongDay.day), sa.func.max(SongDay.day))).one()
        assert first < (now() - timedelta(days=90)).date() < (now() - timedelta(days=7)).date() < last
        counted = db.session.scalar(sa.select(sa.func.count(Play.id)).where(Play.counted))
        assert counted == db.session.scalar(sa.select(sa.func.sum(SongDay.plays)))
        assert counted == db.session.scalar(sa.select(sa.func.sum(Song.plays)))
        assert db.session.scalar(sa.select(sa.func.count(Play.id)).where(Play.started_at > now())) == 0


def test_its_listener_keeps_playlists_one_of_them_with_an_artist(app: Flask, client: FlaskClient) -> None:
    work(app)
    with app.app_context():
        make_demo_playlists()
    shared = client.get("/playlists/public").text
    assert "Rowing home" in shared


def test_loading_it_twice_changes_nothing(app: Flask) -> None:
    before = counts(app)
    assert before[1] > 300
    with app.app_context():
        load_demo()
        load_listeners()
    assert counts(app) == before
