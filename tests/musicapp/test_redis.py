"""Claims about the embedded Redis and about one address in the words of every library; the server is a real one."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from kombu import Connection
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from musicapp.redis import EmbeddedRedis, NoEngine, RedisAddress, RedisError, find_address, find_engine

ROOT = Path(__file__).resolve().parents[2]
ABANDON = """
import os, signal, subprocess, sys
from pathlib import Path
from musicapp.redis import EmbeddedRedis
embedded = EmbeddedRedis(Path(sys.argv[1]))
embedded.prepare()
subprocess.Popen(embedded.command, stdout=subprocess.DEVNULL, pass_fds=embedded.inherited)
while not embedded.answers(): pass
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis")) as embedded:
        yield embedded


@pytest.fixture
def client(running: EmbeddedRedis) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(running.address.cache_url) as connected:
        yield connected


def names_work_everywhere(address: RedisAddress) -> bool:
    """Use the address once with redis-py, once with kombu and once with limits, for real."""
    with redis.Redis.from_url(address.cache_url) as client:
        client.set("known", "yes")
        assert client.get("known") == b"yes"
    with Connection(address.broker_url) as broker, broker.SimpleQueue("letters") as queue:
        queue.put({"song": 7})
        letter = queue.get(timeout=30)
        assert letter.payload == {"song": 7}
        letter.ack()
    storage = storage_from_string(address.limiter_url)
    assert FixedWindowRateLimiter(storage).hit(RateLimitItemPerMinute(1), "somebody")
    assert not FixedWindowRateLimiter(storage).hit(RateLimitItemPerMinute(1), "somebody")
    storage.storage.close()
    return True


def test_one_address_works_for_cache_broker_and_limiter(running: EmbeddedRedis) -> None:
    assert names_work_everywhere(running.address)


def test_database_number_and_password_reach_every_library(running: EmbeddedRedis, client: "redis.Redis") -> None:
    socket = running.address.socket_path
    client.acl_setuser("singer", enabled=True, passwords=["+p:w/1"], keys=["*"], channels=["*"], commands=["+@all"])
    address = RedisAddress.parse(f"unix://singer:p%3Aw%2F1@{socket}?db=3")
    assert names_work_everywhere(address)
    with redis.Redis.from_url(f"unix://{socket}?db=3") as third:
        assert third.get("known") == b"yes"
        assert third.exists("_kombu.binding.letters"), "Celery's broker used another database"
    assert "p%3Aw" not in str(address) + repr(address)


@pytest.mark.parametrize("scheme", ["unix", "redis+socket", "redis+unix"])
def test_every_usual_form_of_a_socket_is_understood(scheme: str) -> None:
    number = "virtual_host" if scheme == "redis+socket" else "db"
    address = RedisAddress.parse(f"{scheme}:///run/redis.sock?{number}=2")
    assert address.cache_url == "unix:///run/redis.sock?db=2"
    assert address.broker_url == "redis+socket:///run/redis.sock?virtual_host=2"
    assert address.limiter_url == "redis+unix:///run/redis.sock?db=2"


def test_an_address_on_the_network_is_the_same_for_all() -> None:
    address = RedisAddress.parse("rediss://user:secret@cache.example:6380/2")
    assert {address.cache_url, address.broker_url, address.limiter_url} == {address.url}
    assert str(address) == "rediss://cache.example:6380/2"


def test_an_address_that_is_none_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="must begin with redis://"):
        RedisAddress.parse("localhost:6379")


def test_settings_go_before_the_embedded_server(running: EmbeddedRedis) -> None:
    assert find_address(running.instance, {"REDIS_URL": "redis://r/1", "REDIS_HOST": "h"}) == RedisAddress(
        "redis://r/1"
    )
    found = find_address(running.instance, {"REDIS_URL": "", "REDIS_HOST": "h", "REDIS_PORT": 6400})
    assert found == RedisAddress("redis://h:6400/0")
    assert find_address(running.instance, {"REDIS_URL": "", "REDIS_HOST": ""}) == running.address


def test_nobody_but_us_may_open_the_socket(running: EmbeddedRedis) -> None:
    assert running.socket.parent.stat().st_mode & 0o777 == 0o700
    assert len(str(running.socket)) < 104


def test_the_queue_is_never_evicted_and_every_write_is_kept(client: "redis.Redis") -> None:
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_what_was_queued_outlives_a_stop_and_a_kill(tmp_path: Path) -> None:
    for ending in (None, signal.SIGKILL):
        with EmbeddedRedis(tmp_path) as embedded, redis.Redis.from_url(embedded.address.cache_url) as client:
            client.rpush("queue", str(ending))
            if ending:
                time.sleep(1.1)
                assert embedded.server
                embedded.server.send_signal(ending)
                embedded.server.wait()
    with EmbeddedRedis(tmp_path) as embedded, redis.Redis.from_url(embedded.address.cache_url) as client:
        assert client.lrange("queue", 0, -1) == [b"None", str(signal.SIGKILL).encode()]


def test_a_stop_leaves_no_note_no_socket_and_no_process(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as embedded:
        socket, server = embedded.socket, embedded.server
    assert server
    assert server.returncode == 0
    assert not socket.parent.exists()
    assert not (tmp_path / "run" / "redis.json").exists()
    assert find_address(tmp_path, {}) is None


def test_two_never_share_the_files_of_one_instance(running: EmbeddedRedis) -> None:
    with pytest.raises(RedisError, match="already runs the Redis"):
        EmbeddedRedis(running.instance).start()
    assert running.answers()


def test_a_server_whose_starter_was_killed_is_ended_and_its_queue_taken_over(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", ABANDON, tmp_path], cwd=ROOT, check=False)
    left = find_address(tmp_path, {})
    assert killed.returncode == -signal.SIGKILL
    assert left
    with redis.Redis.from_url(left.cache_url) as client:
        client.set("from", "before")
    with EmbeddedRedis(tmp_path) as embedded, redis.Redis.from_url(embedded.address.cache_url) as client:
        assert client.get("from") == b"before"
        assert left.socket_path
        assert not left.socket_path.parent.exists()


def test_files_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as embedded, redis.Redis.from_url(embedded.address.cache_url) as client:
        client.set("kept", "yes")
        log = next(embedded.folder.glob("appendonlydir/*.incr.aof"))
    log.write_bytes(b"no such thing\n" + log.read_bytes())
    with pytest.raises(RedisError, match="did not start"):
        EmbeddedRedis(tmp_path).start()
    assert "could not be read" in embedded.set_aside()
    with EmbeddedRedis(tmp_path):
        assert list(embedded.folder.glob("unreadable-*/*.incr.aof"))


def test_a_server_on_the_path_goes_before_the_one_we_bring(tmp_path: Path) -> None:
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\necho Redis server v=7.2.4 sha=00000000:0 malloc=libc bits=64\n")
    server.chmod(0o755)
    assert str(find_engine(str(tmp_path))) == "redis-7"
    server.write_text("#!/bin/sh\necho Redis server v=5.0.3 sha=00000000:0 malloc=libc bits=64\n")
    assert str(find_engine(str(tmp_path))).startswith("valkey-"), "a server too old for our client was taken"


def test_without_any_server_the_reader_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicapp.redis.engine.bundled", list)
    with pytest.raises(NoEngine, match="set REDIS_URL"):
        find_engine(str(tmp_path))
