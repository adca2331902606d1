"""Playlists that come from files and go into files, on a site."""

import io
import json
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from musicapp.database import db
from plugins.catalog import services as catalog
from plugins.catalog.services import SaidSong
from plugins.playlists.services.moderating import hide_playlist
from tests.conftest import on_one_database
from tests.people import Somebody, bearer, sign_in
from tests.plugins.catalog.conftest import mira, nils
from tests.plugins.catalog.music import Headers, fetch
from tests.plugins.catalog.shelf import Shelf

__all__ = ["mira", "nils"]
PATH = "/api/playlists/import"


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return Shelf(app)


@pytest.fixture
def as_mira(app: Flask, mira: Somebody) -> Headers:
    return bearer(app, mira)


def bring(client: FlaskClient, headers: Headers, text: str | bytes, name: str = "evening.m3u8") -> dict[str, object]:
    raw = text if isinstance(text, bytes) else text.encode()
    answer = client.post(PATH, data={"file": (io.BytesIO(raw), name)}, headers=headers)
    assert answer.status_code == 201, answer.text
    taken: dict[str, object] = answer.json["data"][0]
    return taken


def titles(client: FlaskClient, headers: Headers, playlist: object) -> list[str]:
    answer = client.get(f"/api/playlists/{playlist['id']}", headers=headers)  # type: ignore[index]
    return [song["title"] for song in answer.json["data"]["songs"]]


def test_songs_are_recognised_by_what_is_said_of_them(app: Flask, shelf: Shelf) -> None:
    nils, ada = shelf.artist("Nils Hollar"), shelf.artist("Ada Quist")
    almanac = shelf.album("Salt Almanac", nils)
    neap = shelf.song("Neap (Live)", nils, album_id=almanac)
    hers, his = shelf.song("Bell Four", ada), shelf.song("Bell  four!", nils, plays=9)
    said = {
        SaidSong("NEAP (live)", "nils hollar"): neap,
        SaidSong("Neap", "Nils Hollar"): None,
        SaidSong("Neap (live) [Remastered]", ""): None,
        SaidSong("Bell Four", "Ada Quist"): hers,
        SaidSong("Bell Four (feat. Nils Hollar)", "Ada Quist & Nils Hollar"): hers,
        SaidSong("bell four", ""): his,
        SaidSong("Bell Four", "Somebody Else"): None,
        SaidSong("", "Ada Quist"): None,
    }
    with app.app_context():
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
        assert catalog.recognise(None, list(said)) == list(said.values())
        assert len(statements) <= 2


def test_a_file_becomes_a_playlist_and_what_is_missing_keeps_its_place(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, shelf: Shelf
) -> None:
    nils = shelf.artist("Nils Hollar")
    shelf.song("Neap", nils)
    shelf.song("Paraffin", nils)
    text = "#EXTM3U\n#PLAYLIST:Rowing\nNils Hollar - Neap.mp3\nNils Hollar - Undertow.mp3\nNils Hollar - Paraffin.mp3\n"
    taken = bring(client, as_mira, text)
    assert (taken["found"], taken["missing"]) == (
        2,
        [{"line": 2, "title": "Undertow", "artist": "Nils Hollar", "album": ""}],
    )
    assert titles(client, as_mira, taken["playlist"]) == ["Neap", "Paraffin"]
    shelf.song("Undertow", nils)
    again = client.post(f"/api/imports/{taken['id']}", headers=as_mira)
    assert (again.json["data"]["found"], again.json["data"]["missing"]) == (3, [])
    assert titles(client, as_mira, taken["playlist"]) == ["Neap", "Undertow", "Paraffin"]
    for same, name in (("Rowing", "Rowing 2"), ("Row\u200fing", "Rowing 3"), ("\u200f", "Playlist")):
        again = bring(client, as_mira, f"#EXTM3U\n#PLAYLIST:{same}\nNeap.mp3\n")
        assert again["playlist"]["name"] == name  # type: ignore[index]


def test_songs_that_come_one_after_the_other_stand_as_in_the_file(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, shelf: Shelf
) -> None:
    nils = shelf.artist("Nils Hollar")
    order = ["Neap", "Ebb", "Undertow", "Fog", "Paraffin", "Lamp", "Bell"]
    text = "".join(f"Nils Hollar - {title}.mp3\n" for title in order)
    here, later, last = ["Paraffin"], ["Neap", "Undertow", "Fog", "Bell"], ["Ebb", "Lamp"]
    for title in here:
        shelf.song(title, nils)
    taken = bring(client, as_mira, text)
    history = f"/api/playlists/{taken['playlist']['id']}/changes"  # type: ignore[index]
    for came in (later, last):
        for title in came:
            shelf.song(title, nils)
        client.post(f"/api/imports/{taken['id']}", headers=as_mira)
    assert titles(client, as_mira, taken["playlist"]) == order
    counts = [change["of"].get("count") for change in client.get(history, headers=as_mira).json["data"]]
    assert counts == [1, 1, 1, 3, 1, None]


