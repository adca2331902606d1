"""Claims about the runs of monthly reports: each once, the missed ones late, whatever fails or stops."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session, writing
from musicapp.jobs.ledger import make_periods, site_zone
from musicapp.jobs.models import Job
from musicapp.pages import local
from musicapp.plugins.site import current_site
from plugins.auth.models import User
from plugins.auth.services import take_role
from plugins.reports.models import MonthlyFailure, MonthlyReport, MonthlyRun
from plugins.reports.services.monthly import make_month, span_of, year_span
from plugins.reports.services.monthly.telling import letter_of
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, post, sign_in
from tests.plugins.catalog.music import work

JUNE = datetime(2026, 6, 30, 9, tzinfo=UTC)


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> Flask:
    """A site of people and their reports, with a plugin that somebody put into its folder."""
    plugins = tmp_path / "instance" / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("choir.py"), plugins)
    return make_app(plugins=["auth", "inbox", "reports", "choir"])


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A singer; the site's owner sings as well."""
    return add_person(app, "Mira")


def made(audience: str = "choir") -> list[MonthlyReport]:
    """The reports of an audience, the oldest first."""
    session().rollback()
    return list(session().scalars(sa.select(MonthlyReport).filter_by(audience=audience).order_by(MonthlyReport.id)))


def more_people(app: Flask, count: int) -> None:
    """So many accounts more."""
    with app.app_context(), writing() as unit:
        rows = [{"name": f"Singer {n}", "email": f"s{n}@example.org", "password": "-"} for n in range(count)]
        unit.execute(sa.insert(User), rows)


def nothing(_done: int) -> None:
    """Nobody follows how far it is."""


def test_months_follow_each_other_without_gap_and_the_year_holds_twelve() -> None:
    spans = {f"{year}-{month:02}": span_of(f"{year}-{month:02}") for year in (2027, 2028) for month in range(1, 13)}
    listed = list(spans.values())
    for earlier, later in pairwise(listed):
        assert (later.before_first, later.before_last) == (earlier.first, earlier.last)
        assert (later.first - earlier.last).days == 1
    assert spans["2027-02"].last == date(2027, 2, 27)
    assert spans["2028-02"].last == date(2028, 2, 28)
    assert spans["2027-03"].first == date(2027, 2, 28)
    year = year_span("2028-12")
    assert year is not None
    assert (year.first, year.last, year.before_first) == (spans["2028-01"].first, listed[-1].last, listed[0].first)
    assert year_span("2028-11") is None


