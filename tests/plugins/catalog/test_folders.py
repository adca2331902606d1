"""Claims about folders of music: what comes in, under which names, and that a second look costs nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import session, writing
from plugins.catalog.models import Album, Artist, ArtistMember, Song, SongPeaks
from plugins.catalog.services.folders import Wishes, import_folder
from plugins.catalog.services.folders.importing import alone
from tests.conftest import on_one_database
from tests.heard import Heard
from tests.people import Somebody
from tests.plugins.catalog.collection import songs_of, take_in, touch_later, write_album, write_song
from tests.plugins.catalog.media.drawn_pictures import drawn, encoded
from tests.plugins.catalog.music import Headers, fetch, set_song, sound, upload, work


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """An empty folder for music, beside the site's own."""
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def test_a_folder_becomes_songs_that_play_at_once(app: Flask, visitor: FlaskClient, music: Path) -> None:
    files = write_album(music / "Nils" / "Tides", "Tides", "Nils", genre="Folk", year="2021", album_artist="Nils")
    (music / "Nils" / "Tides" / "cover.jpg").write_bytes(encoded(drawn(), "JPEG"))
    result = take_in(app, music, "--publish")
    assert (result.exit_code, result.output.splitlines()[0].partition(" s: ")[2]) == (0, "3 new.")

    [album] = visitor.get("/api/albums").json["data"]  # type: ignore[index]
    detail = visitor.get(f"/api/albums/{album['id']}").json["data"]  # type: ignore[index]
    assert (detail["title"], detail["artist"]["name"], detail["year"], detail["genre"]["name"]) == (
        "Tides",
        "Nils",
        2021,
        "Folk",
    )
    assert [(song["title"], song["track_no"], song["state"]) for song in detail["songs"]] == [
        ("Tides 1", 1, "ready"),
        ("Tides 2", 2, "ready"),
        ("Tides 3", 3, "ready"),
    ]
    first = detail["songs"][0]
    assert first["duration_s"] > 1
    assert fetch(visitor, f"/api/songs/{first['id']}/audio").data == files[0].read_bytes()
    with app.app_context():
        assert session().scalars(sa.select(ArtistMember)).all() == []

    work(app)
    assert visitor.get(f"/api/albums/{album['id']}").json["data"]["cover_url"]  # type: ignore[index]
    with app.app_context():
        songs = session().scalars(sa.select(Song)).all()
        assert all(song.state == "ready" and song.sound_sha256 and song.loudness_lufs for song in songs)
        assert len(session().scalars(sa.select(SongPeaks)).all()) == 3


def test_without_publish_music_is_a_draft(app: Flask, visitor: FlaskClient, music: Path) -> None:
    write_album(music, "Tides", "Nils")
    assert take_in(app, music).exit_code == 0
    assert visitor.get("/api/songs").json["data"] == visitor.get("/api/albums").json["data"] == []  # type: ignore[index]


def test_files_that_are_as_they_were_are_not_opened_again(app: Flask, music: Path) -> None:
    write_album(music / "a", "Tides", "Nils")
    (music / "broken.mp3").write_bytes(b"no music at all")
    assert take_in(app, music).exit_code == 1
    with Heard("open", "subprocess.Popen") as seen:
        result = take_in(app, music)
    assert "3 unchanged, 1 refused" in result.output
    assert any("folders.lock" in path for path in seen)
    assert [path for path in seen if str(music) in path or "python" in path] == []


