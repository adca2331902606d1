"""What every test may use: apps on fresh databases, SQLite and PostgreSQL alike."""

import gc
import os
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp import create_app
from musicapp import database as database_module
from musicapp.database import db
from musicapp.prepared import KEPT, Prepared
from plugins.catalog.media import safely
from tests.made_once import make_once
from tests.postgres import Postgres, find_binaries
from tests.said_before import SaidBefore

AppMaker = Callable[..., Flask]
LOOPBACK = ("127.", "::1", "localhost")

# Statements are prepared once for each kind of database, whichever test asks first.
PREPARED: dict[str, dict[tuple[Any, ...], Prepared]] = {}
# For claims that no database has a part in.
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection that would leave this machine; files as addresses are local sockets."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith(LOOPBACK):
            raise RuntimeError(f"A test tried to connect to {host}; only this machine is there for tests.")


sys.addaudithook(only_loopback)


def never_wait_for_the_disk() -> None:
    """A test's files need not outlive a power cut; processes that a test starts wait as a site's do."""
    os.fsync = lambda _descriptor: None  # type: ignore[assignment]
    database_module.PRAGMAS = (*database_module.PRAGMAS, "synchronous=OFF")


make_once()
never_wait_for_the_disk()
safely.ask_child = SaidBefore(safely.ask_child)  # type: ignore[assignment]


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the modules and tests, which stay, and come by more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def clean_environment() -> None:
    """What this machine sets for a running site must not reach the tests."""
    for name in [name for name in os.environ if name.startswith("MUSICAPP_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app({"instance": folder, "log_level": "ERROR"})
    dispose(app)
    return folder / "musicapp.db"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server of the tests' own, with a migrated database to copy."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL's binaries are missing; with CI=true they must be there.")
        pytest.skip("PostgreSQL is not installed")
    with Postgres(binaries) as server:
        url = server.create("template_of_tests")
        folder = tmp_path_factory.mktemp("postgres")
        dispose(create_app({"instance": folder, "database_url": url, "log_level": "ERROR"}))
        yield server


@contextmanager
def fresh_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated database that nobody else has; SQLite's lies in the folder."""
    if kind == "sqlite":
        path = folder / "test.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(template="template_of_tests")
    yield url
    server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database; every test that asks for it runs on both kinds."""
    with fresh_database(request.param, tmp_path, request) as url:
        yield url


@pytest.fixture
def make_app(database: str, tmp_path: Path) -> Iterator[AppMaker]:
    """Makes apps on this test's database; settings as in `config.py`."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        defaults = {"instance": tmp_path / "instance", "database_url": database, "testing": True, "log_level": "ERROR"}
        app = create_app({**defaults, **settings})
        app.extensions[KEPT] = PREPARED.setdefault(database.partition(":")[0], {})
        made.append(app)
        return app

    yield make
    for app in made:
        dispose(app)


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with all its plugins."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def refusing() -> Iterator[str]:
    """An address that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def silent() -> Iterator[str]:
    """An address where every connection is taken and nothing is ever said."""
    taken: list[socket.socket] = []
    with closing(socket.create_server(("127.0.0.1", 0), backlog=50)) as server:

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    for connection in taken:
        connection.close()


def dispose(app: Flask) -> None:
    """Close the connections of an app that a test made."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
