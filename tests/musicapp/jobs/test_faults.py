"""kill -9 of workers and their slots, poison, Redis killed and emptied: each effect exactly once, and none lost."""

import random

import pytest

from tests.musicapp.jobs.workplace import Workplace, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

JOBS, LONG_JOBS, KILLS = 40, 2, 8
PATIENCE_S = 60


def test_whatever_is_killed_each_effect_happens_exactly_once(workplace: Workplace) -> None:
    expected = enqueue_work(workplace)
    poison = [workplace.enqueue("probe.poison") for _ in range(2)]
    mistake = workplace.enqueue("probe.mistake")
    assert until(lambda: len(workplace.effects()) > 3, 30)
    assert kill_at_random(workplace) == KILLS
    assert until(lambda: workplace.effects() == expected, PATIENCE_S), missing(workplace, expected)
    for job_id in poison:
        assert until(lambda job_id=job_id: workplace.job(job_id).state == "dead", PATIENCE_S)  # type: ignore[misc]
        assert workplace.job(job_id).last_error.startswith("worker lost")
        assert workplace.job(job_id).attempts == 5
    assert until(lambda: workplace.job(mistake).state == "dead", PATIENCE_S)
    assert workplace.job(mistake).last_error == "ValueError: this never works"
    deaths = ["died: probe.mistake", "died: probe.poison", "died: probe.poison"]
    assert until(lambda: workplace.effects() == sorted(expected + deaths), 10)


def enqueue_work(workplace: Workplace) -> list[str]:
    """Jobs that take long enough to be killed in their middle; the names of their effects."""
    names = [f"{number:02}" for number in range(JOBS)]
    long_names = [f"long {number}" for number in range(LONG_JOBS)]
    for name in names:
        workplace.enqueue("probe.note", name=name, seconds=random.uniform(0, 0.4))
    for name in long_names:
        workplace.enqueue("probe.long", name=name, seconds=2)
    return sorted(names + long_names)


def kill_at_random(workplace: Workplace) -> int:
    """Kill slots and workers while they work, and Redis with all it knows once; how many were seen to be dead."""
    dead = 0
    for number in range(KILLS):
        assert until(lambda: len(workplace.slots()) == 2, 30)
        until(lambda: False, random.uniform(0.2, 0.8))
        if number == KILLS // 2:
            workplace.empty_redis()
            dead += 1
        elif number % 3 == 2:
            workplace.kill_worker()
            dead += 1
        else:
            while not workplace.kill_slot(random.choice(workplace.slots() or [0])):
                """The slot had just ended by itself; another one is taken."""
            dead += 1
    return dead


def missing(workplace: Workplace, expected: list[str]) -> str:
    found = workplace.effects()
    twice = sorted({name for name in found if found.count(name) > 1})
    return f"never done: {sorted(set(expected) - set(found))}, done twice: {twice}"
