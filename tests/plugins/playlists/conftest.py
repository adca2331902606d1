"""People for the tests of playlists."""

import pytest
from flask import Flask

from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Headers


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist."""
    return add_person(app, "Nils Hollar", "artist")


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A listener with playlists."""
    return add_person(app, "Mira")


@pytest.fixture
def jonas(app: Flask) -> Somebody:
    """Another listener."""
    return add_person(app, "Jonas")


@pytest.fixture
def staff(app: Flask) -> Somebody:
    """A moderator."""
    return add_person(app, "Vera", "moderator")


@pytest.fixture
def as_mira(app: Flask, mira: Somebody) -> Headers:
    """What a program of Mira sends."""
    return bearer(app, mira)


@pytest.fixture
def as_jonas(app: Flask, jonas: Somebody) -> Headers:
    """What a program of Jonas sends."""
    return bearer(app, jonas)
