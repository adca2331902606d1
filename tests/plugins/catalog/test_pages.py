"""The pages of music: what listeners see, and the studio, all of it without scripts too."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from musicapp.clock import now
from musicapp.site.stored_settings import store_settings
from tests.people import Somebody, csrf_token, post, sign_in
from tests.plugins.catalog.music import (
    Headers,
    fill_catalogue,
    ready_song,
    set_song,
    sound,
    work,
)


@pytest.fixture
def studio(app: Flask, nils: Somebody) -> FlaskClient:
    """The browser of Nils."""
    client = app.test_client()
    sign_in(client, nils)
    return client


def send(client: FlaskClient, *files: tuple[bytes, str], **fields: str) -> TestResponse:
    """Send the upload form as a browser without scripts does."""
    audio = [(io.BytesIO(content), name) for content, name in files]
    data = {"csrf_token": csrf_token(client), "publish": "draft", "rights": "y", **fields, "audio": audio}
    return client.post("/studio/upload", data=data)


def player_records(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    records: list[dict[str, Any]] = json.loads(found.group(1))
    return records


@pytest.mark.parametrize("path", ["/", "/songs", "/albums", "/artists", "/genres", "/search?q=x"])
def test_pages_say_what_will_be_here_while_there_is_nothing(visitor: FlaskClient, path: str) -> None:
    page = visitor.get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.text


@pytest.mark.parametrize("path", ["/", "/songs", "/albums/1", "/artists/1", "/genres/1"])
def test_pages_carry_what_the_player_needs(app: Flask, client: FlaskClient, nils: Somebody, path: str) -> None:
    fill_catalogue(app, nils.id, albums=1, songs_each=2)
    single = ready_song(app, nils.id, "Neap")
    set_song(app, single, genre_id=1, artist_id=1)
    records = [record for record in player_records(client.get(path).text) if record["duration_s"]]
    assert set(records[0]) == {
        "id", "title", "artist", "artist_url", "album_url", "url", "audio_url", "cover_url", "peaks_url", "duration_s",
        "tint", "album", "gain_db", "album_gain_db", "lyrics_url", "explicit", "favourite", "stars",
    }  # fmt: skip
    assert records[0]["audio_url"].startswith("/api/songs/")


def test_an_albums_queue_is_in_its_order(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=3)
    songs = client.get(f"/albums/{album_id}/queue").json["data"]["songs"]
    assert [song["title"][-3:] for song in songs] == ["000", "001", "002"]


def test_each_song_has_a_plain_audio_control_without_scripts(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    control = f'<noscript><audio controls preload="none" src="/api/songs/{song_id}/audio">'
    for path in (f"/songs/{song_id}", "/albums/1", "/songs"):
        assert control in client.get(path).text


def test_lists_go_on_where_they_end(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    fill_catalogue(app, nils.id, albums=1, songs_each=60)
    page = client.get("/songs?sort=title").text
    following = re.search(r'href="(/songs\?[^"]*cursor=[^"]+)"', page)
    assert following is not None
    second = client.get(following.group(1).replace("&amp;", "&")).text
    assert len(player_records(page)) == 50
    assert len(player_records(second)) == 10


def test_a_made_up_cursor_is_an_answer_and_no_crash(visitor: FlaskClient) -> None:
    assert visitor.get("/songs?cursor=nonsense&sort=nonsense").status_code == 422


def test_several_files_become_songs_without_scripts(app: Flask, studio: FlaskClient) -> None:
    answer = send(studio, (sound(1), "01 neap.mp3"), (sound(2), "02 lull.mp3"), album="Salt Almanac")
    assert (answer.status_code, answer.location) == (303, "/studio")
    page = studio.get("/studio").text
    assert "2 songs are being processed." in page
    assert page.count("Processing</span>") == 2
    work(app)
    page = studio.get("/studio").text
    assert all(words in page for words in ("neap", "lull", "Salt Almanac", "Draft"))


def test_a_bad_file_does_not_take_the_good_ones_with_it(app: Flask, studio: FlaskClient) -> None:
    answer = send(studio, (sound(1), "neap.mp3"), (b"\xff\xd8\xff\xe0 a picture" * 30, "scan_0007.mp3"))
    assert answer.status_code == 422
    assert "“scan_0007.mp3” is a JPEG picture, not music. Nothing was kept." in answer.text
    assert "1 other file is being processed." in answer.text
    work(app)
    assert "neap" in studio.get("/studio").text


def test_a_form_without_files_says_what_is_missing(studio: FlaskClient) -> None:
    answer = studio.post("/studio/upload", data={"csrf_token": csrf_token(studio), "publish": "draft"})
    assert answer.status_code == 422
    assert "Choose at least one music file." in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"rights": ""}, "only music that you made or may publish"), ({"publish": "at"}, "Say when.")],
)
def test_what_an_artist_must_say_is_asked_for(studio: FlaskClient, fields: dict[str, str], words: str) -> None:
    answer = send(studio, (sound(), "neap.mp3"), **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert studio.get("/api/songs?scope=mine").json["data"] == []


def test_songs_carry_what_the_form_says(app: Flask, studio: FlaskClient) -> None:
    said = {"publish": "at", "at": "2099-01-01T18:00", "licence": "other", "own_licence": "Ask me", "explicit": "y"}
    assert send(studio, (sound(), "neap.mp3"), **said).status_code == 303
    work(app)
    [song] = studio.get("/api/songs?scope=mine").json["data"]
    assert (song["licence"], song["explicit"], song["published_at"][:10]) == ("Ask me", True, "2099-01-01")


def test_who_publishes_as_several_artists_is_asked_as_which(app: Flask, nils: Somebody, studio: FlaskClient) -> None:
    send(studio, (sound(), "neap.mp3"))
    assert "Artist</label>" not in studio.get("/studio/upload").text
    artist_id, _ = fill_catalogue(app, nils.id, albums=1, songs_each=1)
    assert "The Paper Ferry</option>" in studio.get("/studio/upload").text
    assert send(studio, (sound(1), "lull.mp3"), artist_id=str(artist_id)).status_code == 303
    assert studio.get("/api/songs?scope=mine").json["data"][0]["artist"]["name"] == "The Paper Ferry"


def test_the_upload_page_says_how_much_room_is_left(app: Flask, studio: FlaskClient) -> None:
    with app.app_context():
        store_settings("catalog", {"artist_quota_mb": 5120})
    send(studio, (sound(), "neap.mp3"))
    assert "1 MB of 5 GB used" in studio.get("/studio/upload").text


def test_a_listener_finds_no_studio(client: FlaskClient, mira: Somebody) -> None:
    sign_in(client, mira)
    for path in ("/studio", "/studio/upload"):
        assert client.get(path).status_code == 403
    assert "/studio" not in client.get("/").text


def test_a_visitor_who_opens_the_studio_is_led_to_the_log_in(visitor: FlaskClient) -> None:
    assert visitor.get("/studio").location == "/login?next=/studio"


def test_a_song_is_edited_published_and_deleted_without_scripts(
    app: Flask, client: FlaskClient, nils: Somebody, studio: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id)
    set_song(app, song_id, published_at=None)
    path = f"/studio/songs/{song_id}"
    fields = {"title": "Spring Tide", "album": "Tables", "track_no": "2", "year": "2026", "lyrics": "Low water"}
    assert post(studio, f"{path}/edit", fields).status_code == 303
    assert "Spring Tide" in studio.get(f"{path}/edit").text
    assert post(studio, f"{path}/publish").status_code == 303
    page = client.get(f"/songs/{song_id}").text
    assert "Spring Tide" in page and "Low water" in page
    assert post(studio, f"{path}/unpublish").status_code == 303
    assert client.get(f"/songs/{song_id}").status_code == 404
    assert post(studio, f"{path}/delete").location == "/studio"
    undo = studio.get("/studio").text
    assert "“Spring Tide” is deleted." in undo
    assert f'action="{path}/restore"' in undo
    assert post(studio, f"{path}/restore").status_code == 303
    assert studio.get(f"/songs/{song_id}").status_code == 200


def test_what_was_deleted_stays_in_the_studio_to_be_brought_back(
    app: Flask, nils: Somebody, studio: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    set_song(app, song_id, deleted_at=now() - timedelta(days=3))
    assert "Bring back Neap" in studio.get("/studio").text
    set_song(app, song_id, deleted_at=now() - timedelta(days=31))
    assert "Bring back Neap" not in studio.get("/studio").text


def test_a_song_is_published_at_a_set_time_of_the_sites_clock(
    app: Flask, nils: Somebody, client: FlaskClient, studio: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id)
    set_song(app, song_id, published_at=None)
    at = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert post(studio, f"/studio/songs/{song_id}/publish", {"at": at}).status_code == 303
    assert client.get(f"/songs/{song_id}").status_code == 404
    assert "is published on" in studio.get(f"/songs/{song_id}").text


def test_an_album_is_edited_ordered_and_published_without_scripts(
    app: Flask, client: FlaskClient, nils: Somebody, studio: FlaskClient
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=3)
    path = f"/studio/albums/{album_id}"
    first = client.get(f"/albums/{album_id}/queue").json["data"]["songs"][0]["id"]
    assert post(studio, f"{path}/order", {"song": str(first), "way": "down"}).status_code == 303
    assert client.get(f"/albums/{album_id}/queue").json["data"]["songs"][1]["id"] == first
    fields = {"title": "Tide Tables", "genre": "Sea", "description": "Nine songs.", "released_on": "2026-11-12"}
    assert post(studio, f"{path}/edit", fields).status_code == 303
    page = client.get(f"/albums/{album_id}").text
    assert all(words in page for words in ("Tide Tables", "Sea", "Nine songs.", "12 November 2026"))
    assert post(studio, f"{path}/unpublish").status_code == 303
    assert client.get(f"/albums/{album_id}").status_code == 404
    assert post(studio, f"{path}/publish").status_code == 303
    assert client.get(f"/albums/{album_id}").status_code == 200
    assert post(studio, f"{path}/delete").status_code == 303
    assert client.get(f"/albums/{album_id}").status_code == 404
    assert post(studio, f"{path}/restore").status_code == 303
    assert client.get(f"/albums/{album_id}").status_code == 200


def test_a_dragged_order_is_saved_whole(app: Flask, nils: Somebody, studio: FlaskClient) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=3)
    ids = [song["id"] for song in studio.get(f"/albums/{album_id}/queue").json["data"]["songs"]][::-1]
    data = {"csrf_token": csrf_token(studio), "songs": [str(song_id) for song_id in ids]}
    assert studio.post(f"/studio/albums/{album_id}/order", data=data).status_code == 303
    assert [song["id"] for song in studio.get(f"/albums/{album_id}/queue").json["data"]["songs"]] == ids


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("title", "", "Give it a title."), ("year", "12", "A year such as 2026."), ("track_no", "0", "A number from 1")],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(
    app: Flask, nils: Somebody, studio: FlaskClient, field: str, value: str, words: str
) -> None:
    song_id = ready_song(app, nils.id)
    answer = post(studio, f"/studio/songs/{song_id}/edit", {"title": "Kept", "lyrics": "kept words", field: value})
    assert answer.status_code == 422
    assert words in answer.text and "kept words" in answer.text


def test_a_cover_that_is_no_picture_is_refused_beside_its_field(
    app: Flask, nils: Somebody, studio: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id)
    data = {"csrf_token": csrf_token(studio), "title": "Neap", "cover": (io.BytesIO(b"%PDF-1.7" * 50), "cover.png")}
    answer = studio.post(f"/studio/songs/{song_id}/edit", data=data)
    assert answer.status_code == 422
    assert "A cover is a JPEG, PNG or WebP picture; this is" in answer.text


def test_an_artist_writes_about_themselves(
    client: FlaskClient, app: Flask, nils: Somebody, studio: FlaskClient
) -> None:
    ready_song(app, nils.id)
    assert post(studio, "/studio/artists/1/edit", {"name": "Nils H.", "bio": "From Årdal."}).status_code == 303
    page = client.get("/artists/1").text
    assert "Nils H." in page and "From Årdal." in page


@pytest.mark.parametrize(
    "path",
    ["/studio/songs/{}/edit", "/studio/albums/1/edit", "/studio/artists/1/edit"],
)
def test_nobody_opens_anothers_forms(app: Flask, client: FlaskClient, nils: Somebody, ada: Somebody, path: str) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    sign_in(client, ada)
    assert client.get(path.format(song_id)).status_code == 403
    assert post(client, path.format(song_id), {"title": "Mine", "name": "Mine"}).status_code == 403


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete", "restore", "edit"])
def test_every_act_needs_the_pages_own_token(app: Flask, nils: Somebody, studio: FlaskClient, act: str) -> None:
    song_id = ready_song(app, nils.id)
    assert studio.post(f"/studio/songs/{song_id}/{act}", data={"title": "x"}).status_code == 400


def test_the_wall_beside_the_log_in_shows_the_sites_covers(app: Flask, visitor: FlaskClient, nils: Somebody) -> None:
    ready_song(app, nils.id, album="Salt Almanac")
    assert "/albums/1/cover/300.webp" in visitor.get("/login").text


def test_pages_hold_no_inline_style_script_or_handler(
    app: Flask, client: FlaskClient, nils: Somebody, studio: FlaskClient, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac", genre="Folk")
    listening = ["/", "/songs", "/songs/{}", "/albums", "/albums/1", "/artists", "/artists/1", "/genres", "/genres/1"]
    working = ["/studio", "/studio/upload", "/studio/songs/{}/edit", "/studio/albums/1/edit", "/studio/artists/1/edit"]
    paths = [path.format(song_id) for path in [*listening, *working, "/search?q=neap"]]
    for path in paths:
        page = studio.get(path)
        assert page.status_code == 200, path
        assert re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page.text) is None, path
        assert re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", page.text) is None, path
        assert page.text.count("<h1") == 1, path
