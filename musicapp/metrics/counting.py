"""Counting requests over all processes: each counts for itself, and a thread adds what it counted to Redis.

Sums in Redis outlive a process that ends or is replaced, and whichever process is asked for them answers the same.
A request only adds to a few numbers in memory. Without Redis nobody can tell the sums, so that none are told.
"""

import logging
import threading
from bisect import bisect_left
from collections.abc import Mapping

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from musicapp.redis import RedisAddress

log = logging.getLogger(__name__)

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
PLACES = len(BUCKETS_S) + 1
US = 1_000_000
KEY = "musicapp.requests"
DELAY_S = 5.0
ANSWER_WITHIN_S = 0.25

Counts = dict[tuple[str, int], list[float]]
"""By endpoint and status: how many requests fell into each bucket, the last being longer than all, and their µs."""


class RequestCounts:
    """The requests of one process that Redis does not know of yet."""

    def __init__(self, address: RedisAddress | None, delay_s: float = DELAY_S) -> None:
        self.address = address
        self.delay_s = delay_s
        self.counts: Counts = {}
        self.lock = threading.Lock()
        self.timer: threading.Timer | None = None

    def note(self, endpoint: str, status: int, took_s: float) -> None:
        """Count one request; this is all that it costs it."""
        with self.lock:
            found = self.counts.get((endpoint, status))
            if found is None:
                found = self.counts[endpoint, status] = [0] * (PLACES + 1)
            found[bisect_left(BUCKETS_S, took_s)] += 1
            found[PLACES] += took_s * US
            if self.timer is None and self.address is not None:
                self.timer = threading.Timer(self.delay_s, self.hand_over)
                self.timer.daemon = True
                self.timer.start()

    def hand_over(self) -> bool:
        """Add to the sums what was counted here; what Redis does not take is counted on here."""
        with self.lock:
            counts, self.counts, self.timer = self.counts, {}, None
        if self.address is None:
            return False
        try:
            with connected(self.address) as redis, redis.pipeline() as pipeline:
                for (endpoint, status), numbers in counts.items():
                    for place, number in enumerate(numbers):
                        if number:
                            pipeline.hincrby(KEY, f"{endpoint}|{status}|{place}", round(number))
                pipeline.execute()
        except (RedisError, OSError) as error:
            log.debug("Redis does not take the counts of requests: %s", error)
            self.take_back(counts)
            return False
        return True

    def take_back(self, counts: Counts) -> None:
        with self.lock:
            for of, numbers in counts.items():
                now = self.counts.get(of, [0] * (PLACES + 1))
                self.counts[of] = [one + other for one, other in zip(now, numbers, strict=True)]

    def of_all_processes(self) -> Counts | None:
        """The sums of all processes since Redis began, with what was counted here until now; None without Redis."""
        if self.address is None or not self.hand_over():
            return None
        try:
            with connected(self.address) as redis:
                return read(redis.hgetall(KEY))
        except (RedisError, OSError):
            return None


def connected(address: RedisAddress) -> Redis:
    return Redis.from_url(
        address.cache_url,
        socket_timeout=ANSWER_WITHIN_S,
        socket_connect_timeout=ANSWER_WITHIN_S,
        retry=Retry(NoBackoff(), 0),
    )


def read(kept: Mapping[bytes, bytes]) -> Counts:
    counts: Counts = {}
    for name, number in kept.items():
        endpoint, status, place = name.decode().rsplit("|", 2)
        counts.setdefault((endpoint, int(status)), [0] * (PLACES + 1))[int(place)] = int(number)
    return counts
