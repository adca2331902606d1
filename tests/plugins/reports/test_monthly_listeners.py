"""Claims about what listeners and admins are told of a month: the numbers, wherever they stand, and for whom."""

import secrets
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.blocks.lines import as_text
from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.pages import local
from musicapp.spans import Readers, span_to
from plugins.auth.models import User
from plugins.catalog.models import ListenerHour, SongDay
from plugins.playlists.services import add_songs
from plugins.reports.models import MonthlyReport
from plugins.reports.services.monthly import make_month, report_with_id, span_of
from plugins.reports.services.monthly.composing import Failures, compose
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, bearer, sign_in
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import Counted, fill_catalogue, ready_song
from tests.plugins.playlists.lists import Asks
from tests.plugins.playlists.lists import made as playlist_made

OCTOBER = span_of("2026-10")
A_MINUTE_MS = 60_000


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with a mail server, which keeps what it is given."""
    app = make_app(mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A listener."""
    return add_person(app, "Mira")


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist."""
    return add_person(app, "Nils Hollar", "artist")


def keep(app: Flask, person_id: int, *rows: tuple[date, int, int, int]) -> None:
    """Put sums in their place: (day, song, plays, minutes)."""
    with app.app_context(), writing() as unit:
        for day, song_id, plays, minutes in rows:
            ms = minutes * A_MINUTE_MS
            unit.add(ListenerHour(user_id=person_id, day=day, hour=20, song_id=song_id, plays=plays, heard_ms=ms))


def people(app: Flask, number: int) -> list[int]:
    """So many accounts more, by their ids."""
    names = [secrets.token_hex(8) for _ in range(number)]
    rows = [{"name": name, "email": f"{name}@example.org", "password": "-"} for name in names]
    with app.app_context(), writing() as unit:
        return list(unit.scalars(sa.insert(User).returning(User.id), rows))


def made(app: Flask, period: str) -> int:
    with app.app_context():
        return make_month(period, lambda _done: None)


def reports_of(client: FlaskClient, headers: dict[str, str]) -> list[dict[str, object]]:
    rows = client.get("/api/monthly-reports", headers=headers).json["data"]
    return [client.get(f"/api/monthly-reports/{row['id']}", headers=headers).json["data"] for row in rows]


def blocks(report: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    """The blocks of a report by kind."""
    found: dict[str, list[dict[str, object]]] = {}
    for section in report["sections"]:  # type: ignore[attr-defined]
        for block in section["blocks"]:
            found.setdefault(block["kind"], []).append(block)
    return found


def test_a_listeners_month_says_the_same_on_the_page_by_the_api_and_in_the_mail(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody
) -> None:
    neap = ready_song(app, nils.id, "Neap", album="Tides", genre="Folk")
    lull = ready_song(app, nils.id, "Lull")
    fill_catalogue(app, nils.id, albums=1, songs_each=1)
    with app.app_context():
        other = session().scalar(sa.text("SELECT max(id) FROM catalog_song"))
    keep(
        app,
        mira.id,
        (OCTOBER.first - timedelta(days=1), lull, 5, 60),
        (OCTOBER.first, neap, 3, 90),
        (OCTOBER.last, neap, 1, 30),
        (OCTOBER.last, other, 2, 20),
        (OCTOBER.last + timedelta(days=1), lull, 7, 100),
    )
    assert made(app, "2026-10") == 2
    as_mira = bearer(app, mira)
    [report] = reports_of(client, as_mira)
    assert (report["title"], report["first_on"], report["last_on"]) == ("Your October", "2026-09-30", "2026-10-29")
    found = blocks(report)
    headline = found["headline"][0]
    assert (headline["figure"]["value"], headline["figure"]["before"]) == (140 * A_MINUTE_MS, 60 * A_MINUTE_MS)
    assert headline["words"] == "of music from 2 artists. 1 of them was new to you, or long not heard."
    calendar = found["calendar"][0]
    assert (len(calendar["values"]), sum(calendar["values"])) == (30, 140 * A_MINUTE_MS)
    assert calendar["words"].endswith("Your longest: Wednesday the 30th, 1 h 30 min.")
    assert (found["feature"][0]["line"]["title"], found["feature"][0]["words"]) == (
        "Tides",
        "4 plays of its songs, 2 h 0 min.",
    )
    songs, artists = found["ranking"]
    assert [(line["title"], line["value"]) for line in songs["lines"]] == [("Neap", 4), ("Crossing 002-000", 2)]
    assert [line["title"] for line in artists["lines"]] == ["Nils Hollar", "The Paper Ferry"]
    assert [line["by"] for line in found["tiles"][0]["lines"]] == ["The Paper Ferry"]
    assert [figure["value"] for figure in found["figures"][0]["figures"]] == [6, 2, 70 * A_MINUTE_MS]
    mails = {mail.to[0]: mail for mail in sent_by(app)}
    mail = mails[mira.email]
    assert mail.subject == "Your October 2026 – musicapp"
    sign_in(client, mira)
    page = client.get(f"/reports/{report['id']}").text
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        said = as_text(report_with_id(Asks(mira), int(str(report["id"]))).sections)
    assert said in mail.body
    for words in ("of music from 2 artists", "Songs you came back to", "Neap", "1 h 30 min", "The Paper Ferry"):
        assert words in page, words
        assert words in mail.alternatives[0][0], words
    assert f"/reports/{report['id']}" in mail.body
    assert "List-Unsubscribe" in mail.extra_headers
    again = "/statistics/queue?first=2026-09-30&amp;last=2026-10-29"
    assert f'data-play-url="{again}"' in page
    queue = client.get(again.replace("&amp;", "&")).json["data"]["songs"]
    assert [song["title"] for song in queue] == ["Neap", "Crossing 002-000"]
    assert client.get("/statistics/queue?first=2026-09-31").status_code == 404


def test_decembers_report_tells_of_the_year_and_who_keeps_no_history_gets_none(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody
) -> None:
    neap = ready_song(app, nils.id, "Neap", album="Tides")
    december, january = span_of("2026-12"), span_of("2026-01")
    for person in (mira, nils):
        keep(
            app,
            person.id,
            (january.first - timedelta(days=1), neap, 100, 1000),
            (january.first, neap, 2, 10),
            (date(2026, 6, 1), neap, 3, 20),
            (december.last, neap, 1, 5),
            (december.last + timedelta(days=1), neap, 50, 500),
        )
    as_mira, as_nils = bearer(app, mira), bearer(app, nils)
    assert client.patch("/api/listening", json={"keeps_history": False}, headers=as_nils).status_code == 200
    made(app, "2026-12")
    assert [one for one in reports_of(client, as_nils) if one["audience"] == "listener"] == []
    [report] = reports_of(client, as_mira)
    month, year = blocks(report)["headline"]
    assert (month["figure"]["value"], year["figure"]["value"]) == (5 * A_MINUTE_MS, 35 * A_MINUTE_MS)
    assert year["figure"]["label"] == "Heard in 2026"
    [series] = blocks(report)["series"]
    assert [minutes / A_MINUTE_MS for minutes in series["values"]] == [10, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 5]
    titles = [(section["heading"], block.get("title")) for section in report["sections"] for block in section["blocks"]]
    assert ("Your songs of the year", "Your songs of the year") in titles
    assert made(app, "2026-07") > 0
    july = next(one for one in reports_of(client, as_mira) if one["period"] == "2026-07")
    assert blocks(july)["headline"][0]["words"] == "of music. In the time before it was 20 min."
    assert made(app, "2026-06") > 0
    june = next(one for one in reports_of(client, as_mira) if one["period"] == "2026-06")
    assert len(blocks(june)["headline"]) == 1


def test_people_playlists_and_the_sites_music_tell_their_part(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody
) -> None:
    ready_song(app, nils.id, "Neap")
    playlist_id = playlist_made(app, mira)
    with app.app_context():
        add_songs(Asks(mira), playlist_id, [1])
        month = span_to(local(now()).date(), 30)
        failures = Failures()
        [listener] = compose("listener", Readers([(mira.id, 0)], month), failures).values()
        [site] = compose("admin", Readers([(mira.id, 0)], month), failures).values()
        assert failures.counts() == {}
    figures = {
        (section["heading"], figure["label"]): (figure["value"], figure["before"])
        for section in [*listener, *site]
        for block in section["blocks"]
        if block["kind"] == "figures"
        for figure in block["figures"]
    }
    assert figures["Your playlists", "Playlists made"] == (1, 0)
    assert figures["Your playlists", "Songs added"] == (1, 0)
    assert figures["People", "Accounts"] == (3, None)
    assert figures["People", "New accounts"] == (3, 0)
    assert figures["Music", "Songs uploaded"] == (1, 0)
    assert figures["Work in the background", "Jobs given up"] == (0, 0)


def test_statements_do_not_grow_with_readers_but_by_the_hundred(app: Flask, nils: Somebody) -> None:
    fill_catalogue(app, nils.id, albums=2, songs_each=5)
    counts = []
    for number, period in ((10, "2026-09"), (90, "2026-10")):
        span = span_of(period)
        for n, person_id in enumerate(people(app, number)):
            keep(app, person_id, *((span.first + timedelta(days=day), 1 + (n + day) % 10, 2, 5) for day in range(8)))
        with app.app_context(), writing() as unit:
            unit.add(SongDay(song_id=1, day=span.last, plays=number, heard_ms=number * 36_000_000))
        with Counted(app) as counted:
            assert made(app, period) >= number
        counts.append(len(counted))
    few, many = counts
    assert many <= few + 8, counts
    with app.app_context():
        texts = (
            session().scalars(sa.select(MonthlyReport.sections).filter_by(audience="listener", period="2026-10")).all()
        )
    assert {
        section["blocks"][0]["text"]
        for sections in texts
        for section in sections
        if section["heading"] == "And the community"
    } == {"90 people listened, and 900 hours of music were heard."}