@pytest.mark.parametrize("kind", ["m3u8", "xspf", "jspf"])
def test_a_list_that_goes_out_and_comes_back_is_the_same(
    app: Flask, client: FlaskClient, as_mira: Headers, shelf: Shelf, kind: str
) -> None:
    nils, ada = shelf.artist("Nils Hollar"), shelf.artist("Ada Quist")
    songs = [shelf.song("Neap", nils), shelf.song("Neap", ada), shelf.song("ナイトバス", ada)]
    order = [songs[1], songs[0], songs[1], songs[2]]
    words = {"name": "Evening / «2»", "description": "Slow\nones"}
    made = client.post("/api/playlists", json={**words, "songs": order}, headers=as_mira)
    assert made.status_code == 201, made.text
    file = client.get(f"/api/playlists/{made.json['data']['id']}/file?format={kind}", headers=as_mira)
    assert 'filename="Evening _ ' in file.headers["Content-Disposition"] or "UTF-8''Evening" in str(file.headers)
    taken = bring(client, as_mira, file.data, "whatever.bin")
    back = client.get(f"/api/playlists/{taken['playlist']['id']}", headers=as_mira).json["data"]  # type: ignore[index]
    assert [song["id"] for song in back["songs"]] == order
    assert (back["name"], back["description"]) == ("Evening / «2» 2", "Slow\nones")


@on_one_database
def test_a_list_that_moderators_hid_comes_back_for_its_owner_alone(
    app: Flask, client: FlaskClient, as_mira: Headers
) -> None:
    words = {"name": "Evening", "visibility": "public"}
    made = client.post("/api/playlists", json=words, headers=as_mira).json["data"]["id"]
    for expected in ("public", "private"):
        file = client.get(f"/api/playlists/{made}/file?format=jspf", headers=as_mira)
        back = bring(client, as_mira, file.data, "evening.jspf")["playlist"]["id"]  # type: ignore[index]
        assert client.get(f"/api/playlists/{back}", headers=as_mira).json["data"]["visibility"] == expected
        with app.app_context():
            hide_playlist(made)


def test_files_of_others_private_lists_are_not_there(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers
) -> None:
    made = client.post("/api/playlists", json={"name": "Mine"}, headers=as_mira).json["data"]
    taken = bring(client, as_mira, "#EXTM3U\nNowhere.mp3\n")
    stranger = bearer(app, nils)
    assert client.get(f"/api/playlists/{made['id']}/file", headers=stranger).status_code == 404
    assert client.get(f"/api/imports/{taken['id']}", headers=stranger).status_code == 404
    assert client.post(f"/api/imports/{taken['id']}", headers=stranger).status_code == 404
    refused = client.post(PATH, data={"file": (io.BytesIO(b"{broken"), "x.jspf")}, headers=as_mira)
    assert (refused.status_code, refused.json["message"]) == (415, "This JSON file is broken.")


def test_the_pages_import_choose_and_take_home(app: Flask, mira: Somebody, shelf: Shelf) -> None:
    neap = shelf.song("Neap Tide", shelf.artist("Nils Hollar"))
    browser = app.test_client()
    sign_in(browser, mira)
    page = browser.get("/playlists/import").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    files = [(io.BytesIO(b"#EXTM3U\nNils Hollar - Neep.mp3\n"), "evening.m3u"), (io.BytesIO(b"{"), "broken.jspf")]
    both = browser.post("/playlists/import", data={"csrf_token": token, "file": files})
    assert both.status_code == 422
    assert "broken.jspf: This JSON file is broken." in both.text
    assert "0 of 1 songs are here" in both.text
    address = both.text.split('href="/playlists/imports/')[1].split('"')[0]
    assert "Neep" in browser.get(f"/playlists/imports/{address}").text
    assert f'href="/playlists/imports/{address}"' in browser.get("/playlists/import").text
    offered = browser.get(f"/playlists/imports/{address}/1?q=neap").text
    assert "Neap Tide" in offered
    form = {"csrf_token": token, "number": "1", "song": str(neap)}
    assert browser.post(f"/playlists/imports/{address}", data=form).status_code == 303
    assert "Every song of the file was found." in browser.get(f"/playlists/imports/{address}").text
    assert "/playlists/imports/" not in browser.get("/playlists/import").text
    archive = zipfile.ZipFile(io.BytesIO(fetch(browser, "/playlists/all.jspf.zip").data))
    [name] = archive.namelist()
    assert json.loads(archive.read(name))["playlist"]["track"][0]["title"] == "Neap Tide"
