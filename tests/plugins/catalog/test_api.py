"""Songs, albums, artists, genres and search in the API, by the resource's paths and by the older ones."""

import io
import time
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from musicapp.clock import now
from musicapp.database import db
from musicapp.plugins.declared import Listener
from musicapp.plugins.site import site_of
from plugins.catalog.events import SongPublished
from plugins.catalog.models import Song
from tests.people import Somebody
from tests.plugins.catalog.music import (
    Headers,
    fetch,
    fill_catalogue,
    publish_song,
    ready_song,
    set_album,
    set_song,
    sound,
    upload,
    work,
)


def picture(colour: str = "teal") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (128, 128), colour).save(written, "PNG")
    return written.getvalue()


def got(client: FlaskClient, path: str, headers: Headers | None = None) -> Any:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


@pytest.mark.parametrize("path", ["/api/songs?sort=newest", "/api/songs?sort=title", "/api/songs?sort=popular"])
def test_paging_walks_through_every_song_once(app: Flask, client: FlaskClient, nils: Somebody, path: str) -> None:
    fill_catalogue(app, nils.id, albums=3, songs_each=7)
    with app.app_context():
        everything = set(db.session.scalars(sa.select(Song.id)))
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"{path}&limit=4" + (f"&cursor={cursor}" if cursor else "")).json
        seen += [song["id"] for song in page["data"]]
        cursor = page["next"]
    assert len(seen) == len(everything)
    assert set(seen) == everything


def test_songs_are_sorted_as_asked(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    for title, plays in (("Ängel", 3), ("Zug", 9), ("apfel", 5)):
        set_song(app, ready_song(app, nils.id, title), plays=plays, audio_sha256=title.ljust(64, "0"))
    titles = [song["title"] for song in got(client, "/api/songs?sort=title")]
    assert titles == ["Ängel", "apfel", "Zug"]
    assert [song["plays"] for song in got(client, "/api/songs?sort=popular")] == [9, 5, 3]


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", "W10", "bm90IGpzb24", "WyJuZXdlc3QiLCAidCIsICIyMDI2IiwgOTk5OTk5OTk5OTk5OTk5OTk5OTld", "é"]
)
def test_made_up_cursors_are_refused(visitor: FlaskClient, cursor: str) -> None:
    assert visitor.get("/api/songs", query_string={"cursor": cursor}).status_code == 422


def test_a_cursor_of_another_list_is_refused(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    fill_catalogue(app, nils.id, albums=1, songs_each=3)
    cursor = client.get("/api/songs?sort=title&limit=1").json["next"]
    assert client.get(f"/api/songs?sort=newest&cursor={cursor}").status_code == 422


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "sort=loudest", "artist=0", "artist=x", "nonsense=1"])
def test_queries_that_do_not_fit_are_refused(visitor: FlaskClient, query: str) -> None:
    assert visitor.get(f"/api/songs?{query}").status_code == 422


def test_an_artist_sees_all_of_their_own_by_both_paths(
    app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, publish="draft", album="Salt Almanac")
    for path in ("/api/songs?scope=mine", "/api/song"):
        assert [song["id"] for song in got(client, path, as_nils)] == [song_id]
        assert got(client, path, as_ada) == []
    for path in ("/api/albums?scope=mine", "/api/album"):
        assert [album["title"] for album in got(client, path, as_nils)] == ["Salt Almanac"]
        assert got(client, path, as_ada) == []
    assert client.get("/api/songs?scope=mine").status_code == 401


def test_staff_see_everything_by_both_paths_and_nobody_else_does(
    app: Flask, client: FlaskClient, as_nils: Headers, as_mira: Headers, as_admin: Headers, as_moderator: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, publish="draft", album="Salt Almanac")
    for headers in (as_admin, as_moderator):
        for path in ("/api/songs?scope=all", "/api/all_song"):
            assert [song["id"] for song in got(client, path, headers)] == [song_id]
        for path in ("/api/albums?scope=all", "/api/all_album"):
            assert len(got(client, path, headers)) == 1
    for headers in (as_nils, as_mira):
        for path in ("/api/songs?scope=all", "/api/all_song", "/api/albums?scope=all", "/api/all_album"):
            assert client.get(path, headers=headers).status_code == 403


