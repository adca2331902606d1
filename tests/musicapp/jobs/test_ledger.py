"""Every period is made, oldest first, once, whoever looks and however long everybody slept."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.database import session, writing
from musicapp.jobs.ledger import FIRST_SEEN, make_due_periods, timetable
from musicapp.jobs.models import Job, ScheduledRun
from musicapp.plugins.site import site_of
from musicapp.site.models import StoredSetting
from musicapp.site.stored_settings import store_settings
from tests.conftest import AppMaker
from tests.musicapp.jobs.test_queue import at_once

JANUARY = datetime(2026, 1, 10, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 20, 9, tzinfo=UTC)


@pytest.fixture
def probe(probe: Flask) -> Flask:
    """The app with the probe's schedules alone: the site's own make thousands of periods that nobody here asks for."""
    jobs = site_of(probe).jobs
    for kind in [kind for kind in jobs if not kind.startswith("probe.")]:
        del jobs[kind]
    return probe


def made(kind: str) -> list[Job]:
    """The jobs of a kind in the order in which they will be done."""
    session().rollback()
    return list(session().execute(sa.select(Job).where(Job.kind == kind).order_by(Job.run_after, Job.id)).scalars())


def periods(kind: str) -> list[str]:
    return [job.payload["period"] for job in made(kind)]


def test_a_fresh_site_makes_nothing_from_before_it_existed(probe: Flask) -> None:
    with probe.app_context():
        make_due_periods(JANUARY)
        assert session().execute(sa.select(sa.func.count()).select_from(Job)).scalar_one() == 0
        seen = session().execute(sa.select(ScheduledRun.period).distinct()).scalars().all()
        assert seen == [FIRST_SEEN]


def test_who_slept_from_january_to_june_makes_every_period_oldest_first(probe: Flask) -> None:
    with probe.app_context():
        make_due_periods(JANUARY)
        make_due_periods(JUNE)
        assert periods("probe.monthly") == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
        assert periods("probe.daily") == [f"{JANUARY + timedelta(days=n):%Y-%m-%d}" for n in range(1, 162)]
        assert periods("probe.often") == ["2026-06-20T09:00Z"]


@pytest.mark.parametrize("zone", ["UTC", "America/Havana", "Pacific/Chatham"])
def test_periods_follow_each_other_without_gap_or_overlap(probe: Flask, zone: str) -> None:
    with probe.app_context():
        store_settings("site", {"time_zone": zone})
        make_due_periods(JANUARY)
        for days in range(0, 360, 17):
            make_due_periods(JANUARY + timedelta(days=days))
        for kind in ("probe.daily", "probe.monthly"):
            payloads = [job.payload for job in made(kind)]
            assert len(payloads) > 10
            assert all(one["until"] == following["since"] for one, following in pairwise(payloads))
        first = made("probe.monthly")[0].payload
        assert datetime.fromisoformat(first["until"]) - datetime.fromisoformat(first["since"]) == timedelta(days=31)


def test_when_the_site_moves_to_another_zone_nothing_is_made_twice_or_left_out(probe: Flask) -> None:
    with probe.app_context():
        make_due_periods(JANUARY)
        for day, zone in enumerate(["Pacific/Auckland", "UTC", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"]):
            store_settings("site", {"time_zone": zone})
            make_due_periods(JANUARY + timedelta(days=day + 1))
        payloads = [job.payload for job in made("probe.daily")]
        assert len({payload["period"] for payload in payloads}) == len(payloads)
        assert all(one["until"] == following["since"] for one, following in pairwise(payloads))


def test_sweeps_at_once_make_each_period_once(probe: Flask) -> None:
    with probe.app_context():
        make_due_periods(JANUARY)
    assert at_once(probe, 4, lambda _: make_due_periods(JUNE)) == [None] * 4
    with probe.app_context():
        assert periods("probe.monthly") == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
        assert len(made("probe.daily")) == 161
        assert all(run.job_id for run in session().execute(sa.select(ScheduledRun)).scalars() if run.period[0] == "2")


def test_a_zone_that_does_not_exist_costs_no_period(probe: Flask) -> None:
    with probe.app_context():
        with writing() as unit:
            unit.merge(StoredSetting(plugin="site", name="time_zone", value="Mars/Olympus"))
        make_due_periods(JANUARY)
        make_due_periods(JANUARY + timedelta(days=1))
        assert periods("probe.daily") == ["2026-01-11"]


def test_the_timetable_says_what_is_next(make_probe: AppMaker) -> None:
    probe = make_probe()
    with probe.app_context():
        make_due_periods(JANUARY)
        make_due_periods(JUNE)
        planned = {one.kind: one for one in timetable()}
        assert planned["probe.monthly"].says == "monthly on day 30 at 00:00"
        assert planned["probe.monthly"].last_due_at == datetime(2026, 5, 30, tzinfo=UTC)
        assert planned["site.clear_old_jobs"].says == "daily at 03:30"
    shown = probe.test_cli_runner().invoke(args=["jobs", "schedule"]).output
    assert "probe.monthly  monthly on day 30 at 00:00  last: 2026-05-30 00:00" in shown
