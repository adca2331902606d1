"""Claims about a listener's own numbers: they equal the ledger, in every period, and cost the same after years."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import writing
from plugins.catalog.models import ListenerHour
from plugins.catalog.services.counters import More
from plugins.catalog.services.statistics.periods import bucketed, period_of
from plugins.catalog.views.history import SOURCES
from tests.people import Somebody, sign_in
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, ready_song, set_song
from tests.plugins.catalog.reporting import ago, hear, noon, report

NOON = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
TODAY = NOON.date()
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Sunday, 22 November 2026, noon."""
    monkeypatch.setattr("plugins.catalog.services.statistics.listening.now", lambda: NOON)


def rows(page: str) -> int:
    """How many songs a page lists."""
    return len(re.findall(r'<li class="row[^"]*" data-song="\d', page))


def keep(app: Flask, person: Somebody, *rows: tuple[date, int, int, int, int]) -> None:
    """Put sums in their place: (day, hour, song, plays, minutes)."""
    with app.app_context(), writing() as unit:
        for day, hour, song_id, plays, minutes in rows:
            ms = minutes * 60_000
            unit.add(ListenerHour(user_id=person.id, day=day, hour=hour, song_id=song_id, plays=plays, heard_ms=ms))


@pytest.mark.parametrize(
    ("name", "first", "before", "step"),
    [
        ("7d", date(2026, 11, 16), (date(2026, 11, 9), date(2026, 11, 15)), "day"),
        ("30d", date(2026, 10, 24), (date(2026, 9, 24), date(2026, 10, 23)), "day"),
        ("12m", date(2025, 12, 1), (date(2024, 12, 1), date(2025, 11, 22)), "month"),
        ("all", date(2026, 1, 5), (None, None), "month"),
    ],
)
def test_a_period_ends_today_and_follows_one_as_long(
    name: str, first: date, before: tuple[date | None, date | None], step: str
) -> None:
    period = period_of(name, TODAY, date(2026, 1, 5))  # type: ignore[arg-type]
    assert (period.first, period.last, period.step) == (first, TODAY, step)
    assert (period.before_first, period.before_last) == before


def test_stretches_leave_no_day_out_and_count_none_twice() -> None:
    first, last = date(2026, 1, 28), date(2026, 3, 2)
    sums = {first + timedelta(days=n): More(1, n) for n in range((last - first).days + 1)}
    for step, count in (("day", 34), ("week", 6), ("month", 3)):
        found = bucketed(sums, first, last, step)  # type: ignore[arg-type]
        assert len(found) == count
        assert sum(bucket.plays for bucket in found) == len(sums)
        assert sum(bucket.heard_ms for bucket in found) == sum(more.heard_ms for more in sums.values())
        assert found[0].first == first
    leap = period_of("12m", date(2028, 2, 29), TODAY)
    assert (leap.first, leap.before_last) == (date(2027, 3, 1), date(2027, 2, 28))


def test_numbers_equal_what_was_heard_in_each_period(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers, as_ada: Headers, at_noon: None
) -> None:
    neap = ready_song(app, nils.id, "Neap", album="Tides", genre="Folk")
    lull, hidden = ready_song(app, nils.id, "Lull", genre="Ambient"), ready_song(app, nils.id, "Gone")
    set_song(app, hidden, hidden_at=NOON)
    keep(
        app,
        mira,
        (TODAY, 9, neap, 2, 6),
        (TODAY, 9, hidden, 1, 3),
        (TODAY - timedelta(days=6), 23, lull, 3, 10),
        (TODAY - timedelta(days=7), 0, lull, 4, 12),
        (TODAY - timedelta(days=29), 8, neap, 1, 3),
        (TODAY - timedelta(days=300), 8, neap, 5, 15),
        (TODAY - timedelta(days=400), 8, neap, 7, 21),
        (TODAY - timedelta(days=4000), 8, lull, 1, 3),
    )

    def asked(period: str) -> dict[str, object]:
        answer = client.get(f"/api/stats/me?period={period}", headers=as_mira)
        assert answer.status_code == 200
        found: dict[str, object] = answer.json["data"]
        return found

    for period, plays, minutes, before, days in (
        ("7d", 6, 19, 4, 2),
        ("30d", 11, 34, 0, 4),
        ("12m", 16, 49, 7, 5),
        ("all", 24, 73, None, 7),
    ):
        found = asked(period)
        assert (found["plays"], found["heard_ms"], found["days"]) == (plays, minutes * 60_000, days), period
        assert (found["before"] and found["before"]["plays"]) == before  # type: ignore[index]
        for name in ("plays", "heard_ms"):
            assert sum(bucket[name] for bucket in found["series"]) == found[name]  # type: ignore[attr-defined]
        assert sum(map(sum, found["ms_by_hour"])) == found["heard_ms"]  # type: ignore[arg-type]
    week = client.get("/api/stats/me?period=7d", headers=as_mira).json["data"]
    assert (week["ms_by_hour"][6][9], week["ms_by_hour"][0][23]) == (540_000, 600_000)
    assert [(one["song"]["title"], one["plays"]) for one in week["songs"]] == [("Lull", 3), ("Neap", 2)]
    assert [(one["artist"]["name"], one["plays"], one["heard_ms"]) for one in week["artists"]] == [
        ("Nils Hollar", 5, 960_000)
    ]
    assert [(one["album"]["title"], one["plays"]) for one in week["albums"]] == [("Tides", 2)]
    assert [(one["genre"]["name"], one["plays"]) for one in week["genres"]] == [("Ambient", 3), ("Folk", 2)]
    assert client.get("/api/stats/me?period=7d", headers=as_ada).json["data"]["plays"] == 0
    for kind, found in (("songs", week["songs"][1]["song"]), ("artists", week["artists"][0]["artist"])):
        client.put(f"/api/{kind}/{found['id']}/favourite", headers=as_mira)
    week = client.get("/api/stats/me?period=7d", headers=as_mira).json["data"]
    assert [one["song"]["favourite"] for one in week["songs"]] == [False, True]
    assert [one["artist"]["favourite"] for one in week["artists"]] == [True]
    assert client.get("/api/stats/me?period=8d", headers=as_mira).status_code == 422