def test_albums_of_one_name_stay_apart_and_those_in_two_folders_stay_together(app: Flask, music: Path) -> None:
    write_song(music / "1994" / "a.mp3", 1, title="Buddy", artist="Weezer", album="Weezer", year="1994")
    write_song(music / "2001" / "b.mp3", 2, title="Island", artist="Weezer", album="Weezer", year="2001")
    write_song(music / "White" / "CD1" / "c.mp3", 3, title="Back", artist="Four", album="White", year="1968")
    write_song(music / "White" / "CD2" / "d.mp3", 4, title="Birthday", artist="Four", album="White", year="2018")
    write_song(music / "x" / "e.mp3", 5, title="North", artist="Nils feat. Ada", album="Ferries", year="2020")
    write_song(music / "y" / "f.mp3", 6, title="South", artist="Nils", album="FERRIES", year="2020")
    write_song(music / "Best" / "g.mp3", 7, title="One", artist="Ada", album="Best", album_artist="Various Artists")
    write_song(music / "Summer" / "h.mp3", 8, title="Two", artist="Ada", album="Summer")
    write_song(music / "Summer" / "i.mp3", 9, title="Three", artist="Nils", album="Summer")
    assert take_in(app, music).exit_code == 0
    with app.app_context():
        rows = session().execute(
            sa.select(Song.title, Album.title, Artist.name, Album.kind, Album.id)
            .join(Album, Album.id == Song.album_id)
            .join(Artist, Artist.id == Album.artist_id)
        )
        of = {row[0]: row[1:] for row in rows}
        artists = dict(session().execute(sa.select(Song.title, Artist.name).join(Artist)).all())
        assert session().scalars(sa.select(Song.credits).where(Song.title == "North")).one() == [
            {"role": "Guest", "name": "Ada"}
        ]
    assert of["Buddy"][3] != of["Island"][3]
    assert of["Back"] == of["Birthday"]
    assert of["North"] == of["South"]
    assert of["One"][:3] == ("Best", "Various artists", "compilation")
    assert of["Two"] == of["Three"] and of["Two"][1:3] == ("Various artists", "compilation")
    assert (artists["North"], artists["One"], artists["Two"], artists["Three"]) == ("Nils", "Ada", "Ada", "Nils")


def test_music_goes_to_no_account_that_took_a_bands_name_unless_it_is_told_to(
    app: Flask, client: FlaskClient, as_nils: Headers, nils: Somebody, music: Path
) -> None:
    assert upload(client, as_nils, title="Mine").status_code == 202
    write_song(music / "a" / "a.mp3", 1, title="Theirs", artist=nils.name)
    write_song(music / "b" / "b.mp3", 2, title="Told", artist="Somebody", album="Some")
    assert take_in(app, music / "a").exit_code == 0
    songs = songs_of(app)
    assert songs["Theirs"].artist_id != songs["Mine"].artist_id
    write_song(music / "a" / "c.mp3", 3, title="Theirs too", artist=nils.name)
    take_in(app, music / "a")
    assert songs_of(app)["Theirs too"].artist_id == songs["Theirs"].artist_id

    refused = take_in(app, music / "b", "--artist", nils.name)
    assert refused.exit_code == 1 and "several artists" in refused.output
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Artist).where(Artist.id == songs["Theirs"].artist_id).values(name_key="other"))
    assert take_in(app, music / "b", "--artist", nils.name).exit_code == 0
    assert songs_of(app)["Told"].artist_id == songs["Mine"].artist_id


def test_a_moved_file_keeps_its_song_and_plays(app: Flask, visitor: FlaskClient, music: Path) -> None:
    files = write_album(music / "old", "Tides", "Nils")
    take_in(app, music, "--publish")
    before = songs_of(app)
    (music / "new").mkdir()
    for place, file in enumerate(files):
        file.rename(music / "new" / f"z{place}.mp3")
    assert "3 moved" in take_in(app, music).output
    after = songs_of(app)
    assert {title: song.id for title, song in after.items()} == {title: song.id for title, song in before.items()}
    assert after["Tides 1"].file_name == "z0.mp3"
    assert fetch(visitor, f"/api/songs/{after['Tides 1'].id}/audio").data == (music / "new" / "z0.mp3").read_bytes()
    assert "3 unchanged" in take_in(app, music).output


def test_a_changed_file_changes_its_song_but_not_what_people_wrote(
    app: Flask, visitor: FlaskClient, as_admin: Headers, music: Path
) -> None:
    plain, edited, same = (
        write_song(music / f"{name}.mp3", number, title=name, artist="Nils", album="Tides")
        for number, name in enumerate(("plain", "edited", "same"), start=1)
    )
    take_in(app, music, "--publish")
    work(app)
    songs = songs_of(app)
    path = f"/api/songs/{songs['edited'].id}"
    assert visitor.patch(path, json={"title": "By hand"}, headers=as_admin).status_code == 200
    for file, number in ((plain, 1), (edited, 2)):
        write_song(file, number, title="from the tags", artist="Nils", album="Tides", genre="Folk")
        touch_later(file)
    touch_later(same)
    assert "2 changed, 1 unchanged" in take_in(app, music).output
    after = songs_of(app)
    assert set(after) == {"from the tags", "By hand", "same"}
    assert after["from the tags"].id == songs["plain"].id and after["from the tags"].genre_id is not None
    for title, file in (("from the tags", plain), ("By hand", edited)):
        answer = fetch(visitor, f"/api/songs/{after[title].id}/audio")
        assert answer.data == file.read_bytes()
        assert answer.headers["ETag"] == f'"{after[title].audio_sha256}"'
        assert after[title].audio_sha256 != songs[{"from the tags": "plain", "By hand": "edited"}[title]].audio_sha256
    work(app)
    with app.app_context():
        assert len(session().scalars(sa.select(SongPeaks)).all()) == 3
    assert "3 unchanged" in take_in(app, music).output


