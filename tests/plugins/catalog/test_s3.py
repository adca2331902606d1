"""Claims about a site whose files lie in an S3-compatible store: moto's server on loopback. One database is enough."""

import io
import logging
import secrets
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
import pytest
from flask import Flask
from flask.testing import FlaskClient
from moto.server import ThreadedMotoServer

from config import Config
from musicapp.backup.making import make_backup
from musicapp.backup.restoring import restore
from musicapp.settings import SettingsError
from musicapp.storage import NotStored, media_store
from musicapp.storage.bucket import PART_BYTES
from tests.conftest import AppMaker
from tests.people import add_person, bearer
from tests.plugins.catalog.music import one_minute_and_more, publish_song, ready_song, sound, upload, work
from tests.plugins.catalog.pieces import Sending, begin

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
KEY = {"aws_access_key_id": "tests", "aws_secret_access_key": "tests", "region_name": "eu-central-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel("ERROR")  # moto's server tells of every request
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str) -> Any:
    """An empty bucket of this test's own."""
    name = f"site-{secrets.token_hex(6)}"
    made = boto3.resource("s3", endpoint_url=endpoint, **KEY).Bucket(name)
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return made


@pytest.fixture
def app(make_app: AppMaker, endpoint: str, bucket: Any) -> Flask:
    return make_app(
        s3_bucket=bucket.name,
        s3_endpoint=endpoint,
        s3_region="eu-central-1",
        s3_key_id="tests",
        s3_secret_key="tests",
        s3_prefix="music/",
    )


def kept(bucket: Any) -> dict[str, Any]:
    """What lies in the bucket, by key."""
    return {found.key: found for found in bucket.objects.all()}


def get(url: str, **headers: str) -> tuple[int, Any, bytes]:
    """Fetch as a browser does, without the site."""
    with urlopen(Request(url, headers=headers)) as answer:
        return answer.status, answer.headers, answer.read()


def forget_copies(app: Flask) -> None:
    """Be another machine, which has none of the files."""
    with app.app_context():
        media_store().sweep(older_than_s=-1)


def test_an_upload_goes_to_the_bucket_and_comes_from_there(app: Flask, client: FlaskClient, bucket: Any) -> None:
    artist = bearer(app, add_person(app, role="artist"))
    song_id = publish_song(app, client, artist)
    [key] = [key for key in kept(bucket) if key.startswith("music/audio/")]
    assert kept(bucket)[key].get()["Body"].read() == sound()

    asked = client.get(f"/api/songs/{song_id}/audio")
    assert (asked.status_code, asked.headers["Cache-Control"]) == (302, "private, no-store")
    address = asked.headers["Location"]
    assert "X-Amz-Signature" in address
    status, headers, part = get(address, Range="bytes=10-19")
    assert (status, part, headers["Content-Type"]) == (206, sound()[10:20], "audio/mpeg")
    assert (
        client.get(f"/api/songs/{song_id}/audio", headers={"If-None-Match": asked.headers["ETag"]}).status_code == 304
    )
    assert client.get(f"/api/songs/{song_id}/audio").headers["Location"] == address, "so that browsers can keep it"


def test_pages_may_load_pictures_and_sounds_from_there_and_nothing_else(
    app: Flask, client: FlaskClient, endpoint: str
) -> None:
    song_id = ready_song(app, add_person(app, role="artist").id)
    policy = client.get(f"/songs/{song_id}").headers["Content-Security-Policy"]
    assert f"img-src 'self' {endpoint}; media-src 'self' {endpoint};" in policy
    assert policy.count(endpoint) == 2
    cover = client.get(f"/songs/{song_id}/cover/300.webp")
    assert (cover.status_code, cover.headers["Cache-Control"]) == (302, "private, max-age=600")
    assert get(cover.headers["Location"])[1]["Content-Type"] == "image/webp"


def test_nobody_gets_an_address_who_may_not_hear(app: Flask, client: FlaskClient) -> None:
    artist = bearer(app, add_person(app, role="artist"))
    draft = publish_song(app, client, artist, publish="draft")
    assert client.get(f"/api/songs/{draft}/audio").status_code == 404
    assert client.get(f"/api/songs/{draft}/audio", headers=artist).status_code == 302


def test_large_files_go_in_parts(app: Flask, bucket: Any) -> None:
    size_bytes = 2 * PART_BYTES + 1000
    with app.app_context():
        stored = media_store().save(io.BytesIO(bytes(size_bytes)), kind="audio", suffix="")
    found = kept(bucket)[f"music/{stored.key}"]
    assert (found.size, found.e_tag.strip('"').rpartition("-")[2]) == (size_bytes, "3")


