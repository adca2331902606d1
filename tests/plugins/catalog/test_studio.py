"""The artist's desk without scripts: the sheet of many songs, acts on those chosen, filters, and what was deleted."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from musicapp.clock import now
from musicapp.database import db
from plugins.catalog.models import Song
from tests.people import Somebody, csrf_token, sign_in
from tests.plugins.catalog.music import fill_catalogue, ready_song, set_song


@pytest.fixture
def desk(app: Flask, nils: Somebody) -> FlaskClient:
    """The browser of an artist."""
    client = app.test_client()
    sign_in(client, nils)
    return client


@pytest.fixture
def songs(app: Flask, nils: Somebody) -> list[int]:
    """Three published songs of an album of his."""
    fill_catalogue(app, nils.id, albums=1, songs_each=3)
    with app.app_context():
        return [song.id for song in db.session.scalars(db.select(Song).order_by(Song.id))]


def shown(desk: FlaskClient, path: str = "/studio/songs?album=1") -> dict[str, str]:
    """What the cells of the sheet say, as a browser would send them back."""
    page = desk.get(path).text
    cells = {}
    for tag in re.findall(r"<input [^>]*name=\"song-[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            cells[name[1]] = value[1] if value else ""
    return cells


def send(desk: FlaskClient, cells: dict[str, str], rows: list[int], **fields: object) -> TestResponse:
    data = {"csrf_token": csrf_token(desk), "rows": [str(row) for row in rows], **cells, **fields}
    return desk.post("/studio/songs?album=1", data=data)


def column(app: Flask, name: str) -> list[object]:
    with app.app_context():
        return list(db.session.scalars(db.select(getattr(Song, name)).order_by(Song.id)))


def test_a_row_that_does_not_fit_holds_up_no_other(app: Flask, desk: FlaskClient, songs: list[int]) -> None:
    a, b, c = songs
    cells = shown(desk)
    versions = column(app, "version")
    cells |= {f"song-{a}-title": "Neap", f"song-{b}-year": "99", f"song-{c}-genre": "Sea", f"song-{c}-explicit": "y"}
    refused = send(desk, cells, songs)
    assert refused.status_code == 422
    assert "2 songs are saved." in refused.text
    assert refused.text.count("A year such as 2026.") == 1
    assert 'value="99"' in refused.text
    assert column(app, "title")[0] == "Neap"
    assert column(app, "year") == [None, None, None]
    assert column(app, "explicit") == [False, False, True]
    assert [version == before for version, before in zip(column(app, "version"), versions, strict=True)] == [
        False,
        True,
        False,
    ]


def test_a_row_that_somebody_else_changed_is_told_and_saved_the_second_time(
    app: Flask, desk: FlaskClient, songs: list[int]
) -> None:
    cells = shown(desk) | {f"song-{songs[0]}-title": "Slack"}
    set_song(app, songs[0], title="Neap", version=9)
    refused = send(desk, cells, songs)
    assert "This says “Neap” now." in refused.text
    assert column(app, "title")[0] == "Neap"
    assert send(desk, cells | {f"song-{songs[0]}-version": "9"}, songs).status_code == 303
    assert column(app, "title")[0] == "Slack"


def test_many_are_published_moved_deleted_and_brought_back_at_once(
    app: Flask, desk: FlaskClient, songs: list[int]
) -> None:
    for song_id in songs:
        set_song(app, song_id, published_at=None, rights_confirmed_at=None)
    chosen = [str(song_id) for song_id in songs[:2]]
    send(desk, shown(desk), songs, act="publish", chosen=chosen)
    assert column(app, "published_at") == [None] * 3
    assert send(desk, shown(desk), songs, act="publish", chosen=chosen, rights="y").status_code == 303
    assert "2 songs are published." in desk.get("/studio/songs?album=1").text
    assert [moment is not None for moment in column(app, "published_at")] == [True, True, False]
    send(desk, shown(desk), songs, act="unpublish", chosen=chosen)
    assert column(app, "published_at") == [None] * 3
    send(desk, shown(desk), songs, act="move", chosen=chosen, move_to="Elsewhere")
    assert len(set(column(app, "album_id")[:2])) == 1
    assert column(app, "album_id")[0] != column(app, "album_id")[2]
    send(desk, {}, [], act="delete", chosen=[*chosen, "999"])
    assert [moment is not None for moment in column(app, "deleted_at")] == [True, True, False]
    page = desk.get("/studio").text
    assert "2 songs are deleted." in page and "30 days left" in page
    desk.post("/studio/songs/restore", data={"csrf_token": csrf_token(desk), "songs": chosen})
    assert column(app, "deleted_at") == [None] * 3


def test_a_stranger_saves_and_deletes_nothing_by_the_sheet(
    app: Flask, desk: FlaskClient, songs: list[int], ada: Somebody
) -> None:
    cells = shown(desk) | {f"song-{songs[0]}-title": "Mine now"}
    stranger = app.test_client()
    sign_in(stranger, ada)
    assert f'data-row="{songs[0]}"' not in stranger.get(f"/studio/songs?ids={songs[0]}").text
    before = column(app, "title")
    for act in ("save", "publish", "delete", "move"):
        send(stranger, cells, songs, act=act, chosen=[str(songs[0])], move_to="Mine")
    assert column(app, "title") == before
    assert column(app, "deleted_at") == [None] * 3


def test_the_studio_shows_what_is_asked_for(app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]) -> None:
    set_song(app, songs[0], published_at=None, title="Neap", title_key="neap")
    set_song(app, songs[1], published_at=now() + timedelta(days=3, hours=1))
    set_song(app, songs[2], state="unreadable", problem="The file ends in the middle.")
    single = ready_song(app, nils.id, "Lull")
    found = {
        "state=draft": songs[:1],
        "state=scheduled": songs[1:2],
        "state=unreadable": songs[2:],
        "state=published": [single],
        "q=LÚLL": [single],
        "album=1": songs,
        "state=nonsense&album=x&artist=-1": [*songs, single],
    }
    for query, wanted in found.items():
        page = desk.get(f"/studio?{query}").text
        assert sorted(map(int, re.findall(r'href="/studio/songs/(\d+)/edit"', page))) == wanted, query
    page = desk.get("/studio").text
    assert "Goes out in 3 days" in page
    assert "One song could not be read." in page


def test_an_album_is_made_and_filled_by_hand(app: Flask, desk: FlaskClient, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id, "Lull")
    refused = desk.post("/studio/albums", data={"csrf_token": csrf_token(desk), "title": " "})
    assert refused.status_code == 422
    made = desk.post("/studio/albums", data={"csrf_token": csrf_token(desk), "title": "Tide Tables"})
    assert "Add songs you have" in desk.get(made.location).text
    path = made.location.removesuffix("/edit")
    desk.post(f"{path}/songs", data={"csrf_token": csrf_token(desk), "songs": [str(song_id)]})
    assert column(app, "album_id") == [int(path.split("/")[-1])]
    desk.post(f"{path}/songs/{song_id}/take-out", data={"csrf_token": csrf_token(desk)})
    assert column(app, "album_id") == [None]


def test_credits_links_and_kind_are_kept_without_scripts(
    app: Flask, desk: FlaskClient, nils: Somebody, client: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id, "Lull", album="Tide Tables")
    lines = {"credits-role": ["Vocals", "", "Bass"], "credits-name": ["Ona", "", ""]}
    path = f"/studio/songs/{song_id}/edit"
    refused = desk.post(path, data={"csrf_token": csrf_token(desk), "title": "Lull", **lines})
    assert "Credit 2: say who it was." in refused.text and 'value="Ona"' in refused.text
    lines["credits-name"][2] = "Ida"
    assert desk.post(path, data={"csrf_token": csrf_token(desk), "title": "Lull", **lines}).status_code == 303
    assert column(app, "credits") == [[{"role": "Vocals", "name": "Ona"}, {"role": "Bass", "name": "Ida"}]]
    assert "Ida" in client.get(f"/songs/{song_id}").text
    links = {"links-label": ["Shop"], "links-url": ["javascript:alert(1)"]}
    refused = desk.post("/studio/artists/1/edit", data={"csrf_token": csrf_token(desk), "name": "Nils", **links})
    assert refused.status_code == 422 and "is no address of the web" in refused.text


def test_lyrics_are_checked_while_they_are_written(app: Flask, desk: FlaskClient, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id)
    token = {"X-CSRFToken": csrf_token(desk)}
    body = {"lyrics": "[00:10.00]Low water\n[1:75]High\n"}
    checked = desk.post(f"/studio/songs/{song_id}/lyrics", json=body, headers=token).json["data"]
    assert [odd["line"] for odd in checked["odd"]] == [2]
    assert checked["lines"][0] == {"at_s": 10.0, "words": "Low water"}
