"""What artists say about their music: credits, links, colours, discs, rights, and two who write at the same time."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from plugins.catalog import services
from plugins.catalog.models import Album, Song
from plugins.catalog.services.attesting import LATEST
from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.music import Headers, fill_catalogue, ready_song, set_album, set_song


def of_song(app: Flask, song_id: int, *names: str) -> list[Any]:
    with app.app_context():
        return [getattr(db.session.get_one(Song, song_id), name) for name in names]


def test_who_writes_upon_an_old_version_is_told_what_stands_there(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    path = f"/api/songs/{song_id}"
    version = client.get(path, headers=as_nils).json["data"]["version"]
    first = client.patch(path, json={"title": "Neap Tide", "version": version}, headers=as_nils)
    assert first.json["data"]["version"] > version
    second = client.patch(path, json={"title": "Slack", "version": version}, headers=as_nils)
    assert second.status_code == 409
    assert second.json["errors"] == {"title": ["This says “Neap Tide” now."]}
    by_header = client.patch(path, json={"title": "Slack"}, headers={**as_nils, "If-Match": f'"{version}"'})
    assert by_header.status_code == 409
    endless = client.patch(path, json={"title": "Slack"}, headers={**as_nils, "If-Match": "9" * 5000})
    assert endless.status_code == 409
    nested = client.patch(path, data={"credits": "[" * 100_000}, headers=as_nils)
    assert (nested.status_code, nested.json["errors"]) == (422, {"credits": ["This must be a list, as JSON."]})
    same = client.patch(path, json={"title": "Neap Tide", "version": version}, headers=as_nils)
    assert same.status_code == 200
    assert of_song(app, song_id, "title") == ["Neap Tide"]


def test_an_old_page_of_a_song_overwrites_nothing_unseen(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    set_song(app, song_id, version=5, title="Neap Tide")
    sign_in(client, nils)
    path = f"/studio/songs/{song_id}/edit"
    assert post(client, path, {"title": "Slack", "version": "9" * 5000}).status_code == 422
    refused = post(client, path, {"title": "Slack", "version": "4"})
    assert refused.status_code == 422
    assert "This says “Neap Tide” now." in refused.text
    assert 'name="version" type="hidden" value="5"' in refused.text
    assert post(client, path, {"title": "Slack", "version": "5"}).status_code == 303


@pytest.mark.parametrize(
    ("credits", "sentence"),
    [
        ([{"role": "Vocals", "name": ""}], "Credit 1: say who it was."),
        ([{"role": "Vocals", "name": "Ona"}, {"role": " ", "name": "Ida"}], "Credit 2: say what they did."),
        ([{"role": "Vocals"}], "This is needed."),
        ([{"role": "x", "name": "y", "fee": "9"}], "There is no such field."),
    ],
)
def test_credits_that_lack_a_word_are_refused_by_line(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, credits: list[Any], sentence: str
) -> None:
    song_id = ready_song(app, nils.id)
    answer = client.patch(f"/api/songs/{song_id}", json={"title": "New", "credits": credits}, headers=as_nils)
    assert answer.status_code == 422
    assert [sentence] in answer.json["errors"].values()
    assert of_song(app, song_id, "title", "credits") == ["Neap", []]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "https://",
        "https://nils@example.org",
        "https://example.org/a b",
        "//example.org",
        "example.org",
        "https://localhost",
        'https://example.org/"x',
        "https://[::1",
        "https://example.org:port",
    ],
)
def test_links_lead_to_the_web_and_nowhere_else(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, url: str
) -> None:
    ready_song(app, nils.id)
    answer = client.patch("/api/artists/1", json={"links": [{"label": "Me", "url": url}]}, headers=as_nils)
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["links"]


def test_what_is_said_about_an_artist_is_kept(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    ready_song(app, nils.id)
    links = [{"url": "https://www.example.org/nils"}, {"label": "Shop", "url": "http://shop.example:8080/a?b=c#d"}]
    answer = client.patch("/api/artists/1", json={"links": links, "tint": "7"}, headers=as_nils)
    assert answer.status_code == 200, answer.text
    with app.app_context():
        kept = services.artist_detail(None, 1).card
    assert kept.links == [{"label": "example.org", "url": links[0]["url"]}, links[1]]
    assert kept.tint == "7"


def test_a_chosen_colour_stays_until_the_covers_own_is_wished_for(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id)
    assert of_song(app, song_id, "tint") == ["13"]
    path = f"/api/songs/{song_id}"
    assert client.patch(path, json={"tint": "3"}, headers=as_nils).status_code == 200
    assert of_song(app, song_id, "tint", "tint_is_chosen") == ["3", True]
    with app.app_context():
        cover_id = of_song(app, song_id, "cover_id")[0]
        services.change_song_cover(Owner(nils.id), song_id, cover_id)
    assert of_song(app, song_id, "tint") == ["3"]
    assert client.patch(path, json={"tint": ""}, headers=as_nils).status_code == 200
    assert of_song(app, song_id, "tint", "tint_is_chosen") == ["13", False]
    assert client.patch(path, json={"tint": "24"}, headers=as_nils).status_code == 422


class Owner:
    """Somebody by their id, as services ask for them."""

    def __init__(self, person_id: int) -> None:
        self.id, self.name, self.role_names = person_id, "Nils Hollar", frozenset({"artist"})


def order_of(client: FlaskClient, headers: Headers, album_id: int) -> list[tuple[int, int | None, int]]:
    songs = client.get(f"/api/albums/{album_id}", headers=headers).json["data"]["songs"]
    return [(song["id"], song["disc_no"], song["track_no"]) for song in songs]


def test_an_order_keeps_the_discs_and_numbers_each_from_one(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=4)
    a, b, c, d = (song for song, _, _ in order_of(client, as_nils, album_id))
    for song_id, disc in ((a, 1), (b, 1), (c, 2), (d, 2)):
        set_song(app, song_id, disc_no=disc)
    path = f"/api/albums/{album_id}"
    assert client.put(path, json={"songs": [d, c, b, a]}, headers=as_nils).status_code == 200
    assert order_of(client, as_nils, album_id) == [(b, 1, 1), (a, 1, 2), (d, 2, 1), (c, 2, 2)]
    moved = {"songs": [b, a, d, c], "discs": [1, 1, 1, 2]}
    assert client.put(f"/api/update/album/{album_id}", json=moved, headers=as_nils).status_code == 200
    assert order_of(client, as_nils, album_id) == [(b, 1, 1), (a, 1, 2), (d, 1, 3), (c, 2, 1)]
    for wrong in ({"songs": [a, b, c]}, {"songs": [a, b, c, d], "discs": [1]}, {"songs": [a, a, c, d]}):
        assert client.put(path, json=wrong, headers=as_nils).status_code == 422

    sign_in(client, nils)
    assert post(client, f"/studio/albums/{album_id}/order", {"song": str(d), "way": "down"}).status_code == 303
    assert order_of(client, as_nils, album_id) == [(b, 1, 1), (a, 1, 2), (d, 2, 1), (c, 2, 2)]
    assert post(client, f"/studio/albums/{album_id}/order", {"song": str(d), "way": "up"}).status_code == 303
    assert order_of(client, as_nils, album_id)[2] == (d, 1, 3)


def test_songs_go_into_an_album_and_out_again(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_ada: Headers
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=1)
    with app.app_context():
        artist_id = db.session.get_one(Album, album_id).artist_id
    single, strange = ready_song(app, nils.id), ready_song(app, nils.id, "Lull", album="Elsewhere")
    set_song(app, single, artist_id=artist_id)
    path = f"/api/albums/{album_id}/songs"
    assert client.post(path, json={"songs": [single]}, headers=as_nils).status_code == 200
    assert [place[0] for place in order_of(client, as_nils, album_id)][-1] == single
    assert client.post(path, json={"songs": [strange]}, headers=as_nils).status_code == 403
    assert client.delete(f"{path}/{single}", headers=as_ada).status_code == 403
    assert client.delete(f"{path}/{single}", headers=as_nils).status_code == 200
    assert len(order_of(client, as_nils, album_id)) == 1
    assert client.delete(f"{path}/{single}", headers=as_nils).status_code == 422


def test_what_nobody_vouched_for_is_published_only_by_who_does(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=2)
    song_id = order_of(client, as_nils, album_id)[0][0]
    set_album(app, album_id, published_at=None)
    set_song(app, song_id, published_at=None, rights_confirmed_at=None)
    album, song = f"/api/albums/{album_id}", f"/api/songs/{song_id}"
    for path in (album, song, f"/api/update/song/{song_id}"):
        refused = client.put(path, json={"publish": "now"}, headers=as_nils)
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["rights"])
    sign_in(client, nils)
    assert 'name="rights"' in client.get(f"/studio/albums/{album_id}/edit").text
    post(client, f"/studio/albums/{album_id}/publish")
    assert of_song(app, song_id, "published_at") == [None]
    assert client.put(album, json={"publish": "now", "rights": True}, headers=as_nils).status_code == 200
    assert None not in of_song(app, song_id, "published_at", "rights_confirmed_at")
    assert of_song(app, song_id, "rights_confirmed_by", "rights_words") == [nils.id, LATEST]
    assert 'name="rights"' not in client.get(f"/studio/albums/{album_id}/edit").text


def test_every_new_word_is_kept_and_unknown_ones_are_refused(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    said = {
        "description": "Recorded at low water.",
        "released_on": "2026-11-12",
        "disc_no": 2,
        "credits": [{"role": "Vocals", "name": "Ona"}],
    }
    song = client.patch(f"/api/songs/{song_id}", json=said, headers=as_nils).json["data"]
    assert {name: song[name] for name in said} == said
    of_album = {"kind": "ep", "credits": [{"role": "Mixed by", "name": "Ida"}]}
    album = client.patch(f"/api/albums/{song['album']['id']}", json=of_album, headers=as_nils).json["data"]
    assert {name: album[name] for name in of_album} == of_album
    for path in (f"/api/songs/{song_id}", f"/api/albums/{song['album']['id']}", "/api/artists/1"):
        for wrong in ({"plays": 9}, {"kind": "box"}, {"tint_is_chosen": True}, {"rights_confirmed_at": "now"}):
            assert client.patch(path, json=wrong, headers=as_nils).status_code == 422


def test_lines_of_lyrics_that_will_not_do_what_they_seem_to_are_named() -> None:
    lyrics = "[00:10.00]Low water\nno time here\n[1:75]high\n[00:05.00]back\n[09:00.00]too late"
    assert [odd.line for odd in services.odd_lines(lyrics, 180.0)] == [2, 3, 4, 5]
    assert services.odd_lines("[Chorus]\nLow water\n3.15 a.m. again\n") == []
    assert services.odd_lines("[ar:Nils]\n[00:10.00][00:30.00]Low\n[00:20.00]High", 180.0) == []
