"""Claims about what is kept in Redis: good for one generation, plain JSON, and never in anybody's way."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import redis
import sqlalchemy as sa
from flask import Flask

from musicapp.caching import PREFIX, Kept
from musicapp.database import db, writing
from musicapp.extensions import cache
from musicapp.redis import EmbeddedRedis
from musicapp.site.models import StoredSetting
from tests.conftest import AppMaker


@dataclass(frozen=True)
class Tide:
    """Something to keep."""

    harbour: str
    high_at: datetime
    depth_m: float | None
    mark: bytes = b""


TIDES = [
    Tide("Årdal", datetime(2026, 3, 1, 4, 5, tzinfo=UTC), 2.5, bytes(range(256))),
    Tide("Neap", datetime.now(UTC), None),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis")) as embedded:
        yield embedded


@pytest.fixture
def client(running: EmbeddedRedis) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(running.address.cache_url) as connected:
        connected.flushall()
        yield connected


@pytest.fixture
def app(make_app: AppMaker, running: EmbeddedRedis, client: "redis.Redis") -> Flask:
    return make_app(redis_url=running.address.url)


def counting(kept: Kept, answers: list[list[Tide]]) -> list[Tide]:
    return kept.remember(list[Tide], "all", lambda: answers.pop(0))


def test_an_answer_is_kept_until_its_subject_changes(app: Flask) -> None:
    kept, other = Kept("tides"), Kept("moons")
    with app.app_context():
        assert counting(kept, [TIDES]) == TIDES
        other.forget()
        assert counting(kept, []) == TIDES
        kept.forget()
        assert counting(kept, [[]]) == []


def test_what_was_asked_before_a_change_is_not_kept_after_it(app: Flask) -> None:
    kept = Kept("tides")

    def asked_while_it_changes() -> list[Tide]:
        Kept("tides").forget()
        return TIDES

    with app.app_context():
        assert kept.remember(list[Tide], "all", asked_while_it_changes) == TIDES
        assert counting(kept, [[]]) == []


def test_what_is_read_inside_a_unit_of_work_is_not_kept(app: Flask) -> None:
    kept = Kept("tides")
    with app.app_context():
        with writing():
            assert counting(kept, [TIDES]) == TIDES
        assert counting(kept, [[]]) == []


def test_what_is_kept_is_no_older_than_its_generation(app: Flask) -> None:
    kept, count = Kept("tides"), sa.select(sa.func.count()).select_from(StoredSetting)
    with app.app_context():
        assert db.session.scalar(count) == 0  # this request reads what stood here before the change
        with app.app_context():
            with writing() as unit:
                unit.add(StoredSetting(plugin="tides", name="harbours", value=3))
            kept.forget()
        assert kept.remember(int, "count", lambda: db.session.scalar(count)) == 1
    with app.app_context():
        assert kept.remember(int, "count", lambda: 0) == 1


def test_values_are_json_and_end_by_themselves(app: Flask, client: "redis.Redis") -> None:
    with app.app_context():
        counting(Kept("tides", seconds=30), [TIDES])
    key = f"{PREFIX}tides:all"
    assert json.loads(client.get(key) or b"")[1][0][0]["harbour"] == "Årdal"
    assert 0 < client.ttl(key) <= 30


def test_what_a_stranger_put_there_is_not_believed(app: Flask, client: "redis.Redis") -> None:
    kept = Kept("tides")
    with app.app_context():
        kept.forget()
        client.set(f"{PREFIX}tides:all", b"\x80\x04N.")
        assert counting(kept, [TIDES]) == TIDES


def test_what_was_kept_before_an_upgrade_of_its_record_is_made_anew(app: Flask) -> None:
    kept = Kept("tides")
    with app.app_context():
        assert kept.remember(list[str], "all", lambda: ["Neap"]) == ["Neap"]
        assert counting(kept, [TIDES]) == TIDES
        assert counting(kept, []) == TIDES


def test_clearing_the_cache_leaves_the_queue_of_jobs_alone(app: Flask, client: "redis.Redis") -> None:
    client.lpush("celery", "a job")
    with app.app_context():
        counting(Kept("tides"), [TIDES])
        assert cache.clear()
    assert client.keys() == [b"celery"]


def test_a_change_that_redis_did_not_hear_is_told_first_when_it_is_back(app: Flask, client: "redis.Redis") -> None:
    kept = Kept("tides")
    with app.app_context():
        counting(kept, [TIDES])
        cache.cache.quiet_until = time.monotonic() + 60
        kept.forget()
        assert counting(kept, [TIDES[:1]]) == TIDES[:1]
        cache.cache.quiet_until = 0.0
        assert counting(kept, [[]]) == []


@pytest.mark.parametrize("server", ["refusing", "silent"])
def test_a_redis_that_is_away_costs_one_short_wait_and_no_answer(
    server: str, make_app: AppMaker, request: pytest.FixtureRequest
) -> None:
    kept = Kept("tides")
    with make_app(redis_url=request.getfixturevalue(server)).app_context():
        began = time.perf_counter()
        for _ in range(50):
            assert counting(kept, [TIDES]) == TIDES
        assert time.perf_counter() - began < 6  # fifty waits of a quarter of a second would be twelve


def test_without_a_redis_nothing_is_kept(make_app: AppMaker) -> None:
    with make_app().app_context():
        assert [counting(Kept("tides"), [one]) for one in (TIDES, [])] == [TIDES, []]
