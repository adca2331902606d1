"""Claims about leaving a whole site: everything is handed out, and nothing stays but what the site's law keeps."""

import io
import json
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import Model, db
from musicapp.storage import media_store
from plugins.auth.services.copies import listing, starting
from plugins.auth.services.copies.making import all_personal_data
from plugins.auth.services.leaving.reach import answered_tables
from plugins.catalog.models import Artist, Comment, Play, Song
from plugins.catalog.services.history.names import nameless_names
from plugins.moderation.models import Report
from plugins.moderation.services import report
from plugins.playlists import services as playlists
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, add_person, bearer
from tests.plugins.auth.leaving import do_daily_job, left, where_person_stands
from tests.plugins.catalog.music import ready_song, work
from tests.plugins.playlists.lists import Asks

NAMES_OF_PEOPLE = re.compile(
    r"(^|_)(person|user|owner|author|listener|member|invited|used|made|added|taken|decided|by)_(id|by|key)$|_by$|email$"
)
NEEDS_NO_HANDLER = {
    "site_act": "the audit log keeps the numbers of accounts, and no names",
    "auth_erased": "the numbers that no other account may get",
}


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with all its plugins, and mail."""
    app = make_app(mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


def live(app: Flask, person: Somebody, song_id: int, album_song_id: int) -> dict[str, int]:
    """Let somebody do everything that a listener does; the ids of what came of it."""
    client, headers = app.test_client(), bearer(app, person)
    begun = (now() - timedelta(hours=1)).isoformat()
    play = {"song_id": song_id, "started_at": begun, "heard_ms": 120_000, "completed": True, "source": "album"}
    assert client.post("/api/plays", json={"plays": [play]}, headers=headers).status_code < 300
    assert client.put(f"/api/songs/{song_id}/rating", json={"stars": 1}, headers=headers).status_code < 300
    for path in (f"songs/{song_id}/favourite", f"artists/{1}/follow", f"artists/{1}/favourite"):
        assert client.put(f"/api/{path}", headers=headers).status_code < 300, path
    said = [
        client.post(f"/api/songs/{song_id}/comments", json={"text": text}, headers=headers).json["data"]["id"]
        for text in ("Words that others answer.", "Words that nobody answers.")
    ]
    with app.app_context():
        list_id = playlists.create_playlist(Asks(person), "Rowing home", visibility="public")
        playlists.add_songs(Asks(person), list_id, [song_id, album_song_id])
    return {"answered": said[0], "alone": said[1], "playlist": list_id}


def test_nothing_of_a_listener_stays(app: Flask) -> None:
    nils, bob = add_person(app, "Nils Hollar", "artist"), add_person(app, "Bob")
    zyx = add_person(app, "Zyxander Unmistakable")
    song_id, other_id = ready_song(app, nils.id, "Neap"), ready_song(app, nils.id, "Spring", album="Tides")
    did = live(app, zyx, song_id, other_id)
    client, as_bob = app.test_client(), bearer(app, bob)
    client.put(f"/api/songs/{song_id}/rating", json={"stars": 5}, headers=as_bob)
    answer = {"text": "An answer.", "reply_to": did["answered"]}
    assert client.post(f"/api/songs/{song_id}/comments", json=answer, headers=as_bob).status_code == 201
    with app.app_context():
        report(Asks(bob), "comment", did["alone"], "hateful", "Look at this.")
        report(Asks(zyx), "song", song_id, "rights", "Zyxander Unmistakable made this.")
    work(app)
    files = copy_of(app, zyx)
    assert [play["title"] for play in json.loads(files["music/history.json"])] == ["Neap"]
    assert json.loads(files["music/ratings.json"])[0]["stars"] == 1
    assert "Words that others answer." in [one["text"] for one in json.loads(files["music/comments.json"])]
    assert json.loads(files["moderation/my-reports.json"])[0]["words"] == "Zyxander Unmistakable made this."
    assert [one["title"] for one in json.loads(files["playlists/songs.json"])] == ["Neap", "Spring"]
    assert files["playlists/playlists.csv"].startswith("\ufeffid,name".encode())

    left(app, zyx)
    with app.app_context():
        for one in all_personal_data():
            if one.erase is not None:
                one.erase(zyx.id)  # as where the worker died before the account itself went
    do_daily_job(app)

    # What others were told of them is a letter to those others, and goes when it is old.
    assert set(where_person_stands(app, zyx)) <= {"auth_erased.person_id", "inbox_alert.text"}
    with app.app_context():
        song = db.session.get_one(Song, song_id)
        assert (song.ratings_count, song.ratings_sum) == (1, 5)
        [name] = db.session.scalars(sa.select(Play.listener_key))
        today = now().date()
        assert song.plays == 1 and name.startswith("n")
        assert name not in nameless_names(zyx.id, today - timedelta(days=40), today).values()
        kept = db.session.get_one(Comment, did["answered"])
        assert (kept.text, kept.author_id) == ("", None) and kept.deleted_at is not None
        assert db.session.get(Comment, did["alone"]) is None
        assert list(media_store().walk("copies")) == []
        reported = db.session.scalars(sa.select(Report).order_by(Report.id)).all()
        assert [(one.words, one.snapshot["words"]) for one in reported] == [("Look at this.", ""), ("", "")]
    assert client.get(f"/api/playlists/{did['playlist']}").status_code == 404


def copy_of(app: Flask, person: Somebody) -> dict[str, bytes]:
    """The files of everything that somebody takes along, by their names."""
    with app.app_context():
        starting.start_copy(person.id)
    work(app)
    with app.app_context():
        row = listing.copies_of(person.id)[0]
        assert row.state == "ready"
        with media_store().open(row.file_key) as file, ZipFile(io.BytesIO(file.read())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("stays", [True, False])
@on_one_database
def test_music_of_who_leaves_stays_or_goes_as_they_say(app: Flask, stays: bool) -> None:
    nils, mira = add_person(app, "Nils Hollar", "artist"), add_person(app, "Mira")
    song_id = ready_song(app, nils.id, "Neap", album="Tides")
    headers, client = bearer(app, nils), app.test_client()
    asked = client.get("/api/account/leaving", headers=headers).json["data"]
    assert [question["key"] for question in asked["questions"]] == ["catalog_music"]
    refused = client.delete("/api/account", json={"password": nils.password}, headers=headers)
    assert refused.status_code == 422 and "catalog_music" in refused.json["errors"]
    taken = copy_of(app, nils)
    [sound] = [name for name in taken if "/sound/" in name]
    assert len(taken[sound]) > 1000 and any("/covers/" in name for name in taken)

    left(app, nils, catalog_music="stays" if stays else "goes")
    do_daily_job(app)

    assert client.get(f"/api/songs/{song_id}", headers=bearer(app, mira)).status_code == (200 if stays else 404)
    with app.app_context():
        assert bool(db.session.scalar(sa.select(sa.func.count()).select_from(Artist))) == stays
        assert bool(list(media_store().walk())) == stays
    kept = {"auth_erased.person_id"}
    if stays:
        kept |= {"catalog_artist.name", "catalog_artist.name_key"}
    assert {column for column in where_person_stands(app, nils) if "search" not in column} == kept


@on_one_database
def test_every_table_that_holds_people_has_somebody_who_answers_for_it(app: Flask) -> None:
    with app.app_context():
        answered = answered_tables()
    tables = Model.metadata.tables
    with_key = {
        name
        for name, table in tables.items()
        if any(key.target_fullname == "auth_user.id" for key in table.foreign_keys)
    }
    without_key = {
        name for name, table in tables.items() if any(NAMES_OF_PEOPLE.search(column.name) for column in table.columns)
    }
    assert {"site_mail", "site_act", "catalog_artist_listener", "catalog_play", "auth_user"} <= without_key
    unanswered = (with_key | without_key) - answered - set(NEEDS_NO_HANDLER)
    assert unanswered == set(), "contribute these to auth.personal_data, or say above why not"
    assert answered <= set(tables), "a contribution names a table that is not there"
    assert set(NEEDS_NO_HANDLER) <= set(tables)
