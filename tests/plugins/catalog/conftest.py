"""People and music for the tests of the catalogue."""

import os
import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Headers
from tests.plugins.catalog.shelf import Shelf


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist."""
    return add_person(app, "Nils Hollar", "artist")


@pytest.fixture
def ada(app: Flask) -> Somebody:
    """Another artist."""
    return add_person(app, "Ada Quist", "artist")


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A listener."""
    return add_person(app, "Mira")


@pytest.fixture
def as_nils(app: Flask, nils: Somebody) -> Headers:
    """What a program of Nils sends."""
    return bearer(app, nils)


@pytest.fixture
def as_ada(app: Flask, ada: Somebody) -> Headers:
    """What a program of Ada sends."""
    return bearer(app, ada)


@pytest.fixture
def as_mira(app: Flask, mira: Somebody) -> Headers:
    """What a program of Mira sends."""
    return bearer(app, mira)


@pytest.fixture
def as_admin(app: Flask) -> Headers:
    """What a program of an admin sends."""
    return bearer(app, add_person(app, "Owner", "admin"))


@pytest.fixture
def as_moderator(app: Flask) -> Headers:
    """What a program of a moderator sends."""
    return bearer(app, add_person(app, "Jonas", "moderator"))


@pytest.fixture
def visitor(app: Flask, nils: Somebody) -> FlaskClient:
    """The browser of somebody who is not signed in, on a site that is set up."""
    return app.test_client()


@pytest.fixture
def listeners(app: Flask) -> Callable[[int], list[Headers]]:
    """So many listeners, each with what their program sends."""
    return lambda count: [bearer(app, add_person(app, f"Listener {number}")) for number in range(count)]


@pytest.fixture
def ffmpeg() -> str:
    """The machine's ffmpeg."""
    found = shutil.which("ffmpeg")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("ffmpeg is missing; with CI=true it must be there.")
    if found is None:
        pytest.skip("ffmpeg is not installed")
    return found


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """Music that differs by its names alone."""
    return Shelf(app)
