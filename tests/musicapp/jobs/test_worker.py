"""A real worker beside a real Redis: rung, shared fairly, and ended without leaving anything behind."""

import pytest

from musicapp.jobs import services
from musicapp.jobs.broker import RINGING, make_celery
from tests.musicapp.jobs.workplace import Workplace, alive, until

pytestmark = pytest.mark.slow
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_job_is_done_once_though_it_is_rung_ten_times_at_once(workplace: Workplace) -> None:
    celery = make_celery(workplace.redis.address, workplace.app.config["SITE_URL"], RINGING)
    job_id = workplace.enqueue("probe.note", name="a", seconds=0.5)
    for _ in range(10):
        celery.send_task("ring", [job_id])
    assert until(lambda: workplace.job(job_id).state == "done", 60)
    last = workplace.enqueue("probe.note", name="b")
    assert until(lambda: workplace.job(last).state == "done", 60)
    assert workplace.effects() == ["a", "b"]
    assert workplace.job(job_id).attempts == 1


@on_one_database
def test_long_jobs_do_not_delay_short_ones_and_follow_each_other(workplace: Workplace) -> None:
    long = [workplace.enqueue("probe.long", name=f"long {number}", seconds=3) for number in range(3)]
    assert until(lambda: any(workplace.has_begun(f"long {number}") for number in range(3)), 60)
    short = [workplace.enqueue("probe.note", name=f"short {number}") for number in range(5)]
    assert until(lambda: all(workplace.job(job_id).state == "done" for job_id in short), 60)
    states = [workplace.job(job_id).state for job_id in long]
    assert "waiting" in states
    assert states.count("running") <= 1
    assert until(lambda: all(workplace.job(job_id).state == "done" for job_id in long), 60)
    assert workplace.effects() == [*(f"long {n}" for n in range(3)), *(f"short {n}" for n in range(5))]


@on_one_database
def test_the_slots_of_a_killed_worker_end_with_it(workplace: Workplace) -> None:
    job_id = workplace.enqueue("probe.long", name="a", seconds=3)
    assert until(lambda: workplace.has_begun("a"), 60)
    orphans = workplace.kill_worker()
    assert len(orphans) == 2
    assert until(lambda: not any(map(alive, orphans)), 60)
    assert until(lambda: workplace.job(job_id).state == "done", 60)
    assert (workplace.job(job_id).attempts, workplace.effects()) == (2, ["a"])


@on_one_database
def test_a_long_job_that_is_cancelled_makes_room(workplace: Workplace) -> None:
    first = workplace.enqueue("probe.long", name="a", seconds=60)
    assert until(lambda: workplace.has_begun("a"), 60)
    second = workplace.enqueue("probe.long", name="b", seconds=0.1)
    with workplace.app.app_context():
        services.cancel(first)
    assert until(lambda: workplace.job(second).state == "done", 60)
    assert workplace.effects() == ["b"]
