"""Claims about what chats are told: what everybody may know, once, from when they were asked to be told, and a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import enqueue
from musicapp.plugins.slots import contributions
from plugins.catalog.models import Album, Song, SongDay
from plugins.catalog.services.history.hours import local_day
from plugins.reports.services.chats import tell_news
from plugins.reports.services.chats.topics import news_kinds
from tests.people import Somebody, add_person
from tests.plugins.catalog.listened import hear
from tests.plugins.catalog.music import work
from tests.plugins.catalog.shelf import Shelf
from tests.plugins.reports.chat_room import ChatRoom


@pytest.fixture
def shelf(room: ChatRoom) -> Shelf:
    """Music in the tables."""
    return Shelf(room.app)


def look(room: ChatRoom, until: datetime | None = None, minutes: int = 5) -> list[str]:
    """Have news looked for; the titles that came to the chat by it."""
    until = until or now()
    before = len(room.sink.taken)
    span = {"period": until.isoformat(), "since": (until - timedelta(minutes=minutes)).isoformat()}
    with room.app.app_context(), writing():
        enqueue("reports.look_for_news", {**span, "until": until.isoformat()})
    work(room.app)
    return [title_of(taken.json) for taken in room.sink.taken[before:]]


def title_of(body: Any) -> str:
    return str(body["attachments"][0]["title"])


def test_releases_are_told_once_when_everybody_may_hear_them(room: ChatRoom, shelf: Shelf) -> None:
    artist_id = shelf.artist("Nils Hollar")
    shelf.song("Long out", artist_id)
    room.add("catalog.releases")
    room.add("digest", name="Another room")
    out = {title: shelf.album(title, artist_id) for title in ("Neap", "Hidden", "Draft", "Scheduled", "Empty")}
    for title, album_id in out.items():
        if title != "Empty":
            shelf.song(f"Of {title}", artist_id, album_id=album_id)
    single = shelf.song("@here & <b>", artist_id)
    moment = now()
    shelf.change(Album, out["Neap"], published_at=moment)
    shelf.change(Album, out["Hidden"], published_at=moment, hidden_at=moment)
    shelf.change(Album, out["Draft"], published_at=None)
    shelf.change(Album, out["Scheduled"], published_at=moment + timedelta(hours=1))
    shelf.change(Album, out["Empty"], published_at=moment)
    shelf.change(Song, single, published_at=moment)
    assert look(room) == ["Nils Hollar published “Neap”.", "Nils Hollar published “@\u2060here &amp; ‹b›”."]
    assert look(room) == look(room, now() + timedelta(minutes=5)) == []
    [attachment] = room.sink.taken[0].json["attachments"]
    assert attachment["title_link"] == f"{room.app.config['SITE_URL']}/albums/{out['Neap']}"
    shelf.change(Album, out["Scheduled"], published_at=now())
    assert look(room) == ["Nils Hollar published “Scheduled”."]


def test_what_was_out_before_a_chat_was_told_of_it_or_while_it_was_off_is_no_news(room: ChatRoom, shelf: Shelf) -> None:
    artist_id = shelf.artist("Nils Hollar")
    before = shelf.song("Before", artist_id)
    shelf.change(Song, before, published_at=now())
    chat_id = room.add("catalog.releases")
    room.ask(f"{chat_id}/off")
    meanwhile = shelf.song("Meanwhile", artist_id)
    shelf.change(Song, meanwhile, published_at=now())
    assert look(room) == []
    room.ask(f"{chat_id}/on")
    after = shelf.song("After", artist_id)
    shelf.change(Song, after, published_at=now())
    assert look(room) == ["Nils Hollar published “After”."]


def test_a_whole_collection_that_comes_at_once_is_one_post(room: ChatRoom, shelf: Shelf) -> None:
    artist_id = shelf.artist("Nils Hollar")
    chat_id = room.add("catalog.releases")
    for number in range(30):
        shelf.change(Song, shelf.song(f"Song {number:02}", artist_id), published_at=now())
    assert look(room) == ["New releases: 30"]
    text = room.sink.taken[0].json["attachments"][0]["text"]
    assert text.startswith("Nils Hollar published “Song 00”.\n")
    assert text.endswith("And 10 more.")
    assert look(room) == []
    assert len(room.posts(chat_id)) == 1


def test_a_plugin_that_fails_costs_only_its_own_part(
    room: ChatRoom, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with room.app.app_context():
        [news] = [kind for kind in news_kinds() if kind.name == "catalog.releases"]
        [heard] = [part for part in contributions("reports.section") if part.name == "catalog.heard_most"]
    room.add("catalog.releases", "digest")
    song_id = shelf.song("Ebb", shelf.artist("Nils Hollar"))
    shelf.change(Song, song_id, published_at=now())
    monkeypatch.setattr(news, "call", lambda _since, _until: [("too", "short")])
    monkeypatch.setattr(heard, "call", lambda _person, _subject, _span: ["no block"])
    assert look(room) == []
    yesterday = now().replace(hour=12) - timedelta(days=1)
    shelf.change(Song, song_id, published_at=yesterday)
    [body] = post_digest(room, now().date().isoformat())
    assert "Ebb, Nils Hollar" in body["attachments"][0]["text"]
    for name in ("catalog.releases", "catalog.heard_most"):
        assert f"failed in its part of “{name}”" in caplog.text


def post_digest(room: ChatRoom, day: str) -> list[Any]:
    """Have the digest of the day before this one made; the bodies that came to the chat by it."""
    before = len(room.sink.taken)
    with room.app.app_context(), writing():
        enqueue("reports.post_digest", {"period": day, "since": day, "until": day})
    work(room.app)
    return [taken.json for taken in room.sink.taken[before:]]


def test_the_digest_of_a_day_is_posted_once_and_not_when_nothing_happened(room: ChatRoom, shelf: Shelf) -> None:
    today = now().date()
    room.add("digest")
    assert post_digest(room, today.isoformat()) == []
    artist_id = shelf.artist("Nils Hollar")
    album_id = shelf.album("Neap", artist_id)
    song_id = shelf.song("Ebb", artist_id, album_id=album_id)
    yesterday = now().replace(hour=12) - timedelta(days=1)
    shelf.change(Album, album_id, published_at=yesterday)
    people = [add_person(room.app, name) for name in ("Ada", "Ben", "Cleo", "Dan")]
    listen(room, people, song_id)
    assert "Heard most" not in str(post_digest(room, today.isoformat()))
    assert post_digest(room, today.isoformat()) == []
    another = room.add("digest", name="Another room")
    listen(room, [add_person(room.app, "Eve")], song_id)
    [body] = post_digest(room, today.isoformat())
    text = body["attachments"][0]["text"]
    assert "Neap, Nils Hollar" in text
    assert "1. Ebb, Nils Hollar: 5 plays" in text
    assert len(room.posts(another)) == 1
    assert post_digest(room, (today - timedelta(days=7)).isoformat()) == []


def listen(room: ChatRoom, people: list[Somebody], song_id: int) -> None:
    """Let people have heard a song yesterday, each once."""
    for person in people:
        hear(room.app, person.id, [song_id], days_ago=1)
    with room.app.app_context(), writing() as unit:
        day = unit.get(SongDay, (song_id, local_day(now()) - timedelta(days=1)))
        if day is None:
            day = SongDay(song_id=song_id, day=local_day(now()) - timedelta(days=1), plays=0)
            unit.add(day)
        day.plays += len(people)


def test_looks_that_happen_at_once_tell_everything_once(room: ChatRoom, shelf: Shelf) -> None:
    artist_id = shelf.artist("Nils Hollar")
    chat_id = room.add("catalog.releases")
    for number in range(12):
        shelf.change(Song, shelf.song(f"Song {number:02}", artist_id), published_at=now())
    moment = now()

    def look_too(number: int) -> None:
        with room.app.app_context():
            tell_news(moment, moment + timedelta(seconds=number))

    with ThreadPoolExecutor(6) as workers:
        list(workers.map(look_too, range(6)))
    work(room.app)
    assert [title_of(taken.json) for taken in room.sink.taken] == ["New releases: 12"]
    assert len(room.posts(chat_id)) == 1
