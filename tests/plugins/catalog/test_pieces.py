"""Uploads in pieces go on where they were cut off, lose nothing, double nothing, and end as one song."""

import base64
import hashlib
import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.site.stored_settings import store_settings
from musicapp.storage import media_store
from plugins.catalog.models import PartialUpload, Song
from plugins.catalog.services import sweep_uploads
from plugins.catalog.services.uploading import pieces
from tests.people import Somebody, sign_in
from tests.plugins.catalog.music import Counted, Headers, fetch, publish_song, sound, upload, work
from tests.plugins.catalog.pieces import PIECE, TUS, Sending, begin, begun

MUSIC = sound()
THIRD = len(MUSIC) // 3


def files_on_the_way(app: Flask) -> list[Path]:
    return list((Path(app.config["INSTANCE"]) / "media" / "parts").glob("*"))


def stored_files(app: Flask) -> list[str]:
    with app.app_context():
        return list(media_store().walk())


def songs(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Song.id))) or 0


def let_pass(app: Flask, days: int) -> None:
    """Let all uploads be so many days old."""
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(PartialUpload).values(touched_at=now() - timedelta(days=days)))


def test_pieces_become_the_song_that_the_whole_file_would(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC, title="Neap", publish="now")
    for first in range(0, len(MUSIC), THIRD):
        assert sending.offset() == first
        assert sending.send(first, first + THIRD).status_code == 204
    state = sending.state
    assert (state["state"], state["received_bytes"], state["song"]["title"]) == ("processing", len(MUSIC), "Neap")
    work(app)
    assert sending.state["state"] == "ready"
    heard = fetch(client, f"/api/songs/{state['song']['id']}/audio")
    assert hashlib.sha256(heard.data).digest() == hashlib.sha256(MUSIC).digest()
    with app.app_context():
        song = db.session.get_one(Song, state["song"]["id"])
        assert song.rights_confirmed_at is not None and song.rights_confirmed_by == song.uploaded_by
    assert files_on_the_way(app) == []


def test_the_last_piece_repeated_gives_the_same_song(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, THIRD)
    first, again = sending.send(THIRD), sending.send(THIRD)
    assert (first.status_code, again.status_code) == (204, 204)
    assert first.headers["Upload-Offset"] == again.headers["Upload-Offset"] == str(len(MUSIC))
    assert (songs(app), len(stored_files(app)), work(app)) == (1, 1, 1)


def test_a_piece_that_begins_elsewhere_is_refused_and_changes_nothing(client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, THIRD)
    for first in (0, THIRD - 1, THIRD + 1):
        answer = sending.send(first)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(THIRD))
    assert sending.offset() == THIRD


