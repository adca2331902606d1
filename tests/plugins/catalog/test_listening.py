"""The play ledger: what counts, once, and never more than can be true."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db
from musicapp.plugins.declared import Listener
from musicapp.plugins.site import site_of
from musicapp.site.stored_settings import store_settings
from plugins.catalog.events import SongPlayed
from plugins.catalog.models import Album, Artist, Play, Song, SongDay
from tests.people import Somebody, sign_in
from tests.plugins.catalog.music import Headers, fetch, ready_song, set_song

A_MINUTE = timedelta(minutes=1)
Report = dict[str, object]


@pytest.fixture
def song_id(app: Flask, nils: Somebody) -> int:
    """A song of three minutes."""
    return ready_song(app, nils.id)


def heard(song_id: int, heard_ms: int, ago: timedelta = 10 * A_MINUTE, **more: object) -> Report:
    return {"song_id": song_id, "started_at": (now() - ago).isoformat(), "heard_ms": heard_ms, **more}


def tell(client: FlaskClient, headers: Headers | None, *reports: Report) -> dict[str, int]:
    answer = client.post("/api/plays", json={"plays": list(reports)}, headers=headers)
    assert answer.status_code == 200, answer.text
    data: dict[str, int] = answer.json["data"]
    return data


def plays_of(app: Flask, song_id: int) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(Song.plays).where(Song.id == song_id)) or 0


def days_of(app: Flask, song_id: int) -> list[tuple[str, int, int]]:
    with app.app_context():
        rows = db.session.execute(sa.select(SongDay.day, SongDay.plays, SongDay.heard_ms).order_by(SongDay.day))
        return [(day.isoformat(), plays, ms) for day, plays, ms in rows]


def test_half_a_minute_counts_as_one_play(app: Flask, client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    assert tell(client, as_mira, heard(song_id, 30_000)) == {"kept": 1, "counted": 1}
    assert plays_of(app, song_id) == 1
    assert [(plays, ms) for _, plays, ms in days_of(app, song_id)] == [(1, 30_000)]


def test_less_than_half_a_minute_is_kept_and_does_not_count(
    app: Flask, client: FlaskClient, as_mira: Headers, song_id: int
) -> None:
    assert tell(client, as_mira, heard(song_id, 29_999)) == {"kept": 1, "counted": 0}
    assert plays_of(app, song_id) == 0
    assert [(plays, ms) for _, plays, ms in days_of(app, song_id)] == [(0, 29_999)]


def test_of_a_short_song_half_is_enough(app: Flask, client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    set_song(app, song_id, duration_s=20.0)
    assert tell(client, as_mira, heard(song_id, 9_999))["counted"] == 0
    assert tell(client, as_mira, heard(song_id, 10_000, 5 * A_MINUTE))["counted"] == 1


def test_the_same_report_twice_is_one(app: Flask, client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    report = heard(song_id, 45_000)
    assert tell(client, as_mira, report) == {"kept": 1, "counted": 1}
    assert tell(client, as_mira, report, report) == {"kept": 1, "counted": 0}
    assert plays_of(app, song_id) == 1
    assert [(plays, ms) for _, plays, ms in days_of(app, song_id)] == [(1, 45_000)]


def test_a_longer_report_lengthens_its_play(app: Flask, client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    report = heard(song_id, 12_000)
    assert tell(client, as_mira, report)["counted"] == 0
    assert tell(client, as_mira, {**report, "heard_ms": 180_000, "completed": True})["counted"] == 1
    assert tell(client, as_mira, {**report, "heard_ms": 20_000})["counted"] == 0
    with app.app_context():
        [play] = db.session.scalars(sa.select(Play))
        assert (play.heard_ms, play.completed, play.counted) == (180_000, True, True)
    assert [(plays, ms) for _, plays, ms in days_of(app, song_id)] == [(1, 180_000)]


def test_nobody_hears_longer_than_time_has_passed(
    app: Flask, client: FlaskClient, as_mira: Headers, song_id: int
) -> None:
    assert tell(client, as_mira, heard(song_id, 180_000, timedelta(seconds=10)))["counted"] == 0
    with app.app_context():
        [ms] = db.session.scalars(sa.select(Play.heard_ms))
    assert 9_000 <= ms <= 15_000


def test_a_hundred_plays_begun_together_are_no_more_than_the_time(
    app: Flask, client: FlaskClient, as_mira: Headers, song_id: int
) -> None:
    start = now() - 2 * A_MINUTE
    reports = [
        {"song_id": song_id, "started_at": (start + timedelta(milliseconds=n)).isoformat(), "heard_ms": 30_000}
        for n in range(100)
    ]
    assert tell(client, as_mira, *reports)["counted"] == 4
    with app.app_context():
        total_ms = db.session.scalar(sa.select(sa.func.sum(Play.heard_ms)))
    assert total_ms is not None and total_ms <= 125_000


def test_two_songs_one_after_the_other_count_both(
    app: Flask, client: FlaskClient, as_mira: Headers, nils: Somebody, song_id: int
) -> None:
    other = ready_song(app, nils.id, "Lull")
    first, second = heard(song_id, 180_000, 6 * A_MINUTE), heard(other, 170_000, 3 * A_MINUTE)
    assert tell(client, as_mira, first, second) == {"kept": 2, "counted": 2}


@pytest.mark.parametrize("ago", [timedelta(days=31), timedelta(minutes=-5)], ids=["long ago", "ahead"])
def test_plays_from_the_future_or_long_ago_are_passed_over(
    client: FlaskClient, as_mira: Headers, song_id: int, ago: timedelta
) -> None:
    assert tell(client, as_mira, heard(song_id, 60_000, ago)) == {"kept": 0, "counted": 0}


def test_songs_that_one_may_not_hear_do_not_count(
    app: Flask, client: FlaskClient, as_mira: Headers, nils: Somebody, as_nils: Headers, song_id: int
) -> None:
    draft = ready_song(app, nils.id, "Lull")
    set_song(app, draft, published_at=None)
    assert tell(client, as_mira, heard(draft, 60_000), heard(999, 60_000))["kept"] == 0
    assert tell(client, as_nils, heard(draft, 60_000))["kept"] == 0
    assert plays_of(app, draft) == 0


def test_a_visitor_counts_from_their_first_visit_on(
    app: Flask, visitor: FlaskClient, song_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(visitor, f"/api/songs/{song_id}/audio")
    assert tell(visitor, None, heard(song_id, 60_000, 10 * A_MINUTE))["kept"] == 0
    later = now() + 10 * A_MINUTE
    monkeypatch.setattr("plugins.catalog.services.listening.now", lambda: later)
    started = (later - 2 * A_MINUTE).isoformat()
    report = {"song_id": song_id, "started_at": started, "heard_ms": 60_000}
    assert tell(visitor, None, report) == {"kept": 1, "counted": 1}
    assert tell(visitor, None, report)["counted"] == 0
    assert plays_of(app, song_id) == 1


def test_the_same_batch_sent_many_times_at_once_counts_once(
    app: Flask, client: FlaskClient, as_mira: Headers, nils: Somebody, song_id: int
) -> None:
    other = ready_song(app, nils.id, "Lull")
    batch = [heard(song_id, 60_000, 20 * A_MINUTE), heard(other, 60_000, 10 * A_MINUTE)]

    def send(_: int) -> int:
        return tell(app.test_client(), as_mira, *batch)["counted"]

    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(send, range(8))) == 2
    assert (plays_of(app, song_id), plays_of(app, other)) == (1, 1)
    assert sorted((plays, ms) for _, plays, ms in days_of(app, song_id)) == [(1, 60_000), (1, 60_000)]


def test_plays_of_many_listeners_at_once_are_all_counted(
    app: Flask, client: FlaskClient, nils: Somebody, listeners: Callable[[int], list[Headers]]
) -> None:
    songs = [ready_song(app, nils.id, title, album="Tides") for title in ("Neap", "Lull")]
    single = ready_song(app, nils.id, "Spring")

    def send(place: int, headers: Headers) -> int:
        order = songs if place % 2 else songs[::-1]
        clicks = [heard(song_id, 40_000, minutes * A_MINUTE) for song_id, minutes in zip(order, (40, 30), strict=True)]
        together = tell(app.test_client(), headers, *clicks)["counted"]
        return together + tell(app.test_client(), headers, heard(single, 40_000, 10 * A_MINUTE))["counted"]

    people = listeners(8)
    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(send, range(8), people)) == 24
    assert [plays_of(app, song_id) for song_id in (*songs, single)] == [8, 8, 8]
    assert sum(plays for _, plays, _ in days_of(app, single)) == 24
    with app.app_context():
        assert (db.session.scalar(sa.select(Album.plays)), db.session.scalar(sa.select(Artist.plays))) == (16, 24)


def test_a_day_is_a_day_of_the_sites_time_zone(
    app: Flask, client: FlaskClient, as_mira: Headers, song_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        store_settings("site", {"time_zone": "Pacific/Auckland"})
    noon = datetime.fromisoformat("2026-06-10T12:30:00+00:00")
    monkeypatch.setattr("plugins.catalog.services.listening.now", lambda: noon + A_MINUTE)
    tell(client, as_mira, {"song_id": song_id, "started_at": noon.isoformat(), "heard_ms": 40_000})
    assert [day for day, _, _ in days_of(app, song_id)] == ["2026-06-11"]


def test_a_counted_play_is_told_once(app: Flask, client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    told: list[SongPlayed] = []
    site_of(app).listeners.setdefault(SongPlayed, []).append(Listener("tests", SongPlayed, told.append, False))
    report = heard(song_id, 10_000, source="album")
    for heard_ms in (10_000, 50_000, 60_000):
        tell(client, as_mira, {**report, "heard_ms": heard_ms})
    assert [(event.song_id, event.heard_ms, event.source) for event in told] == [(song_id, 50_000, "album")]


def test_one_sees_what_one_heard_and_nobody_elses(
    client: FlaskClient, as_mira: Headers, as_nils: Headers, song_id: int
) -> None:
    tell(client, as_mira, heard(song_id, 40_000, source="search"))
    [play] = client.get("/api/plays", headers=as_mira).json["data"]
    assert (play["song"]["id"], play["heard_ms"], play["source"]) == (song_id, 40_000, "search")
    assert client.get("/api/plays", headers=as_nils).json["data"] == []
    assert client.get("/api/plays").status_code == 401


@pytest.mark.parametrize(
    "report",
    [
        {"heard_ms": -1},
        {"heard_ms": 10**12},
        {"started_at": "yesterday"},
        {"started_at": "2026-06-10T12:30:00"},
        {"song_id": 2**40},
        {"song_id": "1; DROP TABLE"},
        {"source": "<script>"},
        {"counted": True},
    ],
)
def test_reports_that_do_not_fit_are_refused(
    client: FlaskClient, as_mira: Headers, song_id: int, report: Report
) -> None:
    answer = client.post("/api/plays", json={"plays": [{**heard(song_id, 40_000), **report}]}, headers=as_mira)
    assert answer.status_code == 422


def test_more_than_a_hundred_reports_are_refused(client: FlaskClient, as_mira: Headers, song_id: int) -> None:
    answer = client.post("/api/plays", json={"plays": [heard(song_id, 1)] * 101}, headers=as_mira)
    assert answer.status_code == 422


def test_the_player_of_a_person_reports_with_the_sessions_token(
    client: FlaskClient, mira: Somebody, song_id: int
) -> None:
    sign_in(client, mira)
    refused = client.post("/api/plays", json={"plays": [heard(song_id, 40_000)]})
    assert refused.status_code == 400
    page = client.get("/songs").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    assert tell(client, {"X-CSRFToken": token}, heard(song_id, 40_000))["counted"] == 1
