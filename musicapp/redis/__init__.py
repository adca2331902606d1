"""Redis for the site: one address in the words of every library, and a server of our own where none is given."""

from musicapp.redis.address import RedisAddress, find_address
from musicapp.redis.embedded import EmbeddedRedis, RedisError
from musicapp.redis.engine import Engine, NoEngine, find_engine

__all__ = ["EmbeddedRedis", "Engine", "NoEngine", "RedisAddress", "RedisError", "find_address", "find_engine"]
