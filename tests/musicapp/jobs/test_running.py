"""What becomes of a job: done, tried again, given up, cancelled; and what an admin can do about it."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.jobs import Claim, claim, enqueue, services
from musicapp.jobs.keeping import Keeper
from musicapp.jobs.models import Job
from musicapp.jobs.queue import ATTEMPTS
from musicapp.jobs.running import pause_after, run
from musicapp.jobs.sweeping import WORKER_LOST, sweep
from tests.musicapp.jobs.probe import effects
from tests.musicapp.jobs.workplace import until


def claimed(kind: str, **payload: object) -> Claim:
    with writing():
        job_id = enqueue(kind, payload)
    held = claim(job_id)
    assert held is not None
    return held


def row(held: Claim) -> Job:
    session().rollback()
    return (
        session()
        .execute(sa.select(Job).where(Job.id == held.id).execution_options(populate_existing=True))
        .scalar_one()
    )


def make_due() -> None:
    with writing() as unit:
        unit.execute(sa.update(Job).values(run_after=now()))


def test_a_job_that_only_returns_is_done(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.plain")
        run(held)
        assert (row(held).state, row(held).last_error) == ("done", "")
        assert row(held).finished_at is not None


def test_a_job_that_raises_waits_longer_each_time_and_is_given_up_after_five_attempts(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.mistake")
        run(held)
        assert row(held).state == "waiting"
        assert row(held).run_after > now()
        assert row(held).last_error == "ValueError: this never works"
        for _ in range(ATTEMPTS - 1):
            make_due()
            again = claim(held.id)
            assert again is not None
            run(again)
        assert (row(held).state, row(held).attempts) == ("dead", ATTEMPTS)
        make_due()
        assert claim(held.id) is None


def test_the_pauses_grow_and_are_never_in_step(probe: Flask) -> None:
    probe.config["JOB_SWEEP_S"] = 10
    with probe.app_context():
        pauses = [[pause_after(attempt).total_seconds() for _ in range(20)] for attempt in range(1, ATTEMPTS)]
    for pause, usual in zip(pauses, (10, 30, 90, 270), strict=True):
        assert usual * 0.75 <= min(pause) < max(pause) <= usual * 1.25


def test_a_job_that_gives_up_is_not_tried_again_and_says_why(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.hopeless")
        run(held)
        assert (row(held).state, row(held).last_error) == ("dead", "The file is gone for good.")


def test_whoever_waits_for_a_job_hears_that_it_died(probe: Flask) -> None:
    with probe.app_context():
        run(claimed("probe.hopeless"))
        sweep()
        assert session().execute(sa.select(effects.c.name)).scalars().all() == ["died: probe.hopeless"]


def test_a_job_whose_workers_never_reported_is_buried(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.plain")
        with writing() as unit:
            unit.execute(sa.update(Job).values(attempts=ATTEMPTS, lease_until=now() - timedelta(seconds=1)))
        assert claim() is None
        sweep()
        assert (row(held).state, row(held).last_error) == ("dead", WORKER_LOST)


def test_the_lease_of_a_running_job_is_prolonged(make_probe: Callable[..., Flask]) -> None:
    app = make_probe(job_lease_s=0.9)
    with app.app_context():
        held = claimed("probe.note", name="a", seconds=2)
        first = row(held).lease_until
        run(held)
        assert row(held).state == "done"
        assert row(held).lease_until > first  # type: ignore[operator]


def test_progress_is_written_while_the_job_runs(make_probe: Callable[..., Flask]) -> None:
    app = make_probe(job_lease_s=0.5)
    with app.app_context():
        held = claimed("probe.plain")
        keeper = Keeper(app, held)
        keeper.start()
        keeper.progress = {"rows_done": 3, "rows_total": 7}
        assert until(lambda: (row(held).rows_done, row(held).rows_total) == (3, 7), 30)
        keeper.let_go()
        keeper.join()


def test_a_cancelled_job_stops_and_leaves_no_effect(make_probe: Callable[..., Flask]) -> None:
    app = make_probe(job_lease_s=0.5)
    with app.app_context():
        held = claimed("probe.long", name="a", seconds=30)
        keeper_sees = time.monotonic()
        services.cancel(held.id)
        run(held)
        assert time.monotonic() - keeper_sees < 20
        assert row(held).state == "cancelled"
        assert session().execute(sa.select(effects.c.name)).all() == []


def test_a_dead_job_can_be_tried_again(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.hopeless")
        run(held)
        services.retry(held.id)
        again = claim(held.id)
        assert again is not None and again.attempts == 1


def test_a_discarded_job_stays_away(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.hopeless")
        run(held)
        services.discard(held.id)
        assert [job.id for job in services.jobs_in("dead").rows] == []
        with pytest.raises(Conflict):
            services.retry(held.id)


def test_only_dead_jobs_are_retried_and_unknown_ones_are_said_to_be_unknown(probe: Flask) -> None:
    with probe.app_context():
        held = claimed("probe.plain")
        with pytest.raises(Conflict):
            services.retry(held.id)
        run(held)
        with pytest.raises(Conflict):
            services.cancel(held.id)
        with pytest.raises(NotFound):
            services.discard(held.id + 1)


def test_old_jobs_are_cleared_and_dead_ones_kept(probe: Flask) -> None:
    with probe.app_context():
        for kind in ("probe.plain", "probe.hopeless"):
            run(claimed(kind))
        with writing() as unit:
            unit.execute(sa.update(Job).values(finished_at=now() - timedelta(days=31)))
        run(claimed("probe.plain"))
        run(claimed("site.clear_old_jobs", period="p", since="s", until="u"))
        left = session().execute(sa.select(Job.kind, Job.state).where(Job.kind.like("probe.%")).order_by(Job.id)).all()
        assert [tuple(job) for job in left if not job.kind.startswith("probe.on")] == [
            ("probe.hopeless", "dead"),
            ("probe.plain", "done"),
        ]


def test_the_command_lists_retries_and_discards(probe: Flask) -> None:
    with probe.app_context():
        first, second = claimed("probe.hopeless"), claimed("probe.hopeless")
        run(first)
        run(second)
    command = probe.test_cli_runner().invoke
    assert "The file is gone for good." in command(args=["jobs", "list"]).output
    assert command(args=["jobs", "retry", str(first.id)]).exit_code == 0
    assert command(args=["jobs", "discard", str(second.id)]).exit_code == 0
    assert command(args=["jobs", "list"]).output == "No job is dead.\n"
    refused = command(args=["jobs", "retry", "999999"])
    assert (refused.exit_code, "There is no job 999999." in refused.output) == (1, True)
