"""What may be kept for a while instead of being asked of the database again; in Redis, as JSON, for all processes."""

from musicapp.caching.backend import JsonRedisCache
from musicapp.caching.kept import Kept

__all__ = ["JsonRedisCache", "Kept", "settings"]

PREFIX = "musicapp:cache:"
SECONDS = 60


def settings(redis_url: str | None) -> dict[str, object]:
    """Flask-Caching's settings: without a Redis nothing is kept, since processes could not tell each other."""
    if redis_url is None:
        return {"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True}
    return {
        "CACHE_TYPE": "musicapp.caching.JsonRedisCache",
        "CACHE_REDIS_URL": redis_url,
        "CACHE_KEY_PREFIX": PREFIX,
        "CACHE_DEFAULT_TIMEOUT": SECONDS,
    }
