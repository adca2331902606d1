"""What only some browsers play goes out in a form that all of them do, and listeners notice nothing of it."""

import io
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs import enqueue
from musicapp.site.stored_settings import store_settings
from musicapp.storage import media_store
from plugins.catalog import services
from plugins.catalog.media import sniff
from plugins.catalog.models import Album, Song, SongVersion
from plugins.catalog.services import versions
from plugins.catalog.services.removing import purge
from tests.conftest import AppMaker
from tests.people import add_person, bearer
from tests.plugins.catalog.music import (
    SAMPLES,
    Counted,
    Headers,
    fetch,
    publish_song,
    retry_now,
    set_song,
    sound,
    upload,
    work,
)

FLAC = (SAMPLES / "chord.flac").read_bytes()
AIFF = (SAMPLES / "chord.aiff").read_bytes()


def choose(app: Flask, **settings: object) -> None:
    """Let the owner of the site choose."""
    with app.app_context():
        store_settings("catalog", settings)


def kept_versions(app: Flask) -> list[tuple[str, int]]:
    """Format and bitrate of each version; every one has its file, and no other file is there."""
    with app.app_context():
        rows = db.session.execute(sa.select(SongVersion.format, SongVersion.bitrate_kbps, SongVersion.audio_key)).all()
        assert sorted(row.audio_key for row in rows) == sorted(
            key for key in media_store().walk() if key.startswith("versions/")
        )
        return [(row.format, row.bitrate_kbps) for row in rows]


def catch_up(app: Flask) -> None:
    """Do what the schedule does after the owner chose otherwise."""
    with app.app_context(), writing():
        enqueue("catalog.catch_up_versions", {})
    work(app)


def streamed(client: FlaskClient, song_id: int, query: str = "") -> tuple[str, str | None]:
    """The type that a song is streamed as, and what its bytes are."""
    answer = fetch(client, f"/api/songs/{song_id}/audio{query}")
    assert answer.status_code == 200, answer.text
    with tempfile.NamedTemporaryFile() as file:
        file.write(answer.data)
        file.flush()
        kind = sniff(file.name)
    return answer.headers["Content-Type"], kind.codec if kind else None


