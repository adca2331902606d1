"""Uploads: a file becomes a song, or a sentence says why not and nothing is kept."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage

from musicapp.database import db
from musicapp.errors import TooLarge
from musicapp.jobs.models import Job
from musicapp.jobs.services import cancel
from musicapp.site.stored_settings import store_settings
from musicapp.storage import media_store
from plugins.auth.services import person_with_id
from plugins.catalog.media import read_tags
from plugins.catalog.models import Album, Song
from plugins.catalog.services import Wishes, artist_to_publish_as, processing, upload_song
from tests.conftest import on_one_database
from tests.people import Somebody
from tests.plugins.catalog.music import (
    CHORD,
    Headers,
    fetch,
    one_minute_and_more,
    publish_song,
    retry_now,
    sound,
    upload,
    work,
)

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(400)


def stored_files(app: Flask) -> list[str]:
    with app.app_context():
        return list(media_store().walk())


def test_an_uploaded_mp3_is_ready_after_its_job(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    answer = upload(client, as_nils, CHORD.read_bytes(), "chord.mp3")
    assert answer.status_code == 202
    assert answer.json["data"]["state"] == "processing"
    address = answer.headers["Location"]
    assert work(app) == 1
    song = client.get(address).json["data"]
    assert song["state"] == "ready"
    assert song["duration_s"] == pytest.approx(2, abs=0.1)
    peaks = client.get(song["peaks_url"]).json["data"]["peaks"]
    assert len(peaks) == 240 and max(peaks) > 0


def test_what_is_not_said_is_read_from_the_tags(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils, CHORD.read_bytes())
    song = client.get(f"/api/songs/{song_id}").json["data"]
    tags = read_tags(CHORD)
    assert (song["title"], song["album"]["title"], song["genre"]["name"]) == (tags.title, tags.album, tags.genre)
    assert (song["track_no"], song["year"], song["lyrics"]) == (tags.track_no, tags.year, tags.lyrics)


def test_what_is_said_wins_over_the_tags(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    fields = {"title": "Neap", "album": "Salt Almanac", "genre": "Folk", "year": "2026", "track_no": "4"}
    song_id = publish_song(app, client, as_nils, CHORD.read_bytes(), **fields)
    song = client.get(f"/api/songs/{song_id}").json["data"]
    assert (song["title"], song["album"]["title"], song["genre"]["name"]) == ("Neap", "Salt Almanac", "Folk")
    assert (song["year"], song["track_no"]) == (2026, 4)


def test_a_file_without_tags_is_called_after_its_name(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    answer = upload(client, as_nils, name="03 - night_bus.mp3")
    assert answer.json["data"]["title"] == "night bus"


def test_the_embedded_cover_is_shown_in_three_sizes(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils, CHORD.read_bytes())
    for size in (96, 300, 600):
        cover = fetch(client, f"/songs/{song_id}/cover/{size}.webp")
        assert (cover.status_code, cover.mimetype, cover.data[8:12]) == (200, "image/webp", b"WEBP")
    assert client.get(f"/songs/{song_id}/cover/601.webp").status_code == 404


def test_songs_with_the_same_album_tag_come_into_one_album(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    for number in range(3):
        publish_song(app, client, as_nils, sound(number), album="Salt Almanac")
    [album] = client.get("/api/albums").json["data"]
    assert (album["title"], album["songs_count"]) == ("Salt Almanac", 3)


def test_a_draft_is_heard_by_its_artist_alone(
    app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, publish="draft")
    assert fetch(client, f"/api/songs/{song_id}/audio", headers=as_nils).status_code == 200
    assert fetch(client, f"/api/songs/{song_id}/audio", headers=as_ada).status_code == 404
    assert fetch(client, f"/api/songs/{song_id}/audio").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("scan_0007.mp3", JPEG, "“scan_0007.mp3” is a JPEG picture, not music. Nothing was kept."),
        ("empty.mp3", b"", "“empty.mp3” is an empty file, not music."),
        ("letter.mp3", b"Dear Nils, " * 50, "“letter.mp3” is a text file, not music."),
        ("page.mp3", b"<html><script>alert(1)</script></html>" * 20, "not music"),
        ("song.wma", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(99), "this site takes MP3, FLAC"),
    ],
)
def test_what_is_no_music_is_refused_and_not_kept(
    app: Flask, client: FlaskClient, as_nils: Headers, name: str, content: bytes, words: str
) -> None:
    answer = upload(client, as_nils, content, name)
    assert answer.status_code == 415
    assert words in answer.json["message"]
    assert answer.json["errors"]["audio"]
    assert stored_files(app) == []
    assert client.get("/api/songs?scope=mine", headers=as_nils).json["data"] == []


def test_a_file_that_breaks_off_is_unreadable_with_a_sentence(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, sound()[:1_200], name="cut.mp3")
    song = client.get(f"/api/songs/{song_id}", headers=as_nils).json["data"]
    assert song["state"] == "unreadable"
    assert "cut.mp3" in song["problem"]
    assert fetch(client, f"/api/songs/{song_id}/audio", headers=as_nils).status_code == 409
    assert client.get(f"/api/songs/{song_id}").status_code == 404
    assert stored_files(app) == []


def test_a_file_that_is_too_large_is_refused(app: Flask, nils: Somebody) -> None:
    file = FileStorage(io.BytesIO(sound() + bytes(1 << 20)), "long.mp3")
    with app.app_context():
        store_settings("catalog", {"upload_mb": 1})
        with pytest.raises(TooLarge, match=r"“long.mp3” is larger than 1 MB\. Nothing was kept\."):
            upload_song(person_with_id(nils.id), file, Wishes())
    assert stored_files(app) == []


def test_a_song_that_is_too_long_is_unreadable(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    with app.app_context():
        store_settings("catalog", {"song_minutes": 1})
    song_id = publish_song(app, client, as_nils, one_minute_and_more(), name="drone.wav")
    song = client.get(f"/api/songs/{song_id}", headers=as_nils).json["data"]
    assert song["state"] == "unreadable"
    assert "the site takes songs of up to 1" in song["problem"]


def test_the_same_file_twice_is_named_after_the_song_that_is_here(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    publish_song(app, client, as_nils, title="Neap")
    again = upload(client, as_nils, name="other name.mp3")
    assert again.status_code == 409
    assert again.json["message"] == "“other name.mp3” is here already, as “Neap”."
    assert len(stored_files(app)) == 1


def test_two_artists_may_have_the_same_file(app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers) -> None:
    assert upload(client, as_nils).status_code == 202
    assert upload(client, as_ada).status_code == 202


def test_ten_uploads_of_one_file_at_once_make_one_song(app: Flask, as_nils: Headers) -> None:
    def send(_: int) -> int:
        return upload(app.test_client(), as_nils, album="Salt Almanac").status_code

    with ThreadPoolExecutor(10) as together:
        statuses = sorted(together.map(send, range(10)))
    assert statuses == [202] + [409] * 9
    assert len(stored_files(app)) == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Song.id))) == 1
        assert db.session.scalar(sa.select(sa.func.count(Album.id))) == 1


def test_ten_songs_of_a_new_album_at_once_come_into_one_album(app: Flask, as_nils: Headers) -> None:
    def send(number: int) -> int:
        return upload(app.test_client(), as_nils, sound(number), album="Salt Almanac", genre="Folk").status_code

    with ThreadPoolExecutor(10) as together:
        assert list(together.map(send, range(1, 11))) == [202] * 10
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Song.id))) == 10
        assert db.session.scalar(sa.select(sa.func.count(Album.id))) == 1


def test_a_cover_that_is_no_picture_refuses_the_upload_whole(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    data = {"audio": (io.BytesIO(sound()), "neap.mp3"), "cover": (io.BytesIO(b"<svg/>" * 50), "cover.png")}
    answer = client.post("/api/songs", data=data, headers=as_nils)
    assert answer.status_code == 415
    assert answer.json["errors"]["cover"]
    assert stored_files(app) == []


@pytest.mark.parametrize("field", ["id", "owner", "plays", "flagged", "state", "audio_key", "deleted_at"])
def test_fields_that_nobody_may_set_are_refused_by_name(
    app: Flask, client: FlaskClient, as_nils: Headers, field: str
) -> None:
    answer = upload(client, as_nils, **{field: "1"})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]
    assert stored_files(app) == []


def test_a_listener_may_not_upload(client: FlaskClient, as_mira: Headers) -> None:
    assert upload(client, as_mira).status_code == 403


def test_a_visitor_may_not_upload(visitor: FlaskClient) -> None:
    assert upload(visitor, {}).status_code == 401


def test_nobody_uploads_as_an_artist_whose_member_they_are_not(
    app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers
) -> None:
    publish_song(app, client, as_nils)
    artist_id = client.get("/api/artists").json["data"][0]["id"]
    assert upload(client, as_ada, sound(1), artist_id=str(artist_id)).status_code == 403


def test_file_names_from_elsewhere_reach_no_path(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    answer = upload(client, as_nils, name="../../../etc/\x00passwd\u202e3pm.mp3")
    assert answer.status_code == 202
    [key] = stored_files(app)
    assert key.startswith("audio/")
    assert not (Path(app.config["INSTANCE"]).parent / "etc").exists()


def test_a_song_whose_job_fails_for_good_says_so_and_keeps_its_file(
    app: Flask, client: FlaskClient, as_nils: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the decoder could not be started")

    monkeypatch.setattr(processing.examining, "examine_safely", broken)
    song_id = upload(client, as_nils).json["data"]["id"]
    for _ in range(6):
        work(app)
        retry_now(app)
    song = client.get(f"/api/songs/{song_id}", headers=as_nils).json["data"]
    assert (song["state"], song["problem"]) == ("unreadable", processing.keeping.GIVEN_UP)
    assert len(stored_files(app)) == 1


@on_one_database
def test_a_song_whose_job_an_admin_cancelled_says_so(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = upload(client, as_nils).json["data"]["id"]
    with app.app_context():
        cancel(db.session.scalars(sa.select(Job.id).where(Job.kind == "catalog.process_song")).one())
    song = client.get(f"/api/songs/{song_id}", headers=as_nils).json["data"]
    assert (song["state"], song["problem"]) == ("unreadable", processing.CANCELLED)


def test_somebody_is_one_artist_however_many_uploads_began_at_once(app: Flask, nils: Somebody) -> None:
    def publish_as(_: int) -> int:
        with app.app_context():
            return artist_to_publish_as(person_with_id(nils.id))

    with ThreadPoolExecutor(8) as together:
        assert len(set(together.map(publish_as, range(8)))) == 1
