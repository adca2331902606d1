"""Flask-Caching on Redis in our way: values are JSON and never pickled, and a Redis that does not answer is left alone
for a while, so that nobody waits for it."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask
from flask_caching.backends.base import BaseCache
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

T = TypeVar("T")
ANSWER_WITHIN_S = 0.25
QUIET_S = 10.0
DELETED_AT_ONCE = 500


class JsonRedisCache(BaseCache):
    """A cache that never raises: what cannot be had is not there, and what cannot be kept is forgotten."""

    def __init__(self, url: str, prefix: str, default_timeout: int) -> None:
        super().__init__(default_timeout=default_timeout)
        self.prefix = prefix
        self.quiet_until = 0.0
        self.redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_WITHIN_S,
            socket_connect_timeout=ANSWER_WITHIN_S,
            retry=Retry(NoBackoff(), 0),
        )

    @classmethod
    def factory(
        cls, _app: Flask, config: dict[str, Any], _args: list[Any], _options: dict[str, Any]
    ) -> "JsonRedisCache":
        """Made by Flask-Caching of its settings."""
        return cls(config["CACHE_REDIS_URL"], config["CACHE_KEY_PREFIX"], config["CACHE_DEFAULT_TIMEOUT"])

    def get(self, key: str) -> Any:
        return self.get_many(key)[0]

    def get_many(self, *keys: str) -> list[Any]:
        """The values of these keys in one round trip, None for each that is not there."""
        found = self.ask(lambda: self.redis.mget([self.prefix + key for key in keys]), None)
        return [loaded(text) for text in found] if found is not None else [None] * len(keys)

    def set(self, key: str, value: Any, timeout: int | timedelta | None = None) -> bool:
        return self.write(key, value, timeout)

    def add(self, key: str, value: Any, timeout: int | timedelta | None = None) -> bool:
        """As `set`, but only when nothing is there."""
        return self.write(key, value, timeout, only_new=True)

    def write(self, key: str, value: Any, timeout: int | timedelta | None, *, only_new: bool = False) -> bool:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        lasts_s = timedelta(seconds=self.default_timeout) if timeout is None else timeout
        return bool(self.ask(lambda: self.redis.set(self.prefix + key, text, ex=lasts_s or None, nx=only_new), False))

    def delete(self, key: str) -> bool:
        return bool(self.ask(lambda: self.redis.delete(self.prefix + key), 0))

    def has(self, key: str) -> bool:
        return bool(self.ask(lambda: self.redis.exists(self.prefix + key), 0))

    def clear(self) -> bool:
        """Remove what the cache keeps, and nothing else that lives in this Redis."""
        return bool(self.ask(self.remove_ours, False))

    def remove_ours(self) -> bool:
        keys = list(self.redis.scan_iter(match=f"{self.prefix}*", count=DELETED_AT_ONCE))
        for start in range(0, len(keys), DELETED_AT_ONCE):
            self.redis.unlink(*keys[start : start + DELETED_AT_ONCE])
        return True

    def ask(self, question: Callable[[], Any], otherwise: T) -> Any | T:
        """Redis's answer, or `otherwise` while it is left alone."""
        if time.monotonic() < self.quiet_until:
            return otherwise
        try:
            return question()
        except (RedisError, OSError) as error:
            self.quiet_until = time.monotonic() + QUIET_S
            log.warning("The cache does not answer (%s); it is not asked for %d s.", type(error).__name__, QUIET_S)
            return otherwise


def loaded(text: bytes | None) -> Any:
    """A value as it was set; what is no JSON was never ours and is not there."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return None