def test_years_of_listening_cost_as_many_statements_as_a_day(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    fill_catalogue(app, nils.id, albums=4, songs_each=5)
    paths = {
        "/history": 6,
        "/recent": 5,
        "/api/plays?q=crossing": 3,
        "/api/plays/recent": 3,
        "/statistics?period=all": 9,
        "/api/stats/me?period=all": 8,
    }

    def asked() -> dict[str, int]:
        counts = {}
        for path in paths:
            client.get(path, headers=as_mira)
            with Counted(app) as counted:
                assert client.get(path, headers=as_mira).status_code == 200, path
            counts[path] = len([one for one in counted.statements if " site_" not in one])
        return counts

    hear(client, as_mira, report(1, ago()))
    few = asked()
    hear(client, as_mira, *(report(n % 20 + 1, ago(n % 29, 10 + 5 * n)) for n in range(90)))
    keep(app, mira, *((TODAY - timedelta(days=40 + n), n % 24, n % 20 + 1, 1, 3) for n in range(1000)))
    many = asked()
    assert {path: count for path, count in many.items() if count > paths[path]} == {}
    assert {path: (few[path], count) for path, count in many.items() if count > few[path]} == {}


def test_the_pages_of_a_history_say_what_was_heard_and_let_it_go_and_come_back(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    assert client.get("/history").status_code == 302
    neap, lull = (
        ready_song(app, nils.id, "Neap & <Tide>", album="Tides", genre="Folk"),
        ready_song(app, nils.id, "Lull"),
    )
    sign_in(client, mira)
    for path, words in (
        ("/history", "Nothing played yet"),
        ("/recent", "Nothing played"),
        ("/statistics", "Nothing heard"),
    ):
        assert words in client.get(path).text
    hear(client, as_mira, report(neap, noon(1, 20)), report(lull, noon(1)), report(neap, noon(2)))
    page = client.get("/history").text
    assert page.count("Neap &amp; &lt;Tide&gt;</a>") == 2
    assert "Yesterday" in page
    assert "Lull" not in client.get("/history?q=neap").text
    assert rows(client.get("/recent").text) == 2
    statistics = client.get("/statistics?period=7d").text
    for words in ("Minutes a day", "By weekday and hour", "Show as a table", "Tides", "Folk", "Nils Hollar", "3 min"):
        assert words in statistics, words

    def act(path: str, **fields: str) -> str:
        token = client.get("/history").text.partition('name="csrf-token" content="')[2].partition('"')[0]
        done = client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)
        assert done.status_code == 200, done.text
        return done.text

    yesterday = client.get("/api/plays", headers=as_mira).json["data"][0]["day"]
    assert "2 plays have left your history" in act(f"/history/days/{yesterday}/forget")
    assert "2 plays have left your history" in act(f"/history/days/{yesterday}/forget")
    assert rows(client.get("/history").text) == 1
    assert "2 plays have come back" in act("/history/undo")
    assert "It is too late" in act("/history/undo")
    assert rows(client.get("/history").text) == 3
    play = client.get("/api/plays", headers=as_mira).json["data"][0]["id"]
    assert "has left your history" in act(f"/history/plays/{play}/forget")
    assert "no longer kept" in act("/history/keeping", keeps="0")
    assert "switched off" in client.get("/history").text
    assert "Keep my history again" in client.get("/history").text
    assert "2 plays have left" in act("/history/forget")
    assert "Nothing played yet" in client.get("/history").text
    assert client.post("/history/days/someday/forget", data={"csrf_token": "x"}).status_code == 400


def test_a_history_has_words_for_every_place_that_music_is_played_from() -> None:
    templates = [*(ROOT / "templates").rglob("*.html"), *ROOT.glob("plugins/*/templates/**/*.html")]
    places = {place for path in templates for place in re.findall(r'source="(\w+)"', path.read_text())}
    assert "album" in places
    assert places - SOURCES.keys() == set()
