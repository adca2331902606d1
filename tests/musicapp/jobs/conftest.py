"""An app with the plugin of `probe.py` dropped into its instance folder, and real processes that do its jobs."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.database import db
from tests.conftest import AppMaker
from tests.musicapp.jobs.workplace import SETTINGS, Workplace


@pytest.fixture
def make_probe(make_app: AppMaker, tmp_path: Path) -> AppMaker:
    """Makes apps that run the probe plugin, its table made."""
    plugins = tmp_path / "instance" / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("probe.py"), plugins)

    def make(**settings: Any) -> Flask:
        app = make_app(plugins=["probe"], **{**SETTINGS, **settings})
        with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
            connection.execute(sa.text("CREATE TABLE IF NOT EXISTS probe_effect (name VARCHAR(100))"))
        return app

    return make


@pytest.fixture
def probe(make_probe: AppMaker) -> Flask:
    """The app, without Redis: what is enqueued lies there until the test claims it."""
    return make_probe()


@pytest.fixture
def workplace(make_probe: AppMaker, tmp_path: Path, database: str) -> Iterator[Workplace]:
    """Redis and a worker as processes; the worker is started again whenever it dies."""
    with Workplace(tmp_path / "instance", database) as place:
        place.app = make_probe(redis_url=place.redis.address.url)
        place.start_worker()
        yield place
