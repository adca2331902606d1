"""Claims about lists kept in Redis: they never show what their reader may not see, and changes show at once."""

from collections.abc import Iterator

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from musicapp.redis import EmbeddedRedis
from tests.conftest import AppMaker
from tests.people import Somebody
from tests.plugins.catalog.music import Counted, Headers, publish_song, ready_song, set_song, upload, work

KEPT = ["/api/songs", "/api/albums", "/api/artists", "/api/genres", "/api/years", "/"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis")) as embedded:
        yield embedded


@pytest.fixture
def app(make_app: AppMaker, running: EmbeddedRedis) -> Flask:
    with redis.Redis.from_url(running.address.cache_url) as connected:
        connected.flushall()
    return make_app(redis_url=running.address.url)


def titles(client: FlaskClient, path: str = "/api/songs", headers: Headers | None = None) -> list[str]:
    return [song["title"] for song in client.get(path, headers=headers).json["data"]]


@pytest.mark.parametrize("path", KEPT)
def test_the_second_reader_costs_no_question_about_music(app: Flask, nils: Somebody, path: str) -> None:
    ready_song(app, nils.id, "Neap", album="Slack Water", genre="Folk")
    first = app.test_client().get(path)
    with Counted(app) as counted:
        second = app.test_client().get(path)
    assert second.status_code == 200 and [one for one in counted.statements if "catalog_" in one] == []
    if path != "/":
        assert second.json == first.json
        assert app.test_client().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_draft_reaches_nobody_through_what_its_artist_and_staff_see(
    app: Flask, as_nils: Headers, as_admin: Headers
) -> None:
    client = app.test_client()
    upload(client, as_nils, title="Draft", publish="draft")
    work(app)
    for path, headers in (("/api/songs?scope=mine", as_nils), ("/api/songs?scope=all", as_admin)):
        assert titles(client, path, headers) == ["Draft"]
    for headers in (as_nils, as_admin, None):
        assert titles(client, "/api/songs", headers) == []
        assert "Draft" not in client.get("/", headers=headers).text


def test_what_is_published_taken_back_or_deleted_shows_at_once(app: Flask, as_nils: Headers) -> None:
    client = app.test_client()
    assert titles(client) == []
    song_id = publish_song(app, client, as_nils, title="Neap", genre="Folk")
    assert titles(client) == ["Neap"]
    assert "Neap" in client.get("/").text
    assert [genre["songs_count"] for genre in client.get("/api/genres").json["data"]] == [1]
    client.patch(f"/api/songs/{song_id}", json={"title": "Spring"}, headers=as_nils)
    assert titles(client) == ["Spring"]
    client.patch(f"/api/songs/{song_id}", json={"publish": "draft"}, headers=as_nils)
    assert titles(client) == []
    assert "Spring" not in client.get("/").text
    client.patch(f"/api/songs/{song_id}", json={"publish": "now"}, headers=as_nils)
    assert titles(client) == ["Spring"]
    client.delete(f"/api/songs/{song_id}", headers=as_nils)
    assert titles(client) == []
    assert [genre["songs_count"] for genre in client.get("/api/genres").json["data"]] == [0]


def test_names_of_artists_and_genres_change_in_kept_lists_too(app: Flask, as_nils: Headers, as_admin: Headers) -> None:
    client = app.test_client()
    publish_song(app, client, as_nils, title="Neap", genre="Fokl")
    genre, artist = client.get("/api/genres").json["data"][0], client.get("/api/artists").json["data"][0]
    client.patch(f"/api/genres/{genre['id']}", json={"name": "Folk"}, headers=as_admin)
    client.patch(f"/api/artists/{artist['id']}", json={"name": "The Ferry"}, headers=as_nils)
    assert [one["name"] for one in client.get("/api/genres").json["data"]] == ["Folk"]
    assert [one["name"] for one in client.get("/api/artists").json["data"]] == ["The Ferry"]
    client.delete(f"/api/genres/{genre['id']}", headers=as_admin)
    assert client.get("/api/genres").json["data"] == []


def test_another_process_forgets_too(app: Flask, make_app: AppMaker, as_nils: Headers) -> None:
    client = app.test_client()
    song_id = publish_song(app, client, as_nils, title="Neap")
    other = make_app(redis_url=app.extensions["redis_address"].url).test_client()
    assert titles(other) == ["Neap"]
    client.delete(f"/api/songs/{song_id}", headers=as_nils)
    assert titles(other) == []


def test_only_what_many_ask_for_is_kept(app: Flask, nils: Somebody, client: FlaskClient) -> None:
    song_id = ready_song(app, nils.id, "Neap", genre="Folk")
    paths = ["/api/songs?limit=7", "/api/songs?genre=1", "/api/songs?year=1999", "/api/songs?sort=random"]
    for path in [*paths, f"/api/songs/{song_id}", "/api/artists/1"]:
        client.get(path)
    set_song(app, song_id, title="Spring")
    assert titles(client, paths[0]) == titles(client, paths[1]) == titles(client, paths[3]) == ["Spring"]
    assert client.get(f"/api/songs/{song_id}").json["data"]["title"] == "Spring"