def test_who_slept_from_january_to_june_gets_six_reports_oldest_first_and_late_ones_say_so(
    app: Flask, client: FlaskClient, mira: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.reports.services.monthly.making.now", lambda: JUNE)
    with app.app_context():
        kind = current_site().jobs["reports.monthly"]
        make_periods(kind, datetime(2026, 1, 1, tzinfo=UTC), site_zone())
        for _scheduler in range(2):
            make_periods(kind, JUNE, site_zone())
        jobs = session().scalars(sa.select(Job).where(Job.kind == "reports.monthly").order_by(Job.run_after)).all()
        for job in jobs:
            span = span_of(job.payload["period"])
            since, until = (local(datetime.fromisoformat(job.payload[name])).date() for name in ("since", "until"))
            assert (span.first, (until - span.last).days) == (since, 1)
    work(app)
    with app.app_context():
        theirs = [one for one in made() if one.person_id == mira.id]
        assert [one.period for one in theirs] == [f"2026-{month:02}" for month in range(1, 7)]
        assert [one.late for one in theirs] == [True] * 5 + [False]
        assert all(one.sections[0]["blocks"][0]["figures"][0]["value"] == span_of(one.period).days for one in theirs)
        assert [(run.made, run.ended_at is not None) for run in session().scalars(sa.select(MonthlyRun))] == [
            *[(1, True), (2, True)] * 6
        ]
    sign_in(client, mira)
    page = client.get("/reports").text
    assert page.index("The choir in June") < page.index("The choir in January")
    february = client.get(f"/reports/{theirs[1].id}").text
    assert "From 30 January 2026 to 27 February 2026. Made on 30 June 2026, late." in february
    assert f'href="/reports/{theirs[0].id}" rel="prev"' in february
    assert f'href="/reports/{theirs[2].id}" rel="next"' in february
    assert "to 29 June 2026. Made on 30 June 2026.<" in client.get(f"/reports/{theirs[5].id}").text
    assert client.get("/inbox").text.count(">The report of") == 6
    assert client.get("/reports/2026-02/choir/0").location == f"/reports/{theirs[1].id}"


def test_two_runs_at_once_make_each_report_once(app: Flask, mira: Somebody) -> None:
    more_people(app, 110)

    def run() -> int:
        with app.app_context():
            return make_month("2026-10", nothing)

    with ThreadPoolExecutor(2) as pool:
        done = [one.result() for one in [pool.submit(run) for _ in range(2)]]
    with app.app_context():
        assert (sum(done), len(made()), len(made("admin"))) == (113, 112, 1)
        assert session().scalar(sa.text("SELECT count(*) FROM inbox_alert")) == 113
        assert sum(session().scalars(sa.select(MonthlyRun.made))) == 113


def test_an_audience_that_fails_does_not_hold_up_the_others(app: Flask, mira: Somebody) -> None:
    app.config["ENDLESS"] = True
    with app.app_context():
        with pytest.raises(ValueError, match="does not go on"):
            make_month("2026-10", nothing)
        assert (len(made("admin")), len(made())) == (1, 1)
        app.config["ENDLESS"] = False
        assert make_month("2026-10", nothing) == 1


def test_who_is_killed_in_the_middle_goes_on_without_doubles(app: Flask, mira: Somebody) -> None:
    more_people(app, 150)
    with app.app_context():
        last = session().scalar(sa.select(sa.func.max(User.id)))
        app.config["KILLED_AT"] = last
        with pytest.raises(SystemExit):
            make_month("2026-10", nothing)
        session().rollback()
        assert len(made()) == 100
        run = session().scalars(sa.select(MonthlyRun).filter_by(audience="choir")).one()
        assert (run.made, run.ended_at) == (100, None)
        app.config["KILLED_AT"] = None
        make_month("2026-10", nothing)
        assert make_month("2026-10", nothing) == 0
        people = [report.person_id for report in made()]
        assert (len(people), len(set(people))) == (152, 152)
        session().expire_all()
        run = session().scalars(sa.select(MonthlyRun).filter_by(audience="choir")).one()
        assert run.made == 152
        told = sa.text("SELECT user_id FROM inbox_alert WHERE kind = 'reports.monthly_other'")
        assert sorted(session().scalars(told)) == sorted(people)


def test_a_section_that_raises_costs_only_itself_and_comes_later(
    app: Flask, client: FlaskClient, mira: Somebody, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["VOICELESS"] = [mira.id]
    with app.app_context():
        make_month("2026-10", nothing)
        headings = {one.person_id: [section["heading"] for section in one.sections] for one in made()}
        assert headings.pop(mira.id) == ["Sung"]
        assert list(headings.values()) == [["Sung", "Said"]]
        failure = session().scalars(sa.select(MonthlyFailure)).one()
        assert (failure.contribution, failure.reports, failure.last_error) == (
            "choir.words",
            1,
            "ValueError: no voice left",
        )
    assert "choir.words failed in its part" in caplog.text
    sign_in(client, mira)
    [row] = client.get("/api/monthly-reports").json["data"]
    page = client.get(f"/reports/{row['id']}").text
    assert ("Sung" in page, "no voice left" in page, "choir.words" in page) == (True, False, False)
    assert client.get("/reports/runs").status_code == 403
    admin = add_person(app, "Nils", "admin")
    browser = app.test_client()
    sign_in(browser, admin)
    runs = browser.get("/reports/runs").text
    assert "no voice left" in runs
    app.config["VOICELESS"] = []
    assert post(browser, "/reports/runs/2026-10/choir/mend").status_code == 303
    work(app)
    assert "no voice left" not in browser.get("/reports/runs").text
    assert "All sang." in client.get(f"/reports/{row['id']}").text
    sections = client.get(f"/api/monthly-reports/{row['id']}").json["data"]["sections"]
    assert [section["heading"] for section in sections] == ["Sung", "Said"]
    assert client.get("/inbox").text.count(">The report of") == 1


def test_a_report_is_for_its_person_alone_and_the_sites_for_admins(
    app: Flask, client: FlaskClient, mira: Somebody
) -> None:
    owner = add_person(app, "Nils", "admin")
    with app.app_context():
        assert make_month("2026-10", nothing) > 3
        mine = next(one.id for one in made() if one.person_id == mira.id)
        of_site = next(one.id for one in made("admin") if one.person_id == owner.id)
    browser = app.test_client()
    sign_in(client, mira)
    sign_in(browser, owner)
    assert [client.get(f"/reports/{id_}").status_code for id_ in (mine, of_site, 999, 10**30)] == [200, 404, 404, 404]
    assert [browser.get(f"/reports/{id_}").status_code for id_ in (mine, of_site)] == [404, 200]
    assert app.test_client().get(f"/reports/{mine}").status_code == 302
    assert app.test_client().get(f"/api/monthly-reports/{mine}").status_code == 401
    assert "musicapp in October" in browser.get(f"/reports/{of_site}").text
    result = app.test_cli_runner().invoke(args=["reports", "monthly", "--period", "2026-09", "--person", mira.email])
    assert result.output == "September 2026: 1 report made.\n"
    wrong = app.test_cli_runner().invoke(args=["reports", "monthly", "--period", "2026-13"])
    assert (wrong.exit_code, "is no month" in wrong.output) == (1, True)
    add_person(app, "Ada", "admin")
    with app.app_context(), app.test_request_context():
        assert letter_of(owner.id, "monthly/admin/0/2026-10") is not None
        take_role(owner.id, "admin")
        assert letter_of(owner.id, "monthly/admin/0/2026-10") is None