def test_songs_of_files_that_are_gone_can_be_deleted_until_the_files_are_back(app: Flask, music: Path) -> None:
    kept, lost, twice = (
        write_song(music / name / "song.mp3", number, title=name, artist="Nils", album=name)
        for number, name in enumerate(("kept", "lost", "twice"), start=1)
    )
    copy = music / "z" / "copy.mp3"
    copy.parent.mkdir()
    copy.write_bytes(twice.read_bytes())
    assert "3 new, 1 here already" in take_in(app, music).output
    before = songs_of(app)
    away = music.parent / "away.mp3"
    lost.rename(away)
    twice.unlink()
    assert "2 gone from the folder" in take_in(app, music).output
    assert set(songs_of(app)) == {"kept", "lost", "twice"}
    assert "2 gone from the folder, 1 songs deleted" in take_in(app, music, "--prune").output
    assert set(songs_of(app)) == {"kept", "twice"}
    assert "gone" not in take_in(app, music, "--prune").output

    away.rename(lost)
    assert "1 back again" in take_in(app, music).output
    assert songs_of(app)["lost"].id == before["lost"].id
    with app.app_context():
        assert session().scalar(sa.select(Album.deleted_at).where(Album.id == before["lost"].album_id)) is None

    for file in (kept, lost, copy):
        file.unlink()
    result = take_in(app, music, "--prune")
    assert result.exit_code == 1 and "Is its disk mounted?" in result.output
    assert len(songs_of(app)) == 3


def test_a_song_that_somebody_deleted_is_not_taken_in_again(
    app: Flask, client: FlaskClient, as_admin: Headers, music: Path
) -> None:
    file = write_song(music / "a.mp3", 1, title="Neap", artist="Nils")
    take_in(app, music)
    assert client.delete(f"/api/songs/{songs_of(app)['Neap'].id}", headers=as_admin).status_code == 200
    touch_later(file)
    assert "1 unchanged" in take_in(app, music).output
    assert songs_of(app) == {}
    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(Song))
    assert "1 unchanged" in take_in(app, music).output
    assert "1 new" in take_in(app, music, "--again").output


def test_one_look_at_a_time(app: Flask, music: Path) -> None:
    write_song(music / "a.mp3", 1, title="Neap", artist="Nils")
    with app.app_context(), alone():
        assert "already" in take_in(app, music).output
    with app.app_context():
        assert import_folder(music, Wishes()).counts["new"] == 1
    around = take_in(app, music.parent).output  # the site's own files lie there too
    assert "1 unchanged" in around and "new" not in around and "here already" not in around
    assert "site's own" in take_in(app, Path(app.config["INSTANCE"])).output
    assert sound(1) in (music / "a.mp3").read_bytes()


@on_one_database
def test_what_moderators_hid_and_was_deleted_does_not_come_in_again(app: Flask, music: Path) -> None:
    write_song(music / "a.mp3", 1, title="Neap", artist="Nils")
    take_in(app, music, "--publish")
    set_song(app, songs_of(app)["Neap"].id, flagged_at=now(), hidden_at=now(), deleted_at=now())
    write_song(music / "b.mp3", 1, title="Neap", artist="Nils")
    assert "1 new" not in take_in(app, music, "--publish").output
    assert songs_of(app) == {}
    other = write_song(music / "c.mp3", 2, title="Ebb", artist="Nils")
    take_in(app, music, "--publish")
    before = songs_of(app)["Ebb"].audio_sha256
    other.write_bytes((music / "b.mp3").read_bytes())
    touch_later(other)
    assert "1 changed" not in take_in(app, music, "--publish").output
    assert songs_of(app)["Ebb"].audio_sha256 == before
