"""Claims about what moderators decide of music and comments: each verb can be undone, and what stood before stands."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.plugins.slots import contributions
from plugins.catalog.models import Song
from plugins.catalog.services import comments, moderating
from plugins.catalog.services.moderating import evidence
from plugins.catalog.services.removing import purge
from plugins.playlists.models import Follow
from plugins.playlists.services import moderating as of_lists
from tests.conftest import on_one_database
from tests.people import Somebody, add_person, sign_in
from tests.plugins.catalog.music import Headers, fetch, publish_song, ready_song, set_song, sound, upload

TITLES = (("One", "Salt"), ("Two", "Salt"), ("Single", ""))


def do(app: Flask, *verbs: Callable[[], object]) -> None:
    """What a decision does: each verb within a unit of work of its own, twice, as it may be asked again."""
    with app.app_context():
        for verb in verbs:
            for _ in range(2):
                with writing():
                    verb()


def hidden(app: Flask, *song_ids: int) -> list[bool]:
    with app.app_context():
        rows = dict(session().execute(sa.select(Song.id, Song.hidden_at.is_not(None))).all())
    return [bool(rows[song_id]) for song_id in song_ids]


def gone(app: Flask, *song_ids: int) -> list[bool]:
    with app.app_context():
        rows = dict(session().execute(sa.select(Song.id, Song.deleted_at.is_not(None))).all())
    return [bool(rows[song_id]) for song_id in song_ids]


def album_of(app: Flask, song_id: int) -> int:
    with app.app_context():
        found = session().get_one(Song, song_id).album_id
        assert found is not None
        return found


def test_an_album_hides_its_songs_and_an_artist_all_of_theirs(app: Flask, nils: Somebody, as_nils: Headers) -> None:
    one, two, single = (ready_song(app, nils.id, title, album=album) for title, album in TITLES)
    album_id = album_of(app, one)
    do(app, lambda: moderating.hide_song(one), lambda: moderating.hide_album(album_id))
    assert hidden(app, one, two, single) == [True, True, False]
    do(app, lambda: moderating.hide_artist(1))
    assert hidden(app, one, two, single) == [True, True, True]
    do(app, lambda: moderating.show_album(album_id))
    assert hidden(app, one, two, single) == [True, True, True]
    do(app, lambda: moderating.show_artist(1))
    assert hidden(app, one, two, single) == [True, False, False]
    do(app, lambda: moderating.show_song(one))
    assert hidden(app, one, two, single) == [False, False, False]


def test_an_artist_hides_what_others_have_on_their_albums_too(app: Flask, nils: Somebody, ada: Somebody) -> None:
    one, guest = ready_song(app, nils.id, "One", album="Salt"), ready_song(app, ada.id, "Guest")
    set_song(app, guest, album_id=album_of(app, one))
    do(app, lambda: moderating.hide_artist(1))
    assert hidden(app, one, guest) == [True, True]
    do(app, lambda: moderating.show_artist(1))
    assert hidden(app, one, guest) == [False, False]


def test_what_comes_to_something_hidden_is_hidden_with_it(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_admin: Headers
) -> None:
    single, other = ready_song(app, nils.id, "Single"), ready_song(app, nils.id, "Other", album="Salt")
    album_id = album_of(app, other)
    do(app, lambda: moderating.hide_album(album_id))
    for headers, words, is_hidden in ((as_nils, "Elsewhere", False), (as_nils, "", False), (as_admin, "Salt", True)):
        assert client.patch(f"/api/songs/{single}", json={"album": words}, headers=headers).status_code == 200
        assert hidden(app, single) == [is_hidden]
    do(app, lambda: moderating.hide_artist(1))
    new = publish_song(app, client, as_nils, title="New", album="Newer")
    assert hidden(app, new) == [True]
    made = client.post("/api/albums", json={"title": "Empty"}, headers=as_nils).json["data"]["id"]
    assert client.get(f"/api/albums/{made}", headers=as_nils).json["data"]["flagged"] is True
    do(app, lambda: moderating.show_artist(1))
    assert hidden(app, new, single, other) == [False, True, True]


def test_what_moderators_remove_only_they_bring_back(
    app: Flask, client: FlaskClient, as_nils: Headers, as_moderator: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, sound(3))
    do(app, lambda: moderating.remove_song(song_id))
    for headers, status in ((None, 404), (as_nils, 404), (as_moderator, 200)):
        assert client.get(f"/api/songs/{song_id}", headers=headers).status_code == status
        assert client.get(f"/songs/{song_id}", headers=headers).status_code == status
        assert fetch(client, f"/api/songs/{song_id}/audio", headers).status_code == status
    refused = client.post(f"/api/songs/{song_id}/restore", headers=as_nils)
    assert refused.status_code == 409 and "Moderators removed" in refused.json["message"]
    again = upload(client, as_nils, sound(3))
    assert again.status_code == 409 and "moderators removed" in again.json["message"]
    do(app, lambda: moderating.bring_back_song(song_id))
    assert client.get(f"/api/songs/{song_id}").status_code == 200


def test_what_moderators_hid_is_not_uploaded_anew_once_its_artist_deleted_it(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, sound(3))
    do(app, lambda: moderating.hide_song(song_id))
    assert client.delete(f"/api/songs/{song_id}", headers=as_nils).status_code == 200
    again = upload(client, as_nils, sound(3))
    assert again.status_code == 409 and "moderators have hidden, as “" in again.json["message"]
    do(app, lambda: moderating.show_song(song_id))
    assert upload(client, as_nils, sound(3)).status_code in (200, 201, 202)


def test_what_its_artist_had_deleted_stays_deleted_and_theirs(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    song_id = publish_song(app, client, as_nils)
    assert client.delete(f"/api/songs/{song_id}", headers=as_nils).status_code == 200
    do(app, lambda: moderating.remove_song(song_id))
    assert client.post(f"/api/songs/{song_id}/restore", headers=as_nils).status_code == 409
    do(app, lambda: moderating.bring_back_song(song_id))
    assert gone(app, song_id) == [True]
    assert client.post(f"/api/songs/{song_id}/restore", headers=as_nils).status_code == 200


def test_a_removed_album_comes_back_with_the_songs_that_went_with_it(app: Flask, nils: Somebody) -> None:
    one, two, three = (ready_song(app, nils.id, title, album="Salt") for title in ("One", "Two", "Three"))
    album_id = album_of(app, one)
    do(app, lambda: moderating.remove_song(one), lambda: moderating.remove_album(album_id))
    do(app, lambda: moderating.remove_song(two))
    assert gone(app, one, two, three) == [True, True, True]
    do(app, lambda: moderating.bring_back_song(one))
    assert gone(app, one) == [True]
    do(app, lambda: moderating.bring_back_album(album_id))
    assert gone(app, one, two, three) == [False, True, False]
    do(app, lambda: moderating.bring_back_song(two))
    assert gone(app, two) == [False] and album_of(app, two) == album_id


def test_what_was_removed_is_kept_for_appeals(app: Flask, nils: Somebody) -> None:
    deleted, removed, past = (ready_song(app, nils.id, title) for title in ("One", "Two", "Three"))
    long_ago, lately = now() - timedelta(days=100), now() - timedelta(days=60)
    set_song(app, deleted, deleted_at=lately)
    set_song(app, removed, deleted_at=lately, removed_at=lately)
    set_song(app, past, deleted_at=long_ago, removed_at=long_ago)
    with app.app_context():
        assert purge() == 2
        assert session().scalars(sa.select(Song.id)).all() == [removed]


@on_one_database
def test_only_a_sound_that_is_known_is_found_elsewhere(app: Flask, nils: Somebody) -> None:
    one, two = ready_song(app, nils.id, "One"), ready_song(app, nils.id, "Two")

    def found() -> object:
        with app.test_request_context():
            seen = evidence.song_evidence(two)
            assert seen is not None
            return seen.facts.get("Same sound")

    for song_id in (one, two):
        set_song(app, song_id, sound_sha256=None, audio_sha256=str(song_id) * 64)
    assert found() is None
    for song_id in (one, two):
        set_song(app, song_id, sound_sha256="5" * 64)
    assert found() == "“One” by Nils Hollar"


def test_a_mark_of_moderators_stays_whatever_the_artist_says(app: Flask, client: FlaskClient, as_nils: Headers) -> None:
    song_id = publish_song(app, client, as_nils)

    def says(explicit: bool) -> Any:
        return client.patch(f"/api/songs/{song_id}", json={"explicit": explicit}, headers=as_nils)

    do(app, lambda: moderating.label_song(song_id))
    assert client.get(f"/api/songs/{song_id}").json["data"]["explicit"] is True
    refused = says(False)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["explicit"])
    assert "Moderators" in refused.json["message"]
    do(app, lambda: moderating.unlabel_song(song_id))
    assert client.get(f"/api/songs/{song_id}").json["data"]["explicit"] is False
    do(app, lambda: moderating.label_song(song_id))
    assert says(True).status_code == 200
    do(app, lambda: moderating.unlabel_song(song_id))
    assert client.get(f"/api/songs/{song_id}").json["data"]["explicit"] is False


def test_a_removed_comment_only_the_staff_read(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, as_moderator: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    said = client.post(f"/api/songs/{song_id}/comments", json={"text": "Quicksand"}, headers=as_mira)
    comment_id = said.json["data"]["id"]
    path = f"/api/songs/{song_id}/comments"
    do(app, lambda: comments.remove_comment(comment_id))
    read = [("Quicksand" in client.get(path, headers=one).text) for one in (None, as_mira, as_moderator)]
    assert read == [False, False, True]
    with app.app_context():
        assert comments.forget_deleted() == 0
        found = evidence.comment_evidence(comment_id)
        assert found is not None and (found.words, found.state) == ("Quicksand", "removed")
    do(app, lambda: comments.return_comment(comment_id))
    assert "Quicksand" in client.get(path).text


def test_alerts_of_comments_go_with_the_playlist_that_they_are_on(
    app: Flask, client: FlaskClient, as_nils: Headers, as_mira: Headers
) -> None:
    sent = {"name": "Rowing home", "visibility": "public"}
    playlist_id = client.post("/api/playlists", json=sent, headers=as_nils).json["data"]["id"]
    here = f"/api/playlists/{playlist_id}"
    first = client.post(f"{here}/comments", json={"text": "Tide."}, headers=as_mira).json["data"]["id"]
    client.post(f"{here}/comments", json={"text": "Ebb.", "reply_to": first}, headers=as_nils)

    def told() -> list[bool]:
        return ["Rowing home" in client.get("/api/inbox", headers=one).text for one in (as_mira, as_nils)]

    assert told() == [True, True]
    do(app, lambda: of_lists.hide_playlist(playlist_id))
    assert told() == [False, True]
    do(app, lambda: of_lists.show_playlist(playlist_id))
    assert told() == [True, True]
    assert client.patch(here, json={"visibility": "private"}, headers=as_nils).status_code == 200
    assert told() == [False, True]


def test_the_staff_see_and_hear_what_is_hidden_and_its_artist_is_told(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_moderator: Headers, as_mira: Headers
) -> None:
    song_id, of_artist = ready_song(app, nils.id, "Neap", album="Salt"), 1
    album_id = album_of(app, song_id)
    do(app, lambda: moderating.hide_artist(of_artist))
    places = (
        f"/songs/{song_id}", f"/albums/{album_id}", f"/artists/{of_artist}", f"/api/artists/{of_artist}",
        f"/api/albums/{album_id}", f"/api/songs/{song_id}",
    )  # fmt: skip
    files = (f"/api/songs/{song_id}/audio", f"/api/songs/{song_id}/peaks", f"/songs/{song_id}/cover/96.webp")
    for path in (*places, *files):
        statuses = [fetch(client, path, headers).status_code for headers in (None, as_mira, as_moderator, as_nils)]
        assert statuses == [404, 404, 200, 200], path
    for path in places:
        assert "Neap" in client.get(path, headers=as_moderator).text, path
    assert client.get(f"/api/songs/{song_id}", headers=as_moderator).json["data"]["flagged"] is True
    for path, words in (
        (f"/songs/{song_id}", "hidden this song with its artist"),
        (f"/studio/albums/{album_id}/edit", "hidden this album with its artist"),
        (f"/studio/artists/{of_artist}/edit", "hidden this artist"),
    ):
        assert words in client.get(path, headers=as_nils).text
    do(app, lambda: moderating.show_artist(of_artist), lambda: moderating.remove_album(album_id))
    assert "removed by the moderators" in client.get("/studio", headers=as_nils).text
    assert "removed this album" in client.get(f"/albums/{album_id}", headers=as_moderator).text


def test_each_kind_shows_who_judges_it_what_helps(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_nils: Headers, as_mira: Headers
) -> None:
    song_id = publish_song(app, client, as_nils, title="Neap", album="Salt", licence="CC BY 4.0")
    said = client.post(f"/api/songs/{song_id}/comments", json={"text": "Quicksand"}, headers=as_mira).json["data"]
    made = client.post("/api/playlists", json={"name": "Mine", "songs": [song_id]}, headers=as_mira).json["data"]
    ids = {"song": song_id, "album": 1, "artist": 1, "comment": said["id"], "playlist": made["id"], "user": mira.id}
    with app.test_request_context():
        kinds = {kind.name: kind for kind in contributions("moderation.subject")}
        assert kinds.keys() == ids.keys()
        shown = {name: kinds[name].call(one) for name, one in ids.items()}
        assert all(kinds[name].call(2**31 - 1) is None for name in ids)
        seen = [name for name, one in ids.items() if kinds[name].seen_by(None, one)]
    assert seen == ["song", "album", "artist", "comment"]
    titles = [evidence.title for evidence in shown.values()]
    assert titles == ["Neap", "Salt", "Nils Hollar", "Quicksand", "Mine", "Mira"]
    owners = {name: set(evidence.owner_ids) for name, evidence in shown.items()}
    assert owners == {name: {nils.id} if name in ("song", "album", "artist") else {mira.id} for name in ids}
    song = shown["song"]
    assert fetch(client, song.sound.url).status_code == fetch(client, song.sound.peaks_url).status_code == 200
    assert song.facts["Licence"] == "CC BY 4.0" and "I made this music" in song.facts["Rights"]
    assert (song.facts["In playlists"], shown["user"].facts["Comments"], shown["user"].facts["Playlists"]) == (1, 1, 1)
    assert not any(mira.email in str(evidence) for evidence in shown.values())
    heard = {"started_at": (now() - timedelta(minutes=9)).isoformat(), "heard_ms": 60_000, "song_id": song_id}
    for headers in (as_mira, as_nils):
        assert client.post("/api/plays", json={"plays": [heard]}, headers=headers).json["data"]["counted"] == 1
    with app.test_request_context():
        with writing() as unit:
            unit.add(Follow(playlist_id=made["id"], user_id=nils.id))
        for name, kind in kinds.items():
            if kind.reach is not None:
                seen = kind.call(ids[name])
                assert kind.reach([ids[name], 77]) == {ids[name]: seen.reach} | ({} if name == "comment" else {77: 0})
        assert {name: kind.reach([ids[name]])[ids[name]] for name, kind in kinds.items() if kind.reach} == {
            "song": 2, "album": 2, "artist": 2, "comment": 1, "playlist": 1,
        }  # fmt: skip


@on_one_database
def test_rows_of_songs_say_what_moderators_did_to_who_has_them_in_spite_of_it(app: Flask, nils: Somebody) -> None:
    songs = [ready_song(app, nils.id, title, album="Salt") for title in ("Hid", "Gone", "Plain")]
    do(app, lambda: moderating.hide_song(songs[0]), lambda: moderating.remove_song(songs[1]))
    page = f"/albums/{album_of(app, songs[0])}"

    def marks(*people: Somebody) -> list[str]:
        browser = app.test_client()
        for person in people:
            sign_in(browser, person)
        return re.findall(r'<span class="tag">(Hidden|Removed)</span>', browser.get(page).text)

    assert marks(add_person(app, "Jonas", "moderator")) == ["Hidden", "Removed"]
    assert (marks(nils), marks(add_person(app, "Mira")), marks()) == (["Hidden"], [], [])