def test_more_bytes_than_were_said_are_refused_and_not_kept(client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.content += b"more"
    sending.send(0, THIRD)
    assert sending.send(THIRD).status_code == 400
    assert sending.offset() == THIRD


def test_a_damaged_piece_is_refused_and_not_kept(client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    for digest, status in ((hashlib.sha1(b"other").digest(), 460), (hashlib.sha1(MUSIC[:THIRD]).digest(), 204)):
        checksum = {"Upload-Checksum": f"sha1 {base64.b64encode(digest).decode()}"}
        assert sending.send(0, THIRD, headers=checksum).status_code == status
        assert sending.offset() == (THIRD if status == 204 else 0)


def test_what_the_disk_lost_is_asked_for_again(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, 2 * THIRD)
    [part] = files_on_the_way(app)
    os.truncate(part, THIRD)  # as after a crash that the row survived
    assert sending.offset() == THIRD
    assert sending.send(2 * THIRD).status_code == 409
    assert sending.send(THIRD).status_code == 204
    work(app)
    assert sending.state["state"] == "ready"


def test_what_is_on_disk_counts_though_the_row_does_not_know_it(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, THIRD)
    [part] = files_on_the_way(app)
    with part.open("ab") as file:
        file.write(MUSIC[THIRD : 2 * THIRD])  # the site died before it could note the second piece
    assert sending.offset() == 2 * THIRD
    assert sending.send(2 * THIRD).status_code == 204
    work(app)
    assert sending.state["state"] == "ready"


@pytest.mark.parametrize("last_step", ["read_tags_safely", "keep_song_file"])
def test_a_crash_after_the_last_byte_costs_no_byte(
    app: Flask, client: FlaskClient, as_nils: Headers, monkeypatch: pytest.MonkeyPatch, last_step: str
) -> None:
    def die(*_: object) -> None:
        raise SystemExit("killed")

    sending = begun(client, as_nils, MUSIC)
    with monkeypatch.context() as dying:
        dying.setattr(pieces, last_step, die)
        with pytest.raises(SystemExit):
            sending.send(0)
    assert (songs(app), sending.offset()) == (0, len(MUSIC))
    assert sending.send(len(MUSIC)).status_code == 204
    work(app)
    assert (sending.state["state"], songs(app), len(stored_files(app))) == ("ready", 1, 1)


def test_of_two_windows_that_send_one_upload_one_wins(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    together = threading.Barrier(6)

    def send(_: int) -> int:
        window = Sending(app.test_client(), as_nils, MUSIC, sending.address)
        together.wait()
        return window.send(0, THIRD).status_code

    with ThreadPoolExecutor(6) as windows:
        assert sorted(windows.map(send, range(6))) == [204] + [409] * 5
    assert sending.offset() == THIRD
    with media_of(app).growing(sending.id, kind="audio"):
        assert sending.send(THIRD).headers["Retry-After"] == "2"
        assert sending.cancel().status_code == 409


def media_of(app: Flask) -> Any:
    with app.app_context():
        return media_store()


def test_the_last_piece_from_many_windows_makes_one_song(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, THIRD)

    def send(_: int) -> int:
        return Sending(app.test_client(), as_nils, MUSIC, sending.address).send(THIRD).status_code

    with ThreadPoolExecutor(6) as windows:
        statuses = set(windows.map(send, range(6)))
    assert 204 in statuses and statuses <= {204, 409}
    work(app)
    assert (songs(app), len(stored_files(app)), sending.state["state"]) == (1, 1, "ready")


def test_an_upload_is_its_senders_alone(client: FlaskClient, as_nils: Headers, as_ada: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    sending.send(0, THIRD)
    stranger = Sending(client, as_ada, MUSIC, sending.address)
    assert stranger.send(THIRD).status_code == 404
    assert stranger.cancel().status_code == 404
    assert client.get(sending.address, headers=as_ada).status_code == 404
    for address in ("/api/uploads", f"/api/uploads?ids={sending.id}"):
        assert client.get(address, headers=as_ada).json["data"] == []
    [mine] = client.get("/api/uploads", headers=as_nils).json["data"]
    assert (mine["id"], mine["received_bytes"], mine["state"]) == (sending.id, THIRD, "receiving")


def test_listeners_and_visitors_begin_no_upload(visitor: FlaskClient, as_mira: Headers) -> None:
    assert begin(visitor, as_mira, 10).status_code == 403
    assert begin(visitor, {}, 10).status_code == 401


def test_what_is_no_music_is_refused_with_its_last_piece_and_dropped(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    sending = begun(client, as_nils, b"Dear Nils, " * 50, name="letter.mp3")
    answer = sending.send(0)
    assert (answer.status_code, answer.json["errors"]["audio"]) == (415, [answer.json["message"]])
    state = sending.state
    assert (state["state"], state["problem"]) == ("refused", answer.json["message"])
    assert sending.send(len(sending.content)).json["message"] == state["problem"]
    assert files_on_the_way(app) == stored_files(app) == []
    assert client.get("/api/uploads", headers=as_nils).json["data"] == []


def test_the_same_file_again_names_the_song_that_is_here(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils, title="Neap")
    sending = begun(client, as_nils, MUSIC, name="again.mp3")
    answer = sending.send(0)
    assert (answer.status_code, answer.json["message"]) == (409, "“again.mp3” is here already, as “Neap”.")
    assert sending.state["song"]["id"] == song_id
    assert len(stored_files(app)) == 1
    assert sending.cancel().status_code == 204
    assert len(stored_files(app)) == 1


def test_a_cancelled_upload_is_gone_and_its_song_is_not(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    broken_off, whole = begun(client, as_nils, MUSIC), begun(client, as_nils, sound(1))
    broken_off.send(0, THIRD)
    whole.send(0)
    for sending in (broken_off, whole):
        assert sending.cancel().status_code == 204
        assert sending.send(0).status_code == 404
    assert (files_on_the_way(app), len(stored_files(app)), songs(app)) == ([], 1, 1)


def test_uploads_that_nobody_goes_on_with_are_swept(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    old, whole, refused = (begun(client, as_nils, content) for content in (MUSIC, sound(1), b"Dear Nils" * 9))
    old.send(0, THIRD)
    whole.send(0)
    refused.send(0)
    let_pass(app, days=4)
    fresh = begun(client, as_nils, sound(2))
    fresh.send(0, THIRD)
    with app.app_context():
        assert sweep_uploads() == 3
        assert sweep_uploads() == 0
    assert old.send(THIRD).status_code == 404
    assert fresh.offset() == THIRD
    assert (len(files_on_the_way(app)), songs(app), len(stored_files(app))) == (1, 1, 1)


def test_an_upload_says_when_it_expires(client: FlaskClient, as_nils: Headers) -> None:
    answer = begin(client, as_nils, 10)
    assert answer.headers["Upload-Expires"].endswith("GMT")
    assert answer.json["data"]["expires_at"] > (now() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "-1"}, 422),
        ({"Upload-Length": "many"}, 422),
        ({"Upload-Length": "0"}, 415),
        ({"Upload-Length": str(300 << 20)}, 413),
        ({"Upload-Metadata": "filename !!!"}, 400),
        ({"Upload-Metadata": "title bmVhcA=="}, 422),
        ({"Upload-Metadata": "filename bmVhcA==,plays OQ=="}, 422),
        ({"Upload-Metadata": "filename bmVhcA==,rights ZmFsc2U="}, 422),
        ({"Upload-Metadata": "filename bmVhcA==,artist_id OTk5"}, 403),
    ],
)
def test_what_cannot_become_a_song_is_refused_before_a_byte_is_sent(
    client: FlaskClient, as_nils: Headers, changed: Headers, status: int
) -> None:
    asked = {**as_nils, **TUS, "Upload-Length": "10", "Upload-Metadata": "filename bmVhcA==", **changed}
    answer = client.post("/api/uploads", headers=asked)
    assert answer.status_code == status
    assert answer.json["message"].endswith(".")
    assert client.get("/api/uploads", headers=as_nils).json["data"] == []


def test_a_piece_must_be_sent_as_one(client: FlaskClient, as_nils: Headers) -> None:
    sending = begun(client, as_nils, MUSIC)
    for changed, status in (
        ({"Content-Type": "audio/mpeg"}, 415),
        ({"Tus-Resumable": ""}, 412),
        ({"Upload-Offset": ""}, 422),
        ({"Upload-Checksum": "crc32 AAAA"}, 400),
    ):
        assert sending.send(0, headers=changed).status_code == status
    assert sending.offset() == 0


def test_a_browsers_piece_needs_its_token_against_forgery(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    sending = begun(client, as_nils, MUSIC)
    browser = app.test_client()
    sign_in(browser, nils)
    assert browser.patch(sending.address, data=MUSIC, headers=PIECE | {"Upload-Offset": "0"}).status_code == 400
    assert sending.offset() == 0


def test_options_say_what_of_tus_is_here(visitor: FlaskClient) -> None:
    answer = visitor.options("/api/uploads")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert {"creation", "termination", "checksum"} <= set(answer.headers["Tus-Extension"].split(","))
    assert answer.headers["Tus-Max-Size"] == str(200 << 20)


def test_the_room_of_an_artist_is_never_exceeded(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    with app.app_context():
        store_settings("catalog", {"artist_quota_mb": 1})
    third = (1 << 20) // 3

    def ask(number: int) -> int:
        return begin(app.test_client(), as_nils, third, name=f"{number}.mp3").status_code

    publish_song(app, client, as_nils, sound(99))
    with ThreadPoolExecutor(8) as together:
        assert sorted(together.map(ask, range(8))) == [201, 201] + [413] * 6
    full = upload(client, as_nils, sound(7) + bytes(third))
    assert full.status_code == 413
    assert "Delete some music" in full.json["message"]
    cancelled = client.get("/api/uploads", headers=as_nils).json["data"][0]
    assert client.delete(cancelled["url"], headers=as_nils | TUS).status_code == 204
    assert upload(client, as_nils, sound(7)).status_code == 202


def test_deleted_music_comes_back_only_where_there_is_room(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    path = f"/api/songs/{publish_song(app, client, as_nils, sound() + bytes(400_000))}"
    client.delete(path, headers=as_nils)
    with app.app_context():
        store_settings("catalog", {"artist_quota_mb": 1})
    uploads = [upload(client, as_nils, sound(number) + bytes(400_000)) for number in (7, 8)]
    refused = client.post(f"{path}/restore", headers=as_nils)
    assert refused.status_code == 413
    assert "Delete some music" in refused.json["message"]
    client.delete(f"/api/songs/{uploads[0].json['data']['id']}", headers=as_nils)
    assert client.post(f"{path}/restore", headers=as_nils).status_code == 200


def test_the_same_sound_in_another_file_is_named(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    publish_song(app, client, as_nils, sound(), title="Neap")
    sending = begun(client, as_nils, MUSIC + b"TAG" + b"Another name".ljust(125, b"\0"))
    sending.send(0)
    assert sending.state["note"] == ""
    work(app)
    assert sending.state["note"] == "This is the same sound as “Neap”."


def test_a_cover_goes_along_in_a_form(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(picture, "PNG")
    form = {"filename": "neap.mp3", "publish": "now", "cover": (io.BytesIO(picture.getvalue()), "cover.png")}
    answer = client.post("/api/uploads", data=form, headers=as_nils | TUS | {"Upload-Length": str(len(MUSIC))})
    assert answer.status_code == 201
    sending = Sending(client, as_nils, MUSIC, answer.headers["Location"])
    sending.send(0)
    work(app)
    cover = fetch(client, f"/songs/{sending.state['song']['id']}/cover/300.webp")
    assert (cover.status_code, cover.mimetype) == (200, "image/webp")


def test_what_is_told_of_many_uploads_costs_as_little_as_of_one(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    for number in range(6):
        begun(client, as_nils, sound(number)).send(0)
    work(app)
    with app.app_context():
        ids = db.session.scalars(sa.select(PartialUpload.id)).all()
    with Counted(app) as statements:
        assert len(client.get(f"/api/uploads?ids={','.join(ids)}", headers=as_nils).json["data"]) == 6
    assert len(statements) <= 5, statements.statements
