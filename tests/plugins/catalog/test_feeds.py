"""Claims about what is told elsewhere of music: feeds, previews in chats, and alerts to followers."""

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from plugins.auth.services import person_with_id
from plugins.catalog.models import Follow
from plugins.catalog.services import publish_album, publish_song, removing, telling, unpublish_album
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, bearer, set_up
from tests.plugins.catalog.music import Headers, fetch, ready_song, set_album, set_song, work

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def entries(client: FlaskClient, path: str) -> list[ElementTree.Element]:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/rss+xml")
    return ElementTree.fromstring(response.data).findall("channel/item")


def test_the_feed_of_an_artist_is_a_podcast_of_what_everybody_may_hear(
    app: Flask, client: FlaskClient, visitor: FlaskClient, nils: Somebody
) -> None:
    song_id = ready_song(app, nils.id, "Neap & <Tide>\x0b", album="Tides")
    hidden, draft = ready_song(app, nils.id, "Hidden"), ready_song(app, nils.id, "Draft")
    set_song(app, hidden, hidden_at=now())
    set_song(app, draft, published_at=None)
    set_song(app, song_id, duration_s=183.6, explicit=True)
    page = visitor.get("/artists/1").text
    [path] = re.findall(r'type="application/rss\+xml" title="[^"]*" href="([^"]+)"', page)
    [entry] = entries(visitor, path)
    assert entry.findtext("title") == "Neap & <Tide>"
    assert entry.findtext("link") == f"{app.config['SITE_URL']}/songs/{song_id}"
    enclosure = entry.find("enclosure")
    assert enclosure is not None
    sound = fetch(visitor, enclosure.attrib["url"].removeprefix(app.config["SITE_URL"]))
    assert (sound.status_code, sound.mimetype) == (200, enclosure.attrib["type"])
    said = [entry.findtext(f"{ITUNES}{name}") for name in ("author", "explicit", "duration")]
    assert said == ["Nils Hollar", "true", "184"]
    response = visitor.get(path)
    channel = ElementTree.fromstring(response.data).find("channel")
    assert channel is not None
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", channel.findtext(f"{PODCAST}guid") or "")
    assert visitor.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert visitor.get("/artists/99/feed.xml").status_code == 404
    [album] = entries(visitor, "/feed.xml")
    assert album.findtext("title") == "Tides by Nils Hollar"
    assert album.findtext("description") == "One song by Nils Hollar."


def test_a_feed_has_no_sound_where_visitors_may_only_look_and_a_closed_site_has_no_feed(make_app: AppMaker) -> None:
    looking = make_app(visitors="browse")
    nils = add_person(looking, "Nils Hollar", "artist")
    song_id = ready_song(looking, nils.id, "Neap")
    visitor = looking.test_client()
    [entry] = entries(visitor, "/artists/1/feed.xml")
    assert entry.find("enclosure") is None
    assert "og:audio" not in visitor.get(f"/songs/{song_id}").text
    closed = make_app(visitors="nothing")
    set_up(closed)
    assert closed.test_client().get("/feed.xml").status_code == 302
    assert closed.test_client().get("/feed.xml", headers={"Accept": "application/json"}).status_code == 401


def test_public_pages_show_themselves_in_chats_and_others_say_nothing(
    app: Flask, client: FlaskClient, visitor: FlaskClient, as_nils: Headers, nils: Somebody
) -> None:
    song_id = ready_song(app, nils.id, 'The "Neap"', album="Tides")
    site = app.config["SITE_URL"]
    pages = [f"/songs/{song_id}", "/albums/1", "/artists/1"]
    said: list[dict[str, str]] = []
    for path in pages:
        text = visitor.get(path).text
        assert f'<link rel="canonical" href="{site}{path}">' in text
        said.append(dict(re.findall(r'<meta property="(og:[a-z]+)" content="([^"]*)">', text)))
    assert [of["og:type"] for of in said] == ["music.song", "music.album", "profile"]
    assert said[0]["og:title"] == "The &#34;Neap&#34; by Nils Hollar"
    assert said[0]["og:audio"] == f"{site}/api/songs/{song_id}/audio"
    assert fetch(visitor, said[1]["og:image"].removeprefix(site).replace("&amp;", "&")).status_code == 200
    assert "/cover/600.webp" in said[1]["og:image"]
    set_song(app, song_id, hidden_at=now())
    set_album(app, 1, published_at=None)
    for path in pages[:2]:
        text = client.get(path, headers=as_nils).text
        assert ("og:" in text, 'content="noindex, nofollow"' in text) == (False, True)


