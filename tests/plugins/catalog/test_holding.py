"""Claims about albums that moderators hid or removed: no way leads a song out of one to where listeners hear it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session, writing
from musicapp.errors import Conflict
from musicapp.sheets.plans import Row
from plugins.catalog.models import Song
from plugins.catalog.services import create_artist, moderating, sheet_changes
from plugins.catalog.services.visibility import visible_songs
from tests.conftest import on_one_database
from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.collection import songs_of, take_in, touch_later, write_album, write_song
from tests.plugins.catalog.music import Headers, publish_song, ready_song, set_song, sound, upload

TAKES_NONE = "Moderators keep “Salt” from listeners, so no song comes into it. Their decision says how to appeal."
STAYS = "Moderators keep “Salt” from listeners, so its songs stay in it. Their decision says how to appeal."


def decide(app: Flask, verb: Callable[[int], None], subject_id: int) -> None:
    with app.app_context(), writing():
        verb(subject_id)


def place_of(app: Flask, song_id: int) -> int | None:
    """The album of a song."""
    with app.app_context():
        return session().get_one(Song, song_id).album_id


def heard(app: Flask) -> set[int]:
    """The songs that listeners find."""
    with app.app_context():
        return set(session().scalars(visible_songs(None).with_only_columns(Song.id)))


def test_a_song_of_a_hidden_album_stays_in_it_whichever_way_its_artist_tries(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_admin: Headers
) -> None:
    song_id, other = ready_song(app, nils.id, "Neap", album="Salt"), ready_song(app, nils.id, "Ebb", album="Tide")
    album_id, elsewhere = place_of(app, song_id), place_of(app, other)
    assert album_id and elsewhere
    decide(app, moderating.hide_album, album_id)
    for tried in (
        client.patch(f"/api/songs/{song_id}", json={"album": "Tide"}, headers=as_nils),
        client.put(f"/api/update/song/{song_id}", json={"album": ""}, headers=as_nils),
        client.post(f"/api/albums/{elsewhere}/songs", json={"songs": [song_id]}, headers=as_nils),
        client.delete(f"/api/albums/{album_id}/songs/{song_id}", headers=as_nils),
    ):
        assert (tried.status_code, tried.json["message"], list(tried.json["errors"])) == (409, STAYS, ["album"])
    browser = app.test_client()
    sign_in(browser, nils)
    taken_out = post(browser, f"/studio/albums/{album_id}/songs/{song_id}/take-out", page="/songs")
    moved = post(browser, "/studio/songs", {"act": "move", "chosen": str(song_id), "move_to": "Tide"}, page="/songs")
    assert (taken_out.status_code, moved.status_code) == (409, 303)
    assert STAYS in taken_out.text and STAYS in browser.get("/studio/songs").text
    page = browser.get(f"/studio/albums/{album_id}/edit").text
    assert "Its songs stay in it" in page and "out of the album" not in page
    assert "Neap" not in browser.get(f"/studio/albums/{elsewhere}/edit").text
    assert (place_of(app, song_id), heard(app)) == (album_id, {other})
    assert client.patch(f"/api/songs/{song_id}", json={"title": "Spring"}, headers=as_nils).status_code == 200
    assert client.patch(f"/api/songs/{song_id}", json={"album": "Tide"}, headers=as_admin).status_code == 200
    assert heard(app) == {song_id, other}


@on_one_database
def test_a_sheet_says_so_before_it_is_applied_and_takes_no_song_out_either(app: Flask, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id, "Neap", album="Salt")
    album_id = place_of(app, song_id)
    row = Row(2, {"id": song_id, "title": "Spring", "album": "Tide"})
    with app.app_context():
        [planned] = sheet_changes.plan_changes(nils.id, 0, [row])
    assert planned.problems == {}
    assert album_id
    decide(app, moderating.hide_album, album_id)
    with app.app_context():
        [told] = sheet_changes.plan_changes(nils.id, 0, [row])
        with pytest.raises(Conflict) as refused:
            sheet_changes.apply_change(nils.id, planned)
    assert (told.problems, refused.value.errors) == ({"album": STAYS}, {"album": [STAYS]})
    assert place_of(app, song_id) == album_id


def test_no_other_song_comes_into_a_hidden_album_and_an_upload_for_it_stands_alone(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id, single = ready_song(app, nils.id, "Neap", album="Salt"), ready_song(app, nils.id, "Ebb")
    broken = publish_song(app, client, as_nils, sound(9), album="Salt")
    album_id = place_of(app, song_id)
    assert album_id and place_of(app, broken) == album_id
    decide(app, moderating.hide_album, album_id)
    for tried in (
        client.patch(f"/api/songs/{single}", json={"album": "Salt"}, headers=as_nils),
        client.post(f"/api/albums/{album_id}/songs", json={"songs": [single]}, headers=as_nils),
    ):
        assert (tried.status_code, tried.json["errors"]) == (409, {"album": [TAKES_NONE]})
    with app.app_context():
        [planned] = sheet_changes.plan_changes(nils.id, 0, [Row(2, {"id": single, "album": "salt"})])
    assert planned.problems == {"album": TAKES_NONE.replace("Salt", "salt")}
    for number, named in enumerate(({"album": "Salt"}, {"album_id": str(album_id)}), start=3):
        sent = publish_song(app, client, as_nils, sound(number), **named)
        assert place_of(app, sent) is None and heard(app) == {single}
        assert client.get(f"/api/songs/{sent}", headers=as_nils).json["data"]["flagged"] is False
    set_song(app, broken, state="unreadable")
    assert upload(client, as_nils, sound(9)).status_code == 202


def test_no_song_comes_back_out_of_an_album_that_its_artist_deleted_after_the_decision(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    one, two, three = (ready_song(app, nils.id, title, album="Salt") for title in ("One", "Two", "Three"))
    album_id = place_of(app, one)
    assert album_id
    assert client.delete(f"/api/songs/{two}", headers=as_nils).status_code == 200
    decide(app, moderating.remove_song, three)
    decide(app, moderating.hide_album, album_id)
    assert client.delete(f"/api/albums/{album_id}", headers=as_nils).status_code == 200
    for song_id in (one, two):
        refused = client.post(f"/api/songs/{song_id}/restore", headers=as_nils)
        assert (refused.status_code, refused.json["message"]) == (409, STAYS)
    decide(app, moderating.bring_back_song, three)
    assert (place_of(app, three), heard(app)) == (album_id, set())
    assert client.post(f"/api/albums/{album_id}/restore", headers=as_nils).status_code == 200
    assert client.post(f"/api/songs/{two}/restore", headers=as_nils).status_code == 200
    decide(app, moderating.show_album, album_id)
    assert heard(app) == {one, two, three}


def test_a_removed_album_takes_along_what_its_artist_had_deleted_before_and_gives_it_back(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    one, two = (ready_song(app, nils.id, title, album="Salt") for title in ("One", "Two"))
    album_id = place_of(app, one)
    assert album_id and client.delete(f"/api/songs/{two}", headers=as_nils).status_code == 200
    decide(app, moderating.remove_album, album_id)
    refused = client.post(f"/api/songs/{two}/restore", headers=as_nils)
    assert refused.status_code == 409 and "Moderators removed “Two”" in refused.json["message"]
    decide(app, moderating.bring_back_album, album_id)
    assert heard(app) == {one}
    assert client.post(f"/api/songs/{two}/restore", headers=as_nils).status_code == 200
    assert heard(app) == {one, two} and place_of(app, two) == album_id


def test_the_file_of_what_moderators_keep_away_is_not_taken_anew_for_any_artist_of_the_same_person(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_ada: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, sound(3), title="Neap", album="Salt")
    album_id = place_of(app, song_id)
    assert album_id
    with app.app_context():
        another = create_artist(nils, {"name": "The Other Nils"}).id  # type: ignore[arg-type]
    decide(app, moderating.hide_album, album_id)
    assert client.delete(f"/api/songs/{song_id}", headers=as_nils).status_code == 200
    for fields in ({"album": "Tide"}, {"artist_id": str(another)}):
        again = upload(client, as_nils, sound(3), **fields)
        assert again.status_code == 409 and "have hidden, as “Neap”" in again.json["message"], fields
    decide(app, moderating.show_album, album_id)
    decide(app, moderating.label_song, song_id)
    assert "marked explicit, as “Neap”" in upload(client, as_nils, sound(3)).json["message"]
    assert upload(client, as_ada, sound(3)).status_code == 202
    decide(app, moderating.unlabel_song, song_id)
    anew = upload(client, as_nils, sound(3))
    assert anew.status_code == 202
    decide(app, moderating.label_song, anew.json["data"]["id"])
    for fields, said in (({}, "is here already"), ({"artist_id": str(another)}, "marked explicit, as")):
        again = upload(client, as_nils, sound(3), **fields)
        assert again.status_code == 409 and said in again.json["message"], fields


@on_one_database
def test_other_tags_of_a_file_in_a_folder_take_no_song_out_of_a_hidden_album(
    app: Flask, visitor: FlaskClient, tmp_path: Path
) -> None:
    first, *_ = write_album(tmp_path / "Salt", "Salt", "Nils", songs=2, album_artist="Nils")
    take_in(app, tmp_path, "--publish")
    there = songs_of(app)["Salt 1"]
    assert there.album_id
    decide(app, moderating.hide_album, there.album_id)
    write_song(first, 9, title="Salt 1", artist="Somebody", album="Tide", track="1/2")
    touch_later(first)
    take_in(app, tmp_path, "--publish")
    after = songs_of(app)["Salt 1"]
    assert (after.id, after.album_id, after.artist_id) == (there.id, there.album_id, there.artist_id)
    assert after.audio_sha256 != there.audio_sha256 and heard(app) == set()
