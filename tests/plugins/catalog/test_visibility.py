"""Who may know of which music: one rule, looked for in every list, page and file."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, bearer, sign_in
from tests.plugins.catalog.music import (
    Headers,
    fetch,
    ready_song,
    set_album,
    set_song,
    upload,
    work,
)

UNSEEN = {
    "a draft": {"published_at": None},
    "scheduled": {"published_at": now() + timedelta(days=1)},
    "deleted": {"deleted_at": now()},
    "hidden": {"hidden_at": now()},
    "unreadable": {"state": "unreadable"},
    "being processed": {"state": "processing"},
}


@pytest.fixture
def song_id(app: Flask, nils: Somebody) -> int:
    """A published song, in a published album with a cover."""
    return ready_song(app, nils.id, album="Salt Almanac", genre="Folk")


def places(client: FlaskClient, song_id: int, headers: Headers | None = None) -> dict[str, bool]:
    """Where a song shows, by place."""

    def says(path: str) -> bool:
        return "Neap" in client.get(path, headers=headers).text

    def answers(path: str) -> bool:
        return fetch(client, path, headers).status_code in (200, 409)

    return {
        "list": says("/api/songs"),
        "page of songs": says("/songs"),
        "album": says("/api/albums/1") or says("/albums/1"),
        "queue of the album": says("/albums/1/queue"),
        "artist": says("/api/artists/1") or says("/artists/1"),
        "genre": says("/genres/1"),
        "search": says("/api/search?q=neap"),
        "page of search": '"url": "/songs' in client.get("/search?q=neap", headers=headers).text,
        "detail": answers(f"/api/songs/{song_id}"),
        "page": answers(f"/songs/{song_id}"),
        "audio": answers(f"/api/songs/{song_id}/audio"),
        "peaks": answers(f"/api/songs/{song_id}/peaks"),
        "cover": answers(f"/songs/{song_id}/cover/300.webp"),
    }


def test_a_published_song_is_everywhere(client: FlaskClient, song_id: int) -> None:
    shown = places(client, song_id)
    assert [place for place, is_there in shown.items() if not is_there] == []


@pytest.mark.parametrize("values", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_listeners_may_not_know_of_is_nowhere(
    app: Flask, client: FlaskClient, as_ada: Headers, song_id: int, values: dict[str, object]
) -> None:
    set_song(app, song_id, **values)
    for headers in (None, as_ada):
        shown = places(client, song_id, headers)
        assert [place for place, is_there in shown.items() if is_there] == []


@pytest.mark.parametrize("values", UNSEEN.values(), ids=UNSEEN.keys())
def test_the_home_page_shows_what_can_be_heard_alone(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, values: dict[str, object]
) -> None:
    single = ready_song(app, nils.id)
    assert "Neap" in client.get("/").text
    set_song(app, single, **values)
    assert "Neap" not in client.get("/", headers=as_nils).text


@pytest.mark.parametrize("state", ["a draft", "scheduled", "hidden"])
def test_the_artist_and_the_staff_still_open_it(
    app: Flask, client: FlaskClient, as_nils: Headers, as_moderator: Headers, song_id: int, state: str
) -> None:
    set_song(app, song_id, **UNSEEN[state])
    for headers in (as_nils, as_moderator):
        shown = places(client, song_id, headers)
        assert {place for place in ("detail", "page", "audio", "peaks", "cover") if not shown[place]} == set()
        assert not shown["list"] and not shown["search"]


def test_the_deleted_is_gone_for_its_artist_too(
    app: Flask, client: FlaskClient, as_nils: Headers, as_admin: Headers, song_id: int
) -> None:
    set_song(app, song_id, **UNSEEN["deleted"])
    for headers in (as_nils, as_admin):
        assert not any(places(client, song_id, headers).values())


@pytest.mark.parametrize("state", ["a draft", "scheduled", "deleted", "hidden"])
def test_an_unseen_album_is_named_nowhere_not_even_on_its_songs(
    app: Flask, client: FlaskClient, song_id: int, state: str
) -> None:
    set_album(app, 1, **UNSEEN[state])
    assert client.get("/api/albums").json["data"] == []
    assert client.get("/api/albums/1").status_code == 404
    assert client.get("/albums/1/cover/300.webp").status_code == 404
    assert client.get("/api/search?q=salt").json["data"]["albums"] == []
    song = client.get(f"/api/songs/{song_id}").json["data"]
    assert (song["album"], song["cover_url"]) == (None, None)
    assert client.get(f"/songs/{song_id}/cover/300.webp").status_code == 404
    assert "Salt Almanac" not in client.get(f"/songs/{song_id}").text


def test_counts_are_of_what_listeners_may_hear(app: Flask, client: FlaskClient, nils: Somebody, song_id: int) -> None:
    other = ready_song(app, nils.id, "Lull", album="Salt Almanac", genre="Folk")
    set_song(app, other, hidden_at=now())
    assert client.get("/api/albums").json["data"][0]["songs_count"] == 1
    assert client.get("/api/genres").json["data"][0]["songs_count"] == 1
    assert client.get("/api/artists").json["data"][0]["songs_count"] == 1


def test_an_artist_of_whom_nothing_can_be_heard_is_not_there(
    app: Flask, client: FlaskClient, as_nils: Headers, song_id: int
) -> None:
    set_song(app, song_id, published_at=None)
    assert client.get("/api/artists").json["data"] == []
    assert client.get("/api/artists/1").status_code == 404
    assert client.get("/api/artists/1", headers=as_nils).status_code == 200


def test_a_scheduled_song_comes_when_its_time_has_come(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    at = now() + timedelta(hours=1)
    song_id = upload(client, as_nils, publish=at.isoformat()).json["data"]["id"]
    work(app)
    assert client.get(f"/api/songs/{song_id}").status_code == 404
    set_song(app, song_id, published_at=now())
    assert client.get(f"/api/songs/{song_id}").status_code == 200


@pytest.mark.parametrize("song", ["0", "999", "2147483648", "99999999999999999999"])
@pytest.mark.parametrize("rest", ["", "/audio", "/peaks"])
def test_songs_that_never_were_are_not_found(visitor: FlaskClient, song: str, rest: str) -> None:
    assert visitor.get(f"/api/songs/{song}{rest}").status_code == 404


@pytest.mark.parametrize("path", ["/albums", "/artists", "/genres", "/api/albums", "/api/artists", "/api/genres"])
def test_what_never_was_is_not_found(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(f"{path}/99999999999999999999").status_code == 404


def test_a_site_closed_to_visitors_shows_them_nothing(make_app: AppMaker) -> None:
    app = make_app(visitors="nothing")
    nils = add_person(app, "Nils", "artist")
    client = app.test_client()
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    for path in ("/api/songs", f"/api/songs/{song_id}/audio", f"/songs/{song_id}/cover/300.webp", "/api/search?q=a"):
        status = client.get(path, headers={"Accept": "application/json"}).status_code
        assert status in (401, 302), path
    assert client.get("/songs").status_code == 302
    assert "/songs/" not in client.get("/").text
    assert "cover" not in client.get("/login").text or "/albums/" not in client.get("/login").text


def test_where_visitors_may_only_look_they_hear_nothing(make_app: AppMaker) -> None:
    app = make_app(visitors="browse")
    nils = add_person(app, "Nils", "artist")
    client, headers = app.test_client(), bearer(app, nils)
    song_id = ready_song(app, nils.id)
    page = client.get(f"/songs/{song_id}")
    assert page.status_code == 200
    assert f"/api/songs/{song_id}/audio" not in page.text
    assert client.get(f"/api/songs/{song_id}/audio").status_code == 401
    assert fetch(client, f"/api/songs/{song_id}/audio", headers).status_code == 200


def test_a_listener_who_is_signed_in_hears_what_is_published(
    app: Flask, client: FlaskClient, mira: Somebody, song_id: int
) -> None:
    sign_in(client, mira)
    assert fetch(client, f"/api/songs/{song_id}/audio").status_code == 200