def test_the_older_path_uploads_too(client: FlaskClient, as_nils: Headers) -> None:
    data = {"audio": (io.BytesIO(sound()), "neap.mp3")}
    assert client.post("/api/song", data=data, headers=as_nils).status_code == 202


@pytest.mark.parametrize("path", ["/api/songs/{}", "/api/update/song/{}"])
def test_what_is_given_of_a_song_is_changed_and_the_rest_stays(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, path: str
) -> None:
    song_id = ready_song(app, nils.id, "Neap", album="Salt Almanac", genre="Folk")
    change = {"title": "Spring Tide", "year": 2025, "lyrics": "Low water\nat nine", "album": "Tables"}
    answer = client.put(path.format(song_id), json=change, headers=as_nils)
    assert answer.status_code == 200
    song = got(client, f"/api/songs/{song_id}", as_nils)
    assert (song["title"], song["year"], song["lyrics"]) == ("Spring Tide", 2025, "Low water\nat nine")
    assert (song["album"]["title"], song["genre"]["name"]) == ("Tables", "Folk")
    assert got(client, "/api/search?q=spring")["songs"][0]["id"] == song_id


def test_a_song_is_published_and_taken_back(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils, publish="draft")
    path = f"/api/songs/{song_id}"
    assert client.patch(path, json={"publish": "now"}, headers=as_nils).status_code == 200
    assert client.get(path).status_code == 200
    assert client.patch(path, json={"publish": "draft"}, headers=as_nils).status_code == 200
    assert client.get(path).status_code == 404
    later = (now() + timedelta(days=1)).isoformat()
    song = client.patch(path, json={"publish": later}, headers=as_nils).json["data"]
    assert song["published_at"] is not None
    assert client.get(path).status_code == 404
    assert client.patch(path, json={"publish": "soon"}, headers=as_nils).status_code == 422


