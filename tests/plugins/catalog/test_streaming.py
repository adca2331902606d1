"""The sound of a song: whole, in ranges, unchanged, refused; and nothing written on its way."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody
from tests.plugins.catalog.music import Counted, Headers, fetch, ready_song, set_song, sound, upload

SIZE = len(sound())


@pytest.fixture
def address(app: Flask, nils: Somebody) -> str:
    return f"/api/songs/{ready_song(app, nils.id)}/audio"


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, SIZE - 1),
        ("bytes=0-99", 206, 0, 99),
        ("bytes=100-199", 206, 100, 199),
        (f"bytes={SIZE - 10}-", 206, SIZE - 10, SIZE - 1),
        ("bytes=-10", 206, SIZE - 10, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 206, 0, SIZE - 1),
        (f"bytes=5-{SIZE * 2}", 206, 5, SIZE - 1),
        ("bytes=0-0", 206, 0, 0),
        ("bytes=9-5", 200, 0, SIZE - 1),
        ("bytes=0-1,5-6", 200, 0, SIZE - 1),
        ("bytes=a-b", 200, 0, SIZE - 1),
        ("items=0-5", 200, 0, SIZE - 1),
    ],
)
def test_ranges_are_answered_to_the_byte(
    client: FlaskClient, address: str, asked: str | None, status: int, first: int, last: int
) -> None:
    answer = fetch(client, address, {"Range": asked} if asked else {})
    assert answer.status_code == status
    assert answer.data == sound()[first : last + 1]
    assert int(answer.headers["Content-Length"]) == last - first + 1
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "audio/mpeg"
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"


def test_a_range_behind_the_end_is_416(client: FlaskClient, address: str) -> None:
    answer = fetch(client, address, {"Range": f"bytes={SIZE}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_head_tells_the_same_without_the_sound(client: FlaskClient, address: str) -> None:
    head, whole = client.head(address, buffered=True), fetch(client, address)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges"):
        assert head.headers[name] == whole.headers[name]


def test_who_has_it_already_gets_304(client: FlaskClient, address: str) -> None:
    etag = fetch(client, address).headers["ETag"]
    again = fetch(client, address, {"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    other = fetch(client, address, {"If-None-Match": '"another"'})
    assert other.status_code == 200


def test_a_range_of_another_version_gets_the_whole_file(client: FlaskClient, address: str) -> None:
    answer = fetch(client, address, {"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (answer.status_code, len(answer.data)) == (200, SIZE)


def test_the_sound_is_kept_out_of_shared_caches(client: FlaskClient, address: str) -> None:
    assert fetch(client, address).headers["Cache-Control"].startswith("private")


def test_a_song_that_is_being_processed_says_so(client: FlaskClient, as_nils: Headers) -> None:
    song_id = upload(client, as_nils, publish="draft").json["data"]["id"]
    answer = client.get(f"/api/songs/{song_id}/audio", headers=as_nils)
    assert (answer.status_code, "still being processed" in answer.json["message"]) == (409, True)


def test_a_file_that_was_lost_is_404_and_no_crash(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id)
    set_song(app, song_id, audio_key="audio/00/gone")
    assert client.get(f"/api/songs/{song_id}/audio").status_code == 404


def test_a_front_gets_the_files_name_and_never_its_path(app: Flask, client: FlaskClient, address: str) -> None:
    app.config["SEND_FILES_BY"] = "accel"
    answer = client.get(address)
    assert answer.headers["X-Accel-Redirect"].startswith("/_files/media/audio/")
    assert answer.data == b""


def test_a_stream_writes_nothing_and_asks_once(app: Flask, client: FlaskClient, as_mira: Headers, address: str) -> None:
    fetch(client, address, as_mira)
    with Counted(app) as counted:
        fetch(client, address, as_mira)
    assert [one for one in counted.statements if not one.lstrip().upper().startswith("SELECT")] == []
    assert len([one for one in counted.statements if "catalog_song" in one]) == 1
    assert len(counted) <= 2


def test_the_waveform_has_240_values_and_an_etag(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    path = f"/api/songs/{ready_song(app, nils.id)}/peaks"
    answer = client.get(path)
    assert answer.json["data"]["peaks"] == list(range(240))
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
