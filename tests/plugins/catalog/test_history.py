"""Claims about what is kept of a listener: sums that equal the ledger, a switch, and deletions that leave nothing."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db, writing
from musicapp.site.stored_settings import store_settings
from plugins.auth.services import people
from plugins.catalog.models import Album, NamelessDay, Play, Song
from plugins.catalog.services import history as past
from tests.people import Somebody
from tests.plugins.catalog.music import Headers, fill_catalogue, ready_song
from tests.plugins.catalog.reporting import ago, hear, history, hours, hours_of_ledger, ledger, noon, report


@pytest.fixture
def songs(app: Flask, nils: Somebody) -> list[int]:
    """Two songs of three minutes by Nils Hollar."""
    return [ready_song(app, nils.id, "Neap"), ready_song(app, nils.id, "Årdal, 100% Rain")]


def test_sums_equal_the_ledger_whatever_is_reported_lengthened_and_deleted(
    app: Flask, client: FlaskClient, as_mira: Headers, as_ada: Headers, songs: list[int]
) -> None:
    with app.app_context():
        store_settings("site", {"time_zone": "Asia/Kathmandu"})
    chance = random.Random(1931)
    people = [as_mira, as_ada]
    for _ in range(12):
        batch = [
            report(chance.choice(songs), ago(chance.uniform(0, 3), 20), chance.choice([5_000, 40_000, 180_000]))
            for _ in range(chance.randint(1, 8))
        ]
        listener = chance.choice(people)
        hear(client, listener, *batch)
        hear(client, listener, *({**one, "heard_ms": 200_000} for one in batch[:3]))
        plays = history(client, listener)
        if plays and chance.random() < 0.5:
            client.delete(f"/api/plays/{chance.choice(plays)['id']}", headers=listener)
        if plays and chance.random() < 0.2:
            client.delete(f"/api/plays?day={chance.choice(plays)['day']}", headers=listener)
    assert len(hours(app)) > 10
    assert hours(app) == hours_of_ledger(app, "Asia/Kathmandu")


def test_late_in_the_evening_by_the_clock_of_london_is_the_next_day_further_east(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, songs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        store_settings("site", {"time_zone": "Europe/Oslo"})
    late = datetime.fromisoformat("2026-06-10T23:30:00+00:00")
    monkeypatch.setattr("plugins.catalog.services.listening.now", lambda: late + timedelta(minutes=5))
    monkeypatch.setattr("plugins.catalog.services.history.names.now", lambda: late + timedelta(minutes=5))
    hear(client, as_mira, report(songs[0], late))
    assert hours(app) == {(mira.id, date(2026, 6, 11), 1, songs[0]): (1, 60_000)}
    with app.app_context():
        store_settings("site", {"time_zone": "America/Lima"})
    hear(client, as_mira, report(songs[0], late, 90_000))
    assert hours(app) == {(mira.id, date(2026, 6, 11), 1, songs[0]): (1, 90_000)}
    [play] = history(client, as_mira, "?day=2026-06-11")
    assert client.delete(f"/api/plays/{play['id']}", headers=as_mira).json["data"] == {"forgotten": 1}
    assert hours(app) == {}


def test_who_keeps_no_history_counts_once_and_leaves_no_trace(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, as_ada: Headers, songs: list[int]
) -> None:
    assert client.get("/api/listening", headers=as_mira).json["data"] == {"keeps_history": True}
    off = client.patch("/api/listening", json={"keeps_history": False}, headers=as_mira)
    assert off.json["data"] == client.get("/api/listening", headers=as_mira).json["data"] == {"keeps_history": False}
    today, earlier = report(songs[0], ago()), report(songs[0], ago(days=2))
    assert hear(client, as_mira, today, earlier) == 2
    assert hear(client, as_mira, {**today, "heard_ms": 90_000}, earlier) == 0
    assert hear(client, as_ada, today) == 1
    (first, nobody, _, heard_ms), (other, _, _, _), hers = ledger(app)
    assert {first[0], other[0]} == {"n"}
    assert first != other
    assert str(mira.id) not in (first, other)
    assert (nobody, heard_ms, hers[0][0]) == (None, 60_000, "u")
    with app.app_context():
        assert db.session.scalar(sa.select(Song.plays).where(Song.id == songs[0])) == 3
    assert history(client, as_mira) == []
    assert client.get("/api/plays/recent", headers=as_mira).json["data"] == []
    assert client.get("/api/stats/me", headers=as_mira).json["data"]["plays"] == 0
    client.patch("/api/listening", json={"keeps_history": True}, headers=as_mira)
    assert hear(client, as_mira, today) == 0
    assert hear(client, as_mira, report(songs[1], ago(minutes=5))) == 1
    assert [play["song"]["id"] for play in history(client, as_mira)] == [songs[1]]
    with app.app_context():
        with writing() as unit:
            unit.add(NamelessDay(day=ago(days=40).date(), secret=bytes(32)))
        past.forget_secrets()
        assert len(db.session.scalars(sa.select(NamelessDay.day)).all()) == 2


def test_what_was_deleted_is_led_back_to_nobody_and_never_counts_again(
    app: Flask, client: FlaskClient, as_mira: Headers, as_ada: Headers, songs: list[int]
) -> None:
    reports = [report(songs[0], ago(minutes=50)), report(songs[1], ago(minutes=40)), report(songs[0], ago(days=3))]
    assert hear(client, as_mira, *reports) == 3
    [latest, _, oldest] = history(client, as_mira)
    assert client.delete(f"/api/plays/{latest['id']}", headers=as_ada).status_code == 404
    assert client.delete(f"/api/plays/{latest['id']}", headers=as_mira).status_code == 200
    assert client.delete(f"/api/plays/{latest['id']}", headers=as_mira).status_code == 404
    assert client.delete(f"/api/plays/{2**70}", headers=as_mira).status_code == 404
    assert client.delete(f"/api/plays?day={oldest['day']}", headers=as_mira).json["data"] == {"forgotten": 1}
    assert hours(app) == hours_of_ledger(app)
    assert hear(client, as_mira, *({**one, "heard_ms": 120_000} for one in reports)) == 0
    assert len(history(client, as_mira)) == 1
    assert client.delete("/api/plays", headers=as_mira).status_code == 422
    assert client.delete("/api/plays?all=true", headers=as_mira).json["data"] == {"forgotten": 1}
    assert history(client, as_mira) == []
    assert hours(app) == {}
    assert hear(client, as_mira, *reports) == 0
    assert {(name[0], listener) for name, listener, _, _ in ledger(app)} == {("n", None)}
    with app.app_context():
        assert db.session.scalars(sa.select(Song.plays).order_by(Song.id)).all() == [2, 1]


def test_what_left_a_history_comes_back_as_it_was_and_nothing_else(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, songs: list[int]
) -> None:
    hear(client, as_mira, *(report(songs[0], noon(1, minutes)) for minutes in (0, 10, 20)))
    client.patch("/api/listening", json={"keeps_history": False}, headers=as_mira)
    hear(client, as_mira, report(songs[1], noon(1, 30)))
    before = hours(app)
    first, second, third = history(client, as_mira)
    with app.app_context():
        person = people.person_with_id(mira.id)
        past.forget_play(person, first["id"])
        one = past.forget_play(person, second["id"])
        assert past.bring_back(person, one) == 1
        assert past.bring_back(person, one) == 0
        day = past.forget_day(person, datetime.fromisoformat(third["started_at"]).date())
    assert history(client, as_mira) == []
    assert hours(app) == {}
    with app.app_context():
        assert past.bring_back(people.person_with_id(mira.id), day) == day.count
    assert [play["id"] for play in history(client, as_mira)] == [second["id"], third["id"]]
    assert hours(app) == hours_of_ledger(app) != before


def test_a_history_is_searched_paged_and_read_by_day(
    app: Flask, client: FlaskClient, as_mira: Headers, songs: list[int]
) -> None:
    hear(
        client,
        as_mira,
        *(report(song_id, ago(days, 15 * at)) for days in (0, 2) for at, song_id in enumerate(songs, 1)),
    )
    for words, found in (("ardal", 2), ("nils neap", 2), ("hollar", 4), ("100%", 2), ("%", 0), ("_", 0), ("lull", 0)):
        assert len(history(client, as_mira, f"?q={words.replace('%', '%25')}")) == found, words
    plays = history(client, as_mira)
    assert all(a["started_at"] > b["started_at"] for a, b in pairwise(plays))
    for day in {play["day"] for play in plays}:
        assert history(client, as_mira, f"?day={day}") == [play for play in plays if play["day"] == day]
    page = client.get("/api/plays?limit=3&q=nils", headers=as_mira).json
    rest = client.get(f"/api/plays?limit=3&q=nils&cursor={page['next']}", headers=as_mira).json
    assert [*page["data"], *rest["data"]] == plays
    recent = client.get("/api/plays/recent", headers=as_mira).json["data"]
    assert recent == plays[:2]
    [latest] = client.get("/api/plays/recent?limit=1", headers=as_mira).json["data"]
    assert latest == plays[0]
    assert client.get("/api/plays?day=soon", headers=as_mira).status_code == 422


def test_plays_and_deletions_at_once_leave_sums_that_equal_the_ledger(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, songs: list[int]
) -> None:
    _, [album] = fill_catalogue(app, nils.id, albums=1, songs_each=1)
    start = ago(minutes=600)

    def act(place: int) -> None:
        own = app.test_client()
        batch = [report(song_id, start + timedelta(minutes=20 * place + at)) for at, song_id in enumerate(songs)]
        hear(own, as_mira, *(batch if place % 2 else batch[::-1]))
        if place % 3 == 0:
            own.delete("/api/plays?all=true", headers=as_mira)
        elif place % 3 == 1:
            for play in history(own, as_mira)[:2]:
                own.delete(f"/api/plays/{play['id']}", headers=as_mira)

    with ThreadPoolExecutor(8) as together:
        list(together.map(act, range(12)))
    assert hours(app) == hours_of_ledger(app)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Play.id))) == 24
        assert db.session.scalars(sa.select(Song.plays).where(Song.id.in_(songs))).all() == [12, 12]
        assert db.session.get_one(Album, album).plays == 0
