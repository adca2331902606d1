"""Claims about who listens to an artist: sums that equal the ledger, and nobody who can be recognised."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.blocks import Section, as_json, from_json
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.plugins.slots import contributions
from musicapp.site.stored_settings import store_settings
from musicapp.spans import Span, span_to
from plugins.auth.models import User
from plugins.catalog.models import ArtistDay, ArtistListener, ArtistSpan, Song, SongDay, WaitingDay
from plugins.catalog.services import removing
from plugins.catalog.services.audience import WAYS, count_audiences
from plugins.catalog.services.audience.publishing import published_artists
from plugins.catalog.views.history import SOURCES
from tests.people import Somebody, sign_in
from tests.plugins.catalog.music import Counted, Headers, ready_song, set_song
from tests.plugins.catalog.reporting import ago, hear, noon, report

Numbers = dict[str, Any]


def count(app: Flask) -> None:
    """Do what the job does."""
    with app.app_context():
        count_audiences(lambda _done: None)


def numbers(client: FlaskClient, headers: Headers, query: str = "") -> Numbers:
    answer = client.get(f"/api/stats/artist{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: Numbers = answer.json["data"]
    return found


def song_days(app: Flask) -> dict[date, int]:
    """The plays of all songs by day, as their own days say."""
    with app.app_context():
        query = sa.select(SongDay.day, sa.func.sum(SongDay.plays)).group_by(SongDay.day)
        return {day: int(plays) for day, plays in db.session.execute(query) if plays}


def shown_days(found: Numbers) -> dict[date, int]:
    """The plays by day that an answer tells of, both spans together."""
    first = date.fromisoformat(found["from"]) - timedelta(days=found["days"])
    series = found["plays_by_day_before"] + found["plays_by_day"]
    return {first + timedelta(days=n): plays for n, plays in enumerate(series) if plays}


def kept(app: Flask) -> list[Any]:
    """Every row that the job keeps."""
    with app.app_context():
        tables = [table.__table__ for table in (ArtistDay, ArtistListener, ArtistSpan, WaitingDay)]
        return [
            tuple(row) for table in tables for row in db.session.execute(sa.select(table).order_by(*table.columns[:3]))
        ]


def test_totals_equal_the_song_days_to_the_play_whatever_happens(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    neap, lull = ready_song(app, nils.id, "Neap", album="Tides"), ready_song(app, nils.id, "Lull")
    people = listeners(4)
    for n, person in enumerate(people):
        hear(client, person, report(neap, noon(3, 3 * n)), report(lull, noon(3, 20 + 3 * n), source="search"))
        hear(client, person, report(neap, noon(1, 3 * n), source="playlist"), report(neap, noon(2), heard_ms=20_000))
    assert numbers(client, as_nils)["plays"] == 0
    count(app)
    found = numbers(client, as_nils)
    assert shown_days(found) == song_days(app)
    assert (found["plays"], found["listeners"], found["new_listeners"], found["returning_listeners"]) == (12, 4, 4, 0)
    assert found["sources"] == [{"source": source, "plays": 4} for source in ("album", "playlist", "search")]

    before = kept(app)
    count(app)
    assert kept(app) == before

    for person in people:
        hear(client, person, report(neap, noon(28)))
    hear(client, people[0], report(lull, noon(29)))
    count(app)
    found = numbers(client, as_nils)
    assert shown_days(found) == song_days(app)
    assert (found["plays"], found["before"]["plays"], found["returning_listeners"]) == (12, 5, 4)

    assert client.delete("/api/plays?all=true", headers=people[0]).json["data"]["forgotten"] == 6
    count(app)
    found = numbers(client, as_nils)
    assert (found["plays"], found["before"]["plays"], found["nameless_listeners"]) == (12, 5, 2)
    assert shown_days(found) == song_days(app)
    assert not any("u" + str(nils.id + 1) == value for row in kept(app) for value in row)

    set_song(app, lull, deleted_at=now() - timedelta(days=400))
    with app.app_context():
        assert removing.purge() == 1
    count(app)
    found = numbers(client, as_nils)
    assert shown_days(found) == song_days(app)
    assert (found["plays"], [song["title"] for song in found["songs"]]) == (8, ["Neap"])


def test_what_fewer_than_three_listeners_did_is_not_broken_down(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    neap = ready_song(app, nils.id, "Neap")
    people = listeners(4)
    client.patch("/api/listening", json={"keeps_history": False}, headers=people[3])
    for person in people[:2]:
        hear(client, person, report(neap, noon(3)))
    for days in (4, 5, 6):
        hear(client, people[1], report(neap, noon(days), source="playlist"))
    count(app)
    found = numbers(client, as_nils)
    assert (found["plays"], found["listeners"], found["new_listeners"]) == (5, None, None)
    assert (found["sources"], found["plays_from_other_sources"], found["plays_by_hour"]) == ([], 0, [])
    assert [song["completed_percent"] for song in found["songs"]] == [None]

    for days in (7, 8, 9):
        hear(client, people[3], report(neap, noon(days), source="search"))
    count(app)
    found = numbers(client, as_nils)
    assert (found["listeners"], found["nameless_listeners"]) == (5, 3)
    assert (found["sources"], found["plays_from_other_sources"]) == ([], 8)

    hear(client, people[2], report(neap, noon(3)))
    count(app)
    found = numbers(client, as_nils)
    assert found["sources"] == [{"source": "album", "plays": 3}]
    assert found["plays_from_other_sources"] == 6
    assert found["plays_by_hour"][noon(3).weekday()][12] == 3
    assert Counter(cell for row in found["plays_by_hour"] for cell in row)[None] == 6


def test_days_and_hours_are_those_of_the_sites_clock_and_spans_end_today(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    with app.app_context():
        store_settings("site", {"time_zone": "Pacific/Auckland"})
    neap, at = ready_song(app, nils.id, "Neap"), noon(3)
    for person in listeners(3):
        hear(client, person, report(neap, at), report(neap, noon(29)))
    count(app)
    there = at.astimezone(ZoneInfo("Pacific/Auckland"))
    found = numbers(client, as_nils)
    assert shown_days(found) == song_days(app)
    assert found["plays_by_hour"][there.weekday()][there.hour] == 3
    today = date.fromisoformat(found["to"])
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(ArtistSpan).values(last_on=today - timedelta(days=1), found={"of": "yesterday"}))
    assert numbers(client, as_nils)["listeners"] == 3
    count(app)
    with app.app_context():
        spans = db.session.execute(sa.select(ArtistSpan.days, ArtistSpan.last_on, ArtistSpan.found)).all()
    assert {(days, last_on, found["listeners"]) for days, last_on, found in spans} == {
        (days, today, 3) for days in (7, 28, 90, 365)
    }


def test_spans_are_kept_for_artists_whose_people_were_here_lately_and_counted_for_the_others_when_they_ask(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    neap = ready_song(app, nils.id, "Neap")
    for person in listeners(3):
        hear(client, person, report(neap, noon(3)))

    def seen(days: int) -> None:
        with app.app_context(), writing() as unit:
            unit.execute(sa.update(User).where(User.id == nils.id).values(last_seen_at=now() - timedelta(days=days)))

    def spans() -> int:
        with app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(ArtistSpan)) or 0

    seen(15)
    count(app)
    assert spans() == 0
    told = numbers(client, as_nils)
    assert (told["plays"], told["listeners"], shown_days(told)) == (3, 3, song_days(app))
    seen(1)
    count(app)
    assert spans() == 4
    assert {**numbers(client, as_nils), "counted_until": ""} == {**told, "counted_until": ""}


def test_an_artists_numbers_are_theirs_alone(
    app: Flask,
    client: FlaskClient,
    nils: Somebody,
    as_nils: Headers,
    as_ada: Headers,
    as_mira: Headers,
    as_admin: Headers,
) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    with app.app_context():
        artist_id = db.session.scalar(sa.select(Song.artist_id).where(Song.id == song_id))
    path = f"/api/stats/artist?artist={artist_id}"
    for headers, status in ((as_nils, 200), (as_ada, 404), (as_mira, 403), (as_admin, 200), (None, 401)):
        assert client.get(path, headers=headers).status_code == status
    assert client.get("/api/stats/artist", headers=as_ada).status_code == 404
    assert client.get("/api/stats/artist?days=29", headers=as_nils).status_code == 422
    assert client.get("/api/stats/artist?days=90", headers=as_nils).json["data"]["days"] == 90


def test_marks_and_what_came_out_stand_beside_the_plays(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_mira: Headers, as_ada: Headers
) -> None:
    neap = ready_song(app, nils.id, "Neap", album="Salt Almanac")
    for headers, stars in ((as_mira, 5), (as_ada, 4)):
        client.put(f"/api/songs/{neap}/rating", json={"stars": stars}, headers=headers)
        client.put(f"/api/songs/{neap}/favourite", headers=headers)
    for headers in (as_mira, as_nils):
        client.post(f"/api/songs/{neap}/comments", json={"text": "So it goes."}, headers=headers)
    found = numbers(client, as_nils)
    assert (found["saves"], found["ratings"], found["comments"]) == (2, {"count": 2, "average": 4.5}, 1)
    assert found["before"]["saves"] == 0
    assert [release["title"] for release in found["releases"]] == ["Salt Almanac"]


def test_the_page_says_the_same_and_costs_as_much_for_many_plays_as_for_few(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    sign_in(client, nils)
    assert "You do not publish as an artist yet" in client.get("/studio/statistics").text
    songs = [ready_song(app, nils.id, f"Song {n}", album="Salt Almanac") for n in range(3)]
    assert "Nobody has heard you in this time" in client.get("/studio/statistics").text

    def asked() -> tuple[int, str]:
        client.get("/studio/statistics")
        with Counted(app) as counted:
            page = client.get("/studio/statistics")
        assert page.status_code == 200
        return len([one for one in counted.statements if " site_" not in one]), page.text

    people = listeners(3)
    visitor = app.test_client()
    for person in people:
        hear(visitor, person, report(songs[0], noon(1)))
    _, page = asked()
    assert "Nobody has heard you" in page
    count(app)
    few, page = asked()
    assert "updated just now" in page
    assert "Export as CSV" in page
    assert "Salt Almanac came out" in page
    assert "3 heard you for the first time" in page
    for person in people:
        hear(visitor, person, *(report(songs[n % 3], ago(n % 25, 10 + 5 * n)) for n in range(60)))
    count(app)
    many, page = asked()
    assert many <= few <= 9
    assert re.search(r"<dt>Plays</dt><dd class=\"big\">183</dd>", page)
    for days in (7, 90, 365):
        assert client.get(f"/studio/statistics?days={days}").status_code == 200


def test_the_monthly_report_says_what_the_studio_says(
    app: Flask, client: FlaskClient, nils: Somebody, ada: Somebody, listeners: Callable[[int], list[Headers]]
) -> None:
    neap, draft = ready_song(app, nils.id, "Neap"), ready_song(app, ada.id, "Lull")
    set_song(app, draft, published_at=None)
    for person in listeners(3):
        hear(client, person, report(neap, noon(1), source="search"), report(neap, noon(15)))
    with app.app_context():
        artist_id = db.session.scalar(sa.select(Song.artist_id).where(Song.id == neap)) or 0
        assert published_artists((0, -1), 10) == [(nils.id, artist_id, "Nils Hollar")]
        assert published_artists((nils.id, artist_id), 10) == []
        pair, span = (nils.id, artist_id), span_to(now().date() - timedelta(days=1), 10)
        assert sections(app, pair, span_to(date(2001, 2, 28), 28)) == []
        assert WAYS.keys() >= SOURCES.keys()
        headline, figures, series, ranking, shares = sections(app, pair, span)
    assert (headline.figure.value, headline.figure.before) == (3, 3)
    assert [(one.label, one.value, one.before) for one in figures.figures[:2]] == [("Listeners", 3, 3), ("Saves", 0, 0)]
    assert (sum(series.values), sum(series.before), len(series.labels)) == (3, 3, 10)
    assert [(line.title, line.value) for line in ranking.lines] == [("Neap", 3)]
    assert [(line.title, line.value) for line in shares.lines] == [("Search", 3)]


def test_no_play_is_missed_that_comes_while_days_are_counted(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, listeners: Callable[[int], list[Headers]]
) -> None:
    songs = [ready_song(app, nils.id, title, album="Tides") for title in ("Neap", "Lull", "Spring")]

    def listen(place: int, headers: Headers) -> int:
        order = songs[place % 3 :] + songs[: place % 3]
        return sum(
            hear(app.test_client(), headers, report(song_id, ago(0, 40 - 5 * n))) for n, song_id in enumerate(order)
        )

    def count_often(_: int) -> None:
        for _ in range(6):
            count(app)

    people = listeners(5)
    with ThreadPoolExecutor(7) as together:
        counting = [together.submit(count_often, n) for n in range(2)]
        assert sum(together.map(listen, range(5), people)) == 15
        for one in counting:
            one.result()
    count(app)
    found = numbers(client, as_nils)
    assert (found["plays"], found["listeners"]) == (15, 5)
    assert shown_days(found) == song_days(app)
    with app.app_context():
        assert db.session.scalars(sa.select(WaitingDay.day)).all() == []


def sections(app: Flask, pair: tuple[int, int], span: Span) -> list[Any]:
    """All blocks that music contributes to an artist's report, as they are after they were kept."""
    parts = [part for part in contributions("reports.section") if part.audience == "artist"]
    kept = [as_json([Section(part.heading, list(part.call(*pair, span)))]) for part in parts]
    return [block for section in kept for one in from_json(section) for block in one.blocks]