@pytest.mark.ffmpeg
def test_an_aiff_is_heard_as_mp3_and_its_original_can_be_had(
    ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = upload(client, as_nils, AIFF, name="take 2.mp3").json["data"]["id"]
    assert client.get(f"/api/songs/{song_id}/audio", headers=as_nils).status_code == 409
    work(app)
    song = client.get(f"/api/songs/{song_id}").json["data"]
    assert (song["state"], round(song["duration_s"], 1)) == ("ready", 0.6)
    assert streamed(client, song_id) == ("audio/mpeg", "mp3")
    assert streamed(client, song_id, "?format=original") == ("audio/aiff", "aiff")
    tags = [fetch(client, f"/api/songs/{song_id}/audio{query}").headers["ETag"] for query in ("", "?format=original")]
    assert tags[0] != tags[1]
    part = fetch(client, f"/api/songs/{song_id}/audio", {"Range": "bytes=0-9", "If-Range": tags[0]})
    assert (part.status_code, len(part.data)) == (206, 10)
    assert client.get(f"/api/songs/{song_id}/audio?format=wav").status_code == 422
    assert kept_versions(app) == [("mp3", 192)]


@pytest.mark.ffmpeg
@pytest.mark.parametrize("sample", ["chord.opus", "chord.m4a"])
def test_opus_and_m4a_are_heard_as_they_are(
    sample: str, ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    original = (SAMPLES / sample).read_bytes()
    song_id = publish_song(app, client, as_nils, original, name="8f3a.bin")
    assert fetch(client, f"/api/songs/{song_id}/audio").data == original
    song = client.get(f"/api/songs/{song_id}").json["data"]
    assert (song["title"], song["state"]) == ("Chord", "ready")
    with app.app_context():
        row = db.session.get_one(Song, song_id)
        assert None not in (row.loudness_lufs, row.true_peak_dbtp, row.sound_sha256, row.sample_rate_hz, row.channels)
    assert kept_versions(app) == []


@pytest.mark.ffmpeg
def test_other_settings_reach_the_whole_library(ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils, FLAC)
    catch_up(app)
    assert kept_versions(app) == [] and streamed(client, song_id) == ("audio/flac", "flac")
    choose(app, stream_format="opus", stream_kbps=96, converted="lossless")
    with app.app_context():
        assert services.version_progress() == services.VersionProgress(made=0, wanted=1)
    catch_up(app)
    assert kept_versions(app) == [("opus", 96)] and streamed(client, song_id) == ("audio/ogg", "opus")
    choose(app, stream_format="mp3", stream_kbps=128)
    catch_up(app)
    assert kept_versions(app) == [("mp3", 128)] and streamed(client, song_id) == ("audio/mpeg", "mp3")
    with app.app_context():
        assert services.version_progress() == services.VersionProgress(made=1, wanted=1)
    choose(app, stream_format="original")
    catch_up(app)
    assert kept_versions(app) == [] and streamed(client, song_id) == ("audio/flac", "flac")


@pytest.mark.ffmpeg
def test_a_version_is_made_once_and_goes_with_its_song(
    ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, AIFF)
    with app.app_context():
        assert versions.make_version(song_id) is None
        late = versions.Made("opus", 96, media_store().save(io.BytesIO(b"late"), kind="versions", suffix=""))
    set_song(app, song_id, deleted_at=now() - timedelta(days=40))
    with app.app_context():
        assert purge() == 1
        with writing():
            assert versions.keep_version(song_id, late) == [late.file.key], "it comes too late"
        media_store().delete(late.file.key)
    assert kept_versions(app) == []


@pytest.mark.ffmpeg
def test_a_stream_of_a_version_asks_the_database_once(
    ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, AIFF)
    fetch(client, f"/api/songs/{song_id}/audio")
    with Counted(app) as counted:
        fetch(client, f"/api/songs/{song_id}/audio")
    assert len([one for one in counted.statements if "catalog_" in one]) == 1
    assert not [one for one in counted.statements if not one.lstrip().upper().startswith("SELECT")]


def test_without_ffmpeg_a_site_that_may_not_fetch_it_says_at_once_what_it_takes(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    app = make_app(ffmpeg_download=False)
    as_nils = bearer(app, add_person(app, "Nils Hollar", "artist"))
    refused = upload(app.test_client(), as_nils, AIFF)
    assert refused.status_code == 415
    assert "this site takes MP3, FLAC, Ogg Vorbis and WAV" in refused.json["message"]
    assert "owner can install ffmpeg" in refused.json["message"]
    assert upload(app.test_client(), as_nils, FLAC).status_code == 202


def test_a_song_waits_for_an_ffmpeg_that_cannot_be_fetched_and_says_so(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(ffmpeg="/nowhere/ffmpeg")
    client, as_nils = app.test_client(), bearer(app, add_person(app, "Nils Hollar", "artist"))
    set_up = upload(client, as_nils, FLAC)
    song_id = set_up.json["data"]["id"]
    with app.app_context():
        key = media_store().save(io.BytesIO((SAMPLES / "chord.opus").read_bytes()), kind="audio", suffix="").key
    set_song(app, song_id, audio_key=key)
    for attempt in range(5):
        work(app)
        song = client.get(f"/api/songs/{song_id}", headers=as_nils).json["data"]
        assert song["state"] == ("processing" if attempt < 4 else "unreadable")
        assert "MUSICAPP_FFMPEG names /nowhere/ffmpeg" in song["problem"]
        retry_now(app)
    with app.app_context():
        assert media_store().exists(key), "its file stays for another try"


@pytest.mark.ffmpeg
def test_copies_of_a_sound_are_named_and_both_stay(
    ffmpeg: str, app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.flac"
    subprocess.run(
        [ffmpeg, "-v", "error", "-i", SAMPLES / "chord.flac", "-c", "copy", "-metadata", "title=Other", copy],
        check=True,
    )
    first = publish_song(app, client, as_nils, FLAC, title="Chord")
    second = publish_song(app, client, as_nils, copy.read_bytes(), title="Chord again")
    elsewhere = publish_song(app, client, as_ada, FLAC, title="Chord of another")
    with app.app_context():
        names = {song: [row.title for row in services.same_sound(None, song)] for song in (first, second, elsewhere)}
    assert names == {first: ["Chord again"], second: ["Chord"], elsewhere: []}
    set_song(app, first, deleted_at=now())
    with app.app_context():
        assert services.same_sound(None, second) == []


def test_an_album_is_as_loud_as_its_songs_together(
    app: Flask, client: FlaskClient, as_nils: Headers, as_mira: Headers
) -> None:
    song_ids = [publish_song(app, client, as_nils, sound(number), album="Salt Almanac") for number in range(2)]

    def loudness() -> float | None:
        with app.app_context():
            return db.session.scalars(sa.select(Album.loudness_lufs)).first()

    with app.app_context():
        of_song = db.session.get_one(Song, song_ids[0]).loudness_lufs
    assert loudness() == of_song is not None
    set_song(app, song_ids[0], loudness_lufs=-10.0, duration_s=30.0)
    set_song(app, song_ids[1], loudness_lufs=-20.0, duration_s=90.0)
    client.delete(f"/api/songs/{song_ids[0]}", headers=as_nils)
    assert loudness() == -20
    client.post(f"/api/songs/{song_ids[0]}/restore", headers=as_nils)
    assert loudness() == pytest.approx(-14.88, abs=0.01), "(30 s at −10 and 90 s at −20) are 0.0325 of full energy"
    client.patch(f"/api/songs/{song_ids[1]}", json={"album": ""}, headers=as_nils)
    assert loudness() == -10
