"""Claims about the overview: the numbers of the site by day, from whom they come, and what an admin sees of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session, writing
from musicapp.jobs.models import Job
from musicapp.jobs.queue import claim, enqueue
from musicapp.jobs.running import run
from musicapp.numbers import SiteNumber, growth
from musicapp.numbers.asking import today
from musicapp.numbers.models import KeptNumber
from tests.conftest import AppMaker
from tests.people import add_person, bearer, sign_in

A_DAY = timedelta(days=1)


def keep_numbers(app: Flask, period: date) -> None:
    """Do the nightly job of the day that ended when `period` began."""
    with app.app_context():
        with writing():
            job_id = enqueue("site.keep_numbers", {"period": period.isoformat(), "since": "", "until": ""})
        held = claim(job_id or 0, long=False)
        assert held is not None
        run(held)
        assert session().scalar(sa.select(Job.state).where(Job.id == job_id)) == "done"


def kept(app: Flask, name: str) -> dict[date, int]:
    with app.app_context():
        rows = sa.select(KeptNumber.day, KeptNumber.value).where(KeptNumber.name == name)
        return {row.day: row.value for row in session().execute(rows)}


def test_every_night_keeps_the_day_that_ended_and_those_that_nobody_kept(app: Flask) -> None:
    add_person(app)
    with app.app_context():
        on = today()
        yesterday = on - A_DAY
        with writing() as unit:
            unit.execute(sa.text("UPDATE auth_user SET created_at = :at"), {"at": f"{yesterday} 12:00:00+00:00"})
    keep_numbers(app, yesterday)
    assert max(kept(app, "auth.new_people")) == yesterday - A_DAY
    assert kept(app, "auth.people") == {}
    keep_numbers(app, on)
    new = kept(app, "auth.new_people")
    assert (len(new), new[yesterday], new[yesterday - A_DAY]) == (91, 2, 0)
    assert kept(app, "auth.people") == {yesterday: 2}
    assert kept(app, "site.disk_used")[yesterday] > 0


def add_days(app: Flask, name: str, first: date, values: list[int]) -> None:
    with app.app_context(), writing() as unit:
        unit.add_all(
            KeptNumber(day=first + place * A_DAY, name=name, value=value) for place, value in enumerate(values)
        )


def test_an_admin_sees_each_number_beside_the_month_before(app: Flask, client: FlaskClient) -> None:
    admin = add_person(app, role="admin")
    with app.app_context():
        on = today()
    add_days(app, "catalog.plays", on - 90 * A_DAY, [0] * 30 + [10] * 31 + [12] * 29)
    add_days(app, "site.disk_used", on - 31 * A_DAY, [10**12] * 31)
    add_days(app, "moderation.decisions", on - A_DAY, [1])
    sign_in(client, admin)
    page = client.get("/admin").text
    assert "16 % more than before" in page
    assert "Plays a day, " in page and "Highest: 12 " in page
    assert "In 28 days nothing was added." in page
    assert "1 decision in " in page and "0 cases wait" in page
    assert "Nothing, as far as is known." in page
    told = {
        one["name"]: one for one in client.get("/api/numbers?days=30", headers=bearer(app, admin)).get_json()["data"]
    }
    assert [one["value"] for one in told["catalog.plays"]["days"]] == [10] + [12] * 29
    assert len(told["catalog.uploads"]["days"]) == 30
    assert told["auth.people"]["now"] == 1
    assert (told["site.disk_free"]["beside"], told["site.disk_free"]["now"] > 0) == ("site.disk_used", True)


def test_only_admins_see_how_the_site_goes(app: Flask, client: FlaskClient) -> None:
    moderator = add_person(app, role="moderator")
    sign_in(client, moderator)
    assert [client.get(path).status_code for path in ("/admin", "/health")] == [403] * 2
    assert client.get("/api/numbers", headers=bearer(app, moderator)).status_code == 403
    assert app.test_client().get("/api/numbers").status_code == 401


@pytest.mark.parametrize(
    ("used", "free", "words"),
    [
        ([], 100, "can be said after a week"),
        ([1, 2, 3], 100, "can be said after a week"),
        ([50] * 10, 100, "In 9 days nothing was added."),
        (list(range(60, 20, -1)), 100, "In 28 days nothing was added."),
        (list(range(0, 80, 2)), 100, "As in the last 28 days, it is full in 50 days."),
        (list(range(40)), 10**6, "it lasts for years"),
    ],
)
def test_days_left_are_judged_by_the_last_weeks_or_not_at_all(used: list[int], free: int, words: str) -> None:
    by_day = {date(2026, 1, 1) + place * A_DAY: value for place, value in enumerate(used)}
    assert words in growth.in_words(by_day, free)


FAILS = """
import sqlalchemy as sa
from musicapp import Plugin
from musicapp.database import session

plugin = Plugin("fails", __name__)


@plugin.contributes("site.number", name="fails.sum", title="Broken", order=1)
def broken(first, last):
    session().execute(sa.text("SELECT nothing FROM nowhere"))


@plugin.contributes("site.number", name="fails.now", title="Broken too", kind="now", order=2)
def broken_too():
    session().execute(sa.text("SELECT nothing FROM nowhere"))
"""


def test_a_number_that_fails_costs_only_itself(make_app: AppMaker, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    (folder / "fails.py").write_text(FAILS)
    app = make_app()
    client = app.test_client()
    sign_in(client, add_person(app, role="admin"))
    page = client.get("/admin").text
    assert "Broken too" in page and ">1 account<" in page
    assert "musicapp_auth_people 1" in client.get("/metrics").text
    with app.app_context():
        on = today()
    keep_numbers(app, on)
    assert kept(app, "auth.people") == {on - A_DAY: 1}
    assert kept(app, "fails.sum") == kept(app, "fails.now") == {}
    with pytest.raises(ValueError, match="must be sum or now"):
        SiteNumber(len, "fails.else", "Else", kind="often")  # type: ignore[arg-type]