def test_an_album_is_published_with_its_songs_and_taken_back(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    for number in (1, 2):
        publish_song(app, client, as_nils, sound(number), publish="draft", album="Salt Almanac")
    [album] = got(client, "/api/album", as_nils)
    path = f"/api/albums/{album['id']}"
    assert client.get(path).status_code == 404
    assert client.patch(path, json={"publish": "now"}, headers=as_nils).status_code == 200
    assert len(got(client, path)["songs"]) == len(got(client, "/api/songs")) == 2
    assert client.patch(path, json={"publish": "draft"}, headers=as_nils).status_code == 200
    assert client.get(path).status_code == 404
    assert got(client, "/api/songs") == []


def test_an_album_without_songs_cannot_be_published(client: FlaskClient, as_nils: Headers) -> None:
    answer = client.post("/api/albums", json={"title": "Tables"}, headers=as_nils)
    assert answer.status_code == 201
    refused = client.patch(answer.headers["Location"], json={"publish": "now"}, headers=as_nils)
    assert (refused.status_code, refused.json["message"][:8]) == (409, "“Tables”")


def test_a_change_that_is_refused_in_part_changes_nothing(client: FlaskClient, as_nils: Headers) -> None:
    path = client.post("/api/albums", json={"title": "Tables"}, headers=as_nils).headers["Location"]
    change = {"title": "Tide Tables", "publish": "now"}
    assert client.patch(path, json=change, headers=as_nils).status_code == 409
    assert got(client, path, as_nils)["title"] == "Tables"


def test_an_album_is_made_changed_and_deleted_by_the_older_paths(client: FlaskClient, as_nils: Headers) -> None:
    form = {"title": "Tables", "genre": "Folk", "cover": (io.BytesIO(picture()), "cover.png")}
    made = client.post("/api/album", data=form, headers=as_nils)
    assert made.status_code == 201
    album_id = made.json["data"]["id"]
    assert fetch(client, made.json["data"]["cover_url"], as_nils).mimetype == "image/webp"
    change = {"title": "Tide Tables", "description": "Nine songs.", "released_on": "2026-11-12"}
    changed = client.put(f"/api/update/album/{album_id}", json=change, headers=as_nils).json["data"]
    assert (changed["title"], changed["description"], changed["released_on"]) == tuple(change.values())
    assert changed["genre"]["name"] == "Folk"
    assert client.delete(f"/api/delete/album/{album_id}", headers=as_nils).status_code == 200
    assert client.get(f"/api/albums/{album_id}", headers=as_nils).status_code == 404


def test_the_order_of_an_album_is_what_its_artist_says(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=3)
    ids = [song["id"] for song in got(client, f"/api/albums/{album_id}")["songs"]]
    path, turned = f"/api/albums/{album_id}", ids[::-1]
    assert client.patch(path, json={"songs": turned}, headers=as_nils).status_code == 200
    songs = got(client, path)["songs"]
    assert [(song["id"], song["track_no"]) for song in songs] == [(turned[0], 1), (turned[1], 2), (turned[2], 3)]
    for wrong in (ids[:2], [*ids, 999], [ids[0]] * 3):
        assert client.patch(path, json={"songs": wrong}, headers=as_nils).status_code == 422


def test_a_deleted_song_comes_back_within_thirty_days(
    app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers
) -> None:
    song_id = publish_song(app, client, as_nils)
    path = f"/api/songs/{song_id}"
    assert client.delete(path, headers=as_ada).status_code == 403
    assert client.delete(path, headers=as_nils).status_code == 200
    assert client.get(path, headers=as_nils).status_code == 404
    assert client.post(f"{path}/restore", headers=as_ada).status_code == 404
    assert client.post(f"{path}/restore", headers=as_nils).status_code == 200
    assert client.get(path).status_code == 200
    set_song(app, song_id, deleted_at=now() - timedelta(days=31))
    assert client.post(f"{path}/restore", headers=as_nils).status_code == 409


def test_a_deleted_song_stays_deleted_when_its_file_is_here_again(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, title="Neap")
    assert client.delete(f"/api/songs/{song_id}", headers=as_nils).status_code == 200
    assert upload(client, as_nils).status_code == 202
    refused = client.post(f"/api/songs/{song_id}/restore", headers=as_nils)
    assert (refused.status_code, "uploaded again" in refused.json["message"]) == (409, True)


def test_an_album_goes_and_comes_with_its_songs(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=3)
    first = got(client, f"/api/albums/{album_id}")["songs"][0]["id"]
    assert client.delete(f"/api/songs/{first}", headers=as_nils).status_code == 200
    assert client.delete(f"/api/albums/{album_id}", headers=as_nils).status_code == 200
    assert got(client, "/api/songs") == []
    assert client.post(f"/api/albums/{album_id}/restore", headers=as_nils).status_code == 200
    assert len(got(client, f"/api/albums/{album_id}")["songs"]) == 2


def test_nobody_changes_anothers_music_and_the_admin_may(
    app: Flask, client: FlaskClient, nils: Somebody, as_ada: Headers, as_mira: Headers, as_admin: Headers
) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    for path in (f"/api/songs/{song_id}", "/api/albums/1", "/api/artists/1"):
        change = {"name": "Mine"} if "artists" in path else {"title": "Mine"}
        assert client.patch(path, json=change, headers=as_ada).status_code == 403
        assert client.patch(path, json=change, headers=as_mira).status_code == 403
        assert client.patch(path, json=change).status_code == 401
        assert client.patch(path, json=change, headers=as_admin).status_code == 200


def test_anothers_draft_is_not_even_there_to_be_changed(
    app: Flask, client: FlaskClient, nils: Somebody, as_ada: Headers
) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    set_song(app, song_id, published_at=None)
    set_album(app, 1, published_at=None)
    for path in (f"/api/songs/{song_id}", "/api/albums/1"):
        assert client.patch(path, json={"title": "Mine"}, headers=as_ada).status_code == 404
        assert client.delete(path, headers=as_ada).status_code == 404


@pytest.mark.parametrize("field", ["id", "plays", "state", "flagged", "hidden_at", "artist_id", "audio_key"])
def test_a_song_has_no_field_that_only_the_site_sets(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, field: str
) -> None:
    song_id = ready_song(app, nils.id)
    answer = client.patch(f"/api/songs/{song_id}", json={field: 1}, headers=as_nils)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_only_the_artist_and_the_staff_read_that_something_is_hidden(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_moderator: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    assert "flagged" not in got(client, f"/api/songs/{song_id}")
    assert "flagged" not in got(client, "/api/songs")[0]
    assert got(client, f"/api/songs/{song_id}", as_nils)["flagged"] is False
    assert got(client, "/api/songs?scope=all", as_moderator)[0]["flagged"] is False


def test_a_cover_is_changed_with_a_picture_and_never_with_a_drawing(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    before = got(client, f"/api/songs/{song_id}")["cover_url"]
    form = {"cover": (io.BytesIO(picture("red")), "cover.png")}
    after = client.patch(f"/api/songs/{song_id}", data=form, headers=as_nils).json["data"]["cover_url"]
    assert after != before
    assert fetch(client, after).data[8:12] == b"WEBP"
    drawing = {"cover": (io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "cover.svg")}
    refused = client.patch(f"/api/songs/{song_id}", data=drawing, headers=as_nils)
    assert (refused.status_code, list(refused.json["errors"])) == (415, ["cover"])


def test_genres_are_read_by_all_and_kept_by_admins(client: FlaskClient, as_nils: Headers, as_admin: Headers) -> None:
    assert client.post("/api/genres", json={"name": "Folk"}, headers=as_nils).status_code == 403
    made = client.post("/api/genres", json={"name": "Folk"}, headers=as_admin)
    assert made.status_code == 201
    assert client.post("/api/genres", json={"name": " fölk "}, headers=as_admin).status_code == 409
    other = client.post("/api/genres", json={"name": "Drone"}, headers=as_admin).headers["Location"]
    assert client.patch(other, json={"name": "Folk"}, headers=as_admin).status_code == 409
    assert client.patch(other, json={"name": "Ambient"}, headers=as_admin).status_code == 200
    assert [genre["name"] for genre in got(client, "/api/all_genre")] == ["Ambient", "Folk"]
    assert client.delete(other, headers=as_admin).status_code == 200
    assert [genre["name"] for genre in got(client, "/api/genres")] == ["Folk"]


def test_genres_are_answered_with_304_while_they_stay(client: FlaskClient, as_admin: Headers) -> None:
    client.post("/api/genres", json={"name": "Folk"}, headers=as_admin)
    etag = client.get("/api/genres").headers["ETag"]
    assert client.get("/api/genres", headers={"If-None-Match": etag}).status_code == 304
    client.post("/api/genres", json={"name": "Drone"}, headers=as_admin)
    assert client.get("/api/genres", headers={"If-None-Match": etag}).status_code == 200


def test_music_stays_when_its_genre_goes(app: Flask, client: FlaskClient, nils: Somebody, as_admin: Headers) -> None:
    song_id = ready_song(app, nils.id, genre="Folk")
    assert client.delete("/api/genres/1", headers=as_admin).status_code == 200
    assert got(client, f"/api/songs/{song_id}")["genre"] is None


@pytest.mark.parametrize(
    ("words", "found"),
    [("neap", True), ("NEAP", True), ("nèap", True), ("eap", True), ("%", False), ("_", False), ("n%p", False),
     ("\\", False), ("'", False), ("' OR 1=1 --", False), ("neap\x00", True), ("", False), (" ", False)],
)  # fmt: skip
def test_search_means_what_is_written(app: Flask, client: FlaskClient, nils: Somebody, words: str, found: bool) -> None:
    ready_song(app, nils.id, "Neap")
    answer = client.get("/api/search", query_string={"q": words})
    assert answer.status_code == 200
    assert bool(answer.json["data"]["songs"]) is found


def test_the_best_match_comes_first(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    for number, title in enumerate(("Cheap Neaps", "The Neap", "Neapolitan", "Neap")):
        set_song(app, ready_song(app, nils.id, title), audio_sha256=str(number) * 64, plays=10 - number)
    found = [song["title"] for song in got(client, "/api/search?q=neap")["songs"]]
    assert found == ["Neap", "Neapolitan", "Cheap Neaps", "The Neap"]


def test_titles_are_kept_as_text_and_never_as_markup(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    evil = "</script><script>alert(1)</script>{{7*7}}%s\u202e"
    client.patch(f"/api/songs/{song_id}", json={"title": evil, "album": evil, "lyrics": evil}, headers=as_nils)
    assert got(client, f"/api/songs/{song_id}")["title"] == evil.rstrip("\u202e")
    for path in ("/", "/songs", f"/songs/{song_id}", "/search?q=script", "/artists/1", "/albums/1", "/studio"):
        page = client.get(path, headers=as_nils).text
        assert "<script>alert" not in page
        assert "49" not in page.partition("{{7*7}}")[0][-40:]


def test_a_lone_surrogate_or_a_null_is_no_crash(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    answer = client.patch(
        f"/api/songs/{song_id}",
        data='{"title": "a\\u0000b\\ud800c"}',
        content_type="application/json",
        headers=as_nils,
    )
    assert answer.status_code in (200, 422)


def test_a_scheduled_publication_is_told_at_its_time(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    told: list[SongPublished] = []
    site_of(app).listeners.setdefault(SongPublished, []).append(Listener("tests", SongPublished, told.append, False))
    at = now() + timedelta(seconds=4)
    song_id = upload(client, as_nils, publish=at.isoformat()).json["data"]["id"]
    work(app)
    assert told == []
    time.sleep(max(0.0, (at - now()).total_seconds()) + 0.05)
    work(app)
    assert [event.song_id for event in told] == [song_id]


def no_picture() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.7" * 50), "cover.png"


def test_a_refused_word_leaves_the_cover_as_it_was(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils)
    before = got(client, f"/api/songs/{song_id}")["cover_url"]
    form = {"title": "", "cover": (io.BytesIO(picture("red")), "cover.png")}
    assert client.patch(f"/api/songs/{song_id}", data=form, headers=as_nils).status_code == 422
    assert got(client, f"/api/songs/{song_id}")["cover_url"] == before


def test_a_refused_cover_leaves_the_words_as_they_were(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils)
    artist_id = got(client, f"/api/songs/{song_id}")["artist"]["id"]
    name = got(client, f"/api/artists/{artist_id}")["name"]
    refused = client.patch(
        f"/api/artists/{artist_id}", data={"name": "Renamed", "cover": no_picture()}, headers=as_nils
    )
    assert (refused.status_code, got(client, f"/api/artists/{artist_id}")["name"]) == (415, name)


def test_an_album_with_a_refused_cover_is_not_made(client: FlaskClient, as_nils: Headers) -> None:
    refused = client.post("/api/albums", data={"title": "Tables", "cover": no_picture()}, headers=as_nils)
    assert refused.status_code == 415
    assert client.get("/api/albums?scope=mine", headers=as_nils).json["data"] == []  # type: ignore[index]
