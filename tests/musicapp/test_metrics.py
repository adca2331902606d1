"""Claims about /metrics: who may read it, and that its counts are those of all processes."""

import re
import subprocess
import sys
import time
from pathlib import Path

from musicapp.metrics.counting import RequestCounts
from musicapp.redis import EmbeddedRedis
from tests.conftest import AppMaker, on_one_database
from tests.people import set_up

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? (\d+(\.\d+)?(e[-+]\d+)?)')
ANOTHER_PROCESS = """
import sys
from musicapp import create_app
app = create_app({"instance": sys.argv[1], "database_url": sys.argv[2], "redis_url": sys.argv[3], "log_level": "ERROR"})
client = app.test_client()
for _ in range(int(sys.argv[4])):
    client.get("/healthz")
assert app.extensions["request_counts"].hand_over()
"""


def sample(text: str, name: str) -> float:
    """The value of one sample of the text."""
    return next(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(f"{name} "))


@on_one_database
def test_the_counts_are_those_of_all_processes_and_outlive_them(
    make_app: AppMaker, database: str, tmp_path: Path
) -> None:
    with EmbeddedRedis(tmp_path / "redis") as redis:
        app = make_app(redis_url=redis.address.url)
        set_up(app)
        others = [
            subprocess.Popen(
                [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path), database, redis.address.url, number], cwd=ROOT
            )
            for number in ("7", "5")
        ]
        client = app.test_client()
        for _ in range(3):
            client.get("/healthz")
        assert [other.wait(60) for other in others] == [0, 0]
        text = client.get("/metrics").text
        assert sample(text, 'musicapp_requests_total{endpoint="site.healthz",status="200"}') == 15
        assert sample(text, 'musicapp_request_seconds_bucket{endpoint="site.healthz",le="+Inf"}') == 15
        assert sample(text, 'musicapp_request_seconds_count{endpoint="site.healthz"}') == 15
        assert 0 < sample(text, 'musicapp_request_seconds_sum{endpoint="site.healthz"}') < 60
        assert sample(text, "musicapp_auth_people") == 1
        assert sample(text, "musicapp_site_disk_free_bytes") > 0
        lines = text.splitlines()
        assert [line for line in lines if not line.startswith("#") and not SAMPLE.fullmatch(line)] == []
        assert len(lines) == len(set(lines))


@on_one_database
def test_without_a_token_only_this_machine_reads_it_and_with_one_who_has_it(make_app: AppMaker) -> None:
    open_app = make_app()
    set_up(open_app)
    client = open_app.test_client()
    assert "musicapp_info{version=" in client.get("/metrics").text
    assert "Requests are counted over all processes in Redis" in client.get("/metrics").text
    assert client.get("/metrics", environ_base=ELSEWHERE).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", headers={"Forwarded": "for=127.0.0.1"}).status_code == 404
    closed = make_app(metrics_token="a long one").test_client()
    assert closed.get("/metrics").status_code == 404
    assert closed.get("/metrics", headers={"Authorization": "Bearer a long"}).status_code == 404
    right = {"Authorization": "Bearer a long one"}
    assert closed.get("/metrics", headers=right, environ_base=ELSEWHERE).status_code == 200
    behind = make_app(trusted_proxies=["127.0.0.1"]).test_client()
    assert behind.get("/metrics").status_code == 404


def test_counting_costs_a_request_next_to_nothing_and_waits_for_redis(refusing: str) -> None:
    from musicapp.redis import RedisAddress

    counts = RequestCounts(RedisAddress.parse(refusing), delay_s=3600)
    began = time.process_time()
    for number in range(10_000):
        counts.note("catalog.song", 200, number / 1000)
    assert (time.process_time() - began) / 10_000 < 50e-6
    assert counts.timer is not None
    counts.timer.cancel()
    assert counts.of_all_processes() is None
    assert sum(counts.counts["catalog.song", 200][:-1]) == 10_000