def follow(app: Flask, artist_id: int, *people: Somebody) -> None:
    with app.app_context(), writing() as unit:
        unit.add_all([Follow(user_id=one.id, artist_id=artist_id) for one in people])


def told(client: FlaskClient, headers: Headers) -> list[tuple[str, str]]:
    answer: Any = client.get("/api/inbox", headers=headers).json
    return [(row["text"], row["url"]) for row in reversed(answer["data"])]


def test_followers_are_told_of_a_release_once_and_of_no_song_of_an_album(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers, as_nils: Headers
) -> None:
    on_album, alone = ready_song(app, nils.id, "Ebb", album="Tides"), ready_song(app, nils.id, "Neap")
    for song_id in (on_album, alone):
        set_song(app, song_id, published_at=None)
    set_album(app, 1, published_at=None)
    others = [add_person(app, f"Follower {number}") for number in range(3)]
    follow(app, 1, mira, nils, *others)
    with app.app_context():
        person: Any = person_with_id(nils.id)
        publish_album(person, 1)
        unpublish_album(person, 1)
        publish_album(person, 1)
        publish_song(person, alone)
    work(app)
    both = [("Nils Hollar published “Tides”.", "/albums/1"), ("Nils Hollar published “Neap”.", f"/songs/{alone}")]
    assert sorted(told(client, as_mira)) == sorted(both)
    assert [sorted(told(client, bearer(app, one))) == sorted(both) for one in others] == [True] * 3
    assert told(client, as_nils) == []


def test_a_release_that_has_the_number_of_one_long_gone_is_told_of_too(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    heard: set[str] = set()
    for title in ("Neap", "Ebb"):
        song_id = ready_song(app, nils.id, title)
        set_song(app, song_id, published_at=None)
        follow(app, 1, *([mira] if title == "Neap" else []))
        with app.app_context():
            person: Any = person_with_id(nils.id)
            publish_song(person, song_id)
        work(app)
        heard |= {text for text, _ in told(client, as_mira)}
        set_song(app, song_id, deleted_at=now() - timedelta(days=32))
        with app.app_context():
            removing.purge()
    assert heard == {"Nils Hollar published “Neap”.", "Nils Hollar published “Ebb”."}
    assert told(client, as_mira) == []


def test_what_is_not_public_when_its_turn_comes_is_told_to_nobody_and_many_are_told_by_and_by(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers, monkeypatch: Any
) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    many = [mira, *(add_person(app, f"Follower {number}") for number in range(4))]
    follow(app, 1, *many)
    with app.app_context():
        person: Any = person_with_id(nils.id)
        set_song(app, song_id, published_at=None)
        publish_song(person, song_id)
        set_song(app, song_id, hidden_at=now())
    work(app)
    assert told(client, as_mira) == []
    monkeypatch.setattr(telling, "BATCH", 2)
    set_song(app, song_id, hidden_at=None)
    with app.app_context():
        release = telling.public_release("song", song_id)
        assert release is not None
        last, batches = telling.tell_followers(release), 1
        while last is not None:
            last, batches = telling.tell_followers(release, last), batches + 1
    assert (batches, [len(told(client, bearer(app, one))) for one in many]) == (3, [1] * 5)
