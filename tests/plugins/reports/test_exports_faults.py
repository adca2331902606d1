"""Exports by a real worker: it is killed, told to stop, and left without Redis; there is one whole file, or none."""

import csv
import hashlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from musicapp.storage import media_store
from tests.conftest import AppMaker
from tests.musicapp.jobs.workplace import SETTINGS, Workplace, until
from tests.people import add_person, bearer
from tests.plugins.reports import ledger

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PLUGINS = ["auth", "inbox", "reports", "ledger"]
PATIENCE_S = 80


@pytest.fixture
def site(make_app: AppMaker, tmp_path: Path, database: str) -> Iterator[Workplace]:
    """A site whose export can be held, its Redis and its worker."""
    plugins = tmp_path / "instance" / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(str(ledger.__file__), plugins)
    with Workplace(tmp_path / "instance", database) as place:
        place.environment["MUSICAPP_PLUGINS"] = ",".join(PLUGINS)
        place.app = make_app(plugins=PLUGINS, redis_url=place.redis.address.url, **SETTINGS)
        place.start_worker()
        yield place


class Program:
    """What somebody's program does with their exports."""

    def __init__(self, site: Workplace) -> None:
        self.hold = site.redis.instance / "hold"
        self.headers = bearer(site.app, add_person(site.app, "Ada"))
        self.client: FlaskClient = site.app.test_client()

    def start(self) -> int:
        answer = self.client.post("/api/exports", json={"name": "lines"}, headers=self.headers)
        assert answer.status_code == 202, answer.text
        started: int = answer.json["data"]["id"]
        return started

    def look(self, export_id: int) -> dict[str, Any]:
        told: dict[str, Any] = self.client.get(f"/api/exports/{export_id}", headers=self.headers).json["data"]
        return told

    def is_in_its_middle(self, export_id: int) -> bool:
        told = self.look(export_id)
        return told["state"] == "running" and told["rows_done"] == ledger.ROWS // 2 and told["left_s"] > 0

    def is_whole(self, export_id: int) -> bool:
        """Whether the file is what its row says, from the first line to the last."""
        told = self.look(export_id)
        content = self.client.get(told["file_url"], headers=self.headers, buffered=True).data
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        return (
            hashlib.sha256(content).hexdigest() == told["sha256"]
            and len(lines) == told["rows_done"] + 1 == ledger.ROWS + 1
            and lines[-1] == [str(ledger.ROWS - 1), "'" + "=words" * 40]
        )


def test_whatever_dies_there_is_one_whole_file_or_none(site: Workplace) -> None:
    ada = Program(site)
    ada.hold.touch()
    killed = ada.start()
    assert until(lambda: ada.is_in_its_middle(killed), PATIENCE_S), ada.look(killed)
    assert [site.kill_slot(pid) for pid in site.slots()] == [True, True]
    assert not stored(site)
    ada.hold.unlink()
    assert until(lambda: ada.look(killed)["state"] == "ready", PATIENCE_S), ada.look(killed)
    assert ada.is_whole(killed) and len(stored(site)) == 1

    ada.hold.touch()
    cancelled = ada.start()
    assert until(lambda: ada.is_in_its_middle(cancelled), PATIENCE_S), ada.look(cancelled)
    assert ada.client.delete(f"/api/exports/{cancelled}", headers=ada.headers).status_code == 200
    ada.hold.unlink()

    assert site.redis.server is not None
    site.redis.server.kill()
    site.redis.server.wait()
    unheard = ada.start()
    site.empty_redis()
    assert until(lambda: ada.look(unheard)["state"] == "ready", PATIENCE_S), ada.look(unheard)
    assert ada.is_whole(unheard) and len(stored(site)) == 2
    assert ada.look(cancelled)["state"] == "cancelled" and ada.look(cancelled)["file_url"] is None

    with site.app.app_context():
        left_behind = media_store().leftovers(older_than_s=-1)
        assert left_behind == 1, "what the killed worker had begun, and nothing of the cancelled one"
        assert media_store().sweep(older_than_s=-1) == 1


def stored(site: Workplace) -> list[str]:
    """The keys of all files of exports."""
    with site.app.app_context():
        return list(media_store().walk("exports"))
