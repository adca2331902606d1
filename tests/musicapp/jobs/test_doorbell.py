"""Ringing never makes anybody wait, and what it misses is found by the sweep."""

import os
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis

from musicapp.database import writing
from musicapp.jobs import claim, enqueue
from musicapp.jobs.doorbell import Doorbell
from musicapp.jobs.sweeping import sweep
from musicapp.redis import EmbeddedRedis, RedisAddress
from musicapp.site.health import all_checks
from tests.conftest import AppMaker
from tests.musicapp.jobs.workplace import until

MORE_MS = 100
JOBS = 30


def longest_enqueue_ms(app: Flask) -> float:
    """The slowest of many requests' worth of enqueueing and committing."""
    took = []
    with app.app_context():
        for _ in range(JOBS):
            began = time.perf_counter()
            with writing():
                enqueue("probe.plain", {})
            took.append((time.perf_counter() - began) * 1000)
            time.sleep(0.01)
    return max(took)


@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_a_redis_that_does_not_answer_delays_no_request(
    make_probe: AppMaker, request: pytest.FixtureRequest, kind: str
) -> None:
    """The best of three, for the machine may be busy; a bell that blocks does so every time."""
    url = request.getfixturevalue(kind)
    without = longest_enqueue_ms(make_probe())
    assert min(longest_enqueue_ms(make_probe(redis_url=url)) for _ in range(3)) < without + MORE_MS


@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_after_one_failure_the_bell_is_quiet_for_a_while(request: pytest.FixtureRequest, kind: str) -> None:
    doorbell = Doorbell(RedisAddress.parse(request.getfixturevalue(kind)), "http://localhost")
    doorbell.ring("ring", 1)
    assert until(lambda: doorbell.quiet_until > 0, 30)
    doorbell.ring("ring", 2)
    assert doorbell.rings.empty()


@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_health_says_so_within_a_second_and_the_site_is_not_down(
    make_probe: AppMaker, request: pytest.FixtureRequest, kind: str
) -> None:
    app, took = make_probe(redis_url=request.getfixturevalue(kind)), []
    with app.app_context():
        for _ in range(3):
            began = time.perf_counter()
            states = {check.name: check.state for check in all_checks()}
            took.append(time.perf_counter() - began)
    assert min(took) < 1
    assert (states["redis"], states["worker"], states["scheduler"]) == ("degraded", "degraded", "degraded")
    assert app.test_client().get("/readyz").status_code == 200


def test_health_knows_a_worker_that_sweeps(probe: Flask) -> None:
    with probe.app_context():
        with writing():
            enqueue("probe.hopeless", {})
        sweep()
        with writing():
            enqueue("probe.plain", {})
        checks = {check.name: check for check in all_checks()}
        assert (checks["worker"].state, checks["scheduler"].state) == ("ok", "ok")
        assert checks["worker"].detail == "jobs waiting: 1, running: 0, dead: 1"
        assert checks["redis"].detail.startswith("none is running")


def test_a_bell_without_redis_leaves_the_job_to_the_sweep(probe: Flask) -> None:
    with probe.app_context():
        with writing():
            job_id = enqueue("probe.plain", {})
        sweep()
        assert claim(job_id) is None


def test_a_full_queue_of_rings_is_no_error(silent: str) -> None:
    doorbell = Doorbell(RedisAddress.parse(silent), "http://localhost")
    began = time.perf_counter()
    for job_id in range(3000):
        doorbell.ring("ring", job_id)
    assert time.perf_counter() - began < 5


def test_a_bell_that_rests_has_no_thread_and_rings_again(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as redis:
        doorbell = Doorbell(redis.address, "http://localhost")
        for _ in range(2):
            doorbell.ring("ring", 1)
            assert doorbell.thread.is_alive()
            doorbell.rest()
            assert not doorbell.thread.is_alive()
        with Redis.from_url(redis.address.cache_url) as client:
            assert client.llen("musicapp@localhost") == 2
            assert {one["name"] for one in client.client_list() if one["cmd"] != "client|list"} == set()


def test_a_forked_process_rings_with_a_thread_of_its_own(refusing: str) -> None:
    doorbell = Doorbell(RedisAddress.parse(refusing), "http://localhost")
    doorbell.ring("ring", 1)
    assert doorbell.process == os.getpid()
    doorbell.process = os.getppid()
    doorbell.quiet_until = 0
    threads = threading.active_count()
    doorbell.ring("ring", 2)
    assert (doorbell.process, threading.active_count()) == (os.getpid(), threads + 1)
