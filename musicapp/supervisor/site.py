"""The table of processes that are this site."""

import signal
import sys

from config import Config
from musicapp.redis import EmbeddedRedis
from musicapp.supervisor.port import answers_ok
from musicapp.supervisor.process import Process

WORKER_STOP_WITHIN_S = 20.0
# glibc keeps a pool of memory per thread and gives little back; a site of many threads would grow by a quarter.
FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}


def stages(config: Config, redis: EmbeddedRedis | None) -> list[list[Process]]:
    """Redis, unless one is given; who works; who serves. Both of them bring the database up to date, under a lock."""
    env = {**FRUGAL, **({"MUSICAPP_REDIS_URL": redis.address.url} if redis else {})}
    return [
        *([[embedded(redis)]] if redis else []),
        [worker(env)],
        [web(config, env)],
    ]


def embedded(redis: EmbeddedRedis) -> Process:
    """Its advice on the machine's memory settings is not shown: our Redis is far too small for it to matter."""

    async def answers() -> bool:
        return redis.answers()

    return Process(
        "redis", redis.command, ready=answers, mend=redis.set_aside, mute="overcommit", inherited=redis.inherited
    )


def worker(env: dict[str, str]) -> Process:
    """Two slots, one always free for short jobs, and the schedule; a job cut off by the stop is done again later."""
    module = "musicapp.jobs.working"
    return Process(
        "worker",
        python(module),
        env,
        stop_within_s=WORKER_STOP_WITHIN_S,
        orphan_signal=signal.SIGKILL,
        module=module,
    )


def web(config: Config, env: dict[str, str]) -> Process:
    async def ready() -> bool:
        return await answers_ok(config.host, config.port, "/readyz")

    module = "musicapp.supervisor.web"
    return Process("web", python(module), env, ready=ready, module=module)


def python(*words: str) -> list[str]:
    """A module run by the same Python as this one."""
    return [sys.executable, "-m", *words]
