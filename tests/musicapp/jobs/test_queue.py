"""Jobs are rows: made once, taken by one, written only by who holds them."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs import Claim, LeaseLost, RunningJob, claim, enqueue
from musicapp.jobs.keeping import Keeper
from musicapp.jobs.models import Job
from musicapp.jobs.queue import write_held
from tests.musicapp.jobs.probe import effects


def enqueued(kind: str = "probe.note", **payload: Any) -> int:
    with writing():
        job_id = enqueue(kind, payload)
    assert job_id is not None
    return job_id


def let_leases_run_out() -> None:
    with writing() as unit:
        unit.execute(sa.update(Job).values(lease_until=now() - timedelta(seconds=1)))


def finish(app: Flask, held: Claim, name: str) -> None:
    with RunningJob(held, Keeper(app, held)).finish() as unit:
        unit.execute(effects.insert().values(name=name))


def names() -> list[str]:
    return sorted(session().execute(sa.select(effects.c.name)).scalars())


def at_once(app: Flask, many: int, act: Callable[[int], object]) -> list[object]:
    """What `act` answers or raises in so many threads that begin together."""
    barrier, answers = threading.Barrier(many), []

    def one(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                answers.append(act(number))
            except Exception as error:
                answers.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_job_lives_and_dies_with_the_commit_of_its_cause(probe: Flask) -> None:
    with probe.app_context():
        with pytest.raises(RuntimeError, match="the cause failed"), writing():
            enqueue("probe.note", {"name": "a"})
            raise RuntimeError("the cause failed")
        assert claim() is None


def test_a_job_with_the_same_key_is_made_once(probe: Flask) -> None:
    with probe.app_context(), writing():
        assert enqueue("probe.note", {"name": "a"}, key="one") is not None
        assert enqueue("probe.note", {"name": "b"}, key="one") is None
        assert enqueue("probe.plain", {}, key="one") is not None


def test_a_misspelt_kind_is_refused_with_a_hint(probe: Flask) -> None:
    with probe.app_context(), pytest.raises(LookupError, match=r"Did you mean “probe\.note”"):
        enqueue("probe.nose", {})


def test_a_payload_that_json_cannot_carry_is_refused_at_once(probe: Flask) -> None:
    with probe.app_context(), pytest.raises(TypeError):
        enqueue("probe.note", {"name": object()})


def test_jobs_are_taken_in_the_order_in_which_they_became_due(probe: Flask) -> None:
    with probe.app_context():
        with writing():
            later = enqueue("probe.plain", {}, run_after=now() - timedelta(minutes=1))
            sooner = enqueue("probe.plain", {}, run_after=now() - timedelta(minutes=2))
            enqueue("probe.plain", {}, run_after=now() + timedelta(minutes=1))
        assert [held.id for held in (claim(), claim()) if held] == [sooner, later]
        assert claim() is None


def test_jobs_of_a_plugin_that_does_not_run_wait_for_it(probe: Flask) -> None:
    with probe.app_context():
        with writing() as unit:
            unit.add(Job(kind="gone.work", payload={}))
        assert claim() is None
        assert session().execute(sa.select(Job.state)).scalar_one() == "waiting"


def test_ten_that_claim_one_job_at_once_get_it_once(probe: Flask) -> None:
    with probe.app_context():
        job_id = enqueued(name="a")
    claims = at_once(probe, 10, lambda _: claim(job_id))
    assert [held.id for held in claims if isinstance(held, Claim)] == [job_id]
    assert claims.count(None) == 9


def test_ten_that_claim_from_ten_jobs_at_once_get_one_each_at_most(probe: Flask) -> None:
    with probe.app_context():
        made = {enqueued(name=str(number)) for number in range(10)}
    claims = [held.id for held in at_once(probe, 10, lambda _: claim()) if isinstance(held, Claim)]
    assert len(set(claims)) == len(claims)
    with probe.app_context():
        while held := claim():
            claims.append(held.id)
    assert set(claims) == made


def test_effect_and_completion_are_one_commit(probe: Flask) -> None:
    with probe.app_context():
        enqueued(name="a")
        held = claim()
        assert held is not None
        with pytest.raises(RuntimeError, match="power cut"), RunningJob(held, Keeper(probe, held)).finish() as unit:
            unit.execute(effects.insert().values(name="a"))
            raise RuntimeError("power cut")
        assert (names(), session().execute(sa.select(Job.state)).scalar_one()) == ([], "running")


def test_a_worker_whose_lease_ran_out_cannot_write_any_more(probe: Flask) -> None:
    with probe.app_context():
        job_id = enqueued(name="a")
        slow = claim(job_id)
        assert claim(job_id) is None
        let_leases_run_out()
        quick = claim(job_id)
        assert slow is not None and quick is not None and quick.attempts == 2
        with pytest.raises(LeaseLost):
            finish(probe, slow, "by the slow one")
        with pytest.raises(LeaseLost), writing():
            write_held(slow, state="waiting")
        finish(probe, quick, "by the quick one")
        assert names() == ["by the quick one"]


def test_two_that_both_think_they_hold_a_job_write_its_effect_once(probe: Flask) -> None:
    with probe.app_context():
        job_id = enqueued(name="a")
        holders = [claim(job_id)]
        let_leases_run_out()
        holders.append(claim(job_id))

    def end(number: int) -> None:
        held = holders[number]
        assert held is not None
        finish(probe, held, f"by {number}")

    answers = at_once(probe, 2, end)
    assert sum(isinstance(answer, LeaseLost) for answer in answers) == 1
    with probe.app_context():
        assert names() == ["by 1"]