def test_a_worker_on_another_machine_fetches_what_it_works_on(app: Flask, client: FlaskClient) -> None:
    artist = bearer(app, add_person(app, role="artist"))
    song_id = upload(client, artist, one_minute_and_more(), "long.wav").json["data"]["id"]
    forget_copies(app)
    work(app)
    song = client.get(f"/api/songs/{song_id}").json["data"]
    assert (song["state"], round(song["duration_s"])) == ("ready", 61)


def test_an_upload_in_pieces_ends_in_the_bucket(app: Flask, client: FlaskClient, bucket: Any) -> None:
    artist = bearer(app, add_person(app, role="artist"))
    address = begin(client, artist, len(sound()), rights="true").headers["Location"]
    sending = Sending(client, artist, sound(), address)
    sending.send(0, 500)
    assert kept(bucket) == {}, "only what is whole and was looked at goes there"
    sending.send(500)
    assert [found.get()["Body"].read() for found in kept(bucket).values()] == [sound()]


def test_what_is_refused_leaves_nothing_there(app: Flask, client: FlaskClient, bucket: Any) -> None:
    artist = bearer(app, add_person(app, role="artist"))
    assert upload(client, artist, b"no music at all " * 100).status_code == 415
    assert upload(client, artist).status_code == 202
    before = set(kept(bucket))
    assert upload(client, artist).status_code == 409
    assert set(kept(bucket)) == before


def test_files_of_a_folder_are_brought_there_when_they_settle(app: Flask, bucket: Any, tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(sound())
    with app.app_context():
        taking = media_store().taking(kind="audio")
        taken = taking.take(bytes(tmp_path / "song.mp3"))
        taking.settle()
        assert f"music/{taken.key}" in kept(bucket)
        assert list(media_store().walk()) == [taken.key]


def test_what_is_deleted_is_gone_on_both_sides(app: Flask, bucket: Any) -> None:
    with app.app_context():
        stored = media_store().save(io.BytesIO(b"sound"), kind="audio", suffix="")
        with media_store().open(stored.key) as file:
            assert file.read() == b"sound"
        media_store().delete(stored.key)
        media_store().delete(stored.key)
        assert (kept(bucket), media_store().exists(stored.key)) == ({}, False)
        with pytest.raises(NotStored):
            media_store().path(stored.key)


@pytest.mark.parametrize("away", ["the bucket", "the server"])
def test_a_store_that_is_away_is_said_and_nothing_is_half_kept(make_app: AppMaker, endpoint: str, away: str) -> None:
    where = endpoint if away == "the bucket" else "http://127.0.0.1:9"
    app = make_app(s3_bucket="nobodys-bucket", s3_endpoint=where, s3_key_id="a", s3_secret_key="b", s3_region="x")
    client = app.test_client()
    artist = bearer(app, add_person(app, role="artist"))
    refused = upload(client, artist)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert "does not answer" in refused.json["message"]
    assert client.get("/api/songs?scope=mine", headers=artist).json["data"] == []
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["data"]["files"]["state"]) == (200, "degraded")


def test_without_the_library_the_start_says_what_to_type(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(SettingsError, match=r"pip install -r requirements-s3\.txt"):
        make_app(s3_bucket="any")


def test_a_backup_lists_what_lies_in_the_bucket_or_copies_it(
    app: Flask, make_app: AppMaker, bucket: Any, tmp_path: Path
) -> None:
    ready_song(app, add_person(app, "Nils", role="artist").id)
    keys = {key.removeprefix("music/") for key in kept(bucket)}
    made = {
        copied: make_backup(
            app,
            tmp_path / f"{'whole' if copied else 'listed'}.tar",
            copy_media=copied,
            on_copied=lambda done, total: None,
            on_checked=lambda done, total: None,
        )
        for copied in (True, False)
    }
    assert [made[copied].manifest.media for copied in (True, False)] == ["copied", "listed"]
    with tarfile.open(made[False].path) as listed, tarfile.open(made[True].path) as copied:
        assert listed.extractfile("media.txt").read().decode().split() == sorted(keys)  # type: ignore[union-attr]
        assert {name.removeprefix("media/") for name in copied.getnames() if name.startswith("media/")} == keys
        assert not any(name.startswith("media/") for name in listed.getnames())
    bucket.objects.delete()
    settings = {name: app.config[name.upper()] for name in Config.model_fields if name.startswith("s3_")}
    for copied, missing in ((False, len(keys)), (True, 0)):
        empty = Config(instance=tmp_path / f"empty-{copied}", log_level="ERROR", **settings)
        restored = restore(empty, made[copied].path, force=False, on_progress=lambda done, total: None)
        assert restored.missing == missing
    assert {key.removeprefix("music/") for key in kept(bucket)} == keys
