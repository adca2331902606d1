"""A site whose chats are on this machine, and an artist at his desk."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from plugins.catalog.models import Song
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, sign_in
from tests.plugins.catalog.music import fill_catalogue
from tests.plugins.reports.chat_room import ChatRoom, room_of
from tests.plugins.reports.chat_sink import chat_sink


@pytest.fixture
def room(make_app: AppMaker) -> Iterator[ChatRoom]:
    """The site, its owner and a chat service that answers as it is told to."""
    with chat_sink() as sink:
        yield room_of(make_app(reach_private=["127.0.0.1"], mail_server="smtp.example.org"), sink)


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist."""
    return add_person(app, "Nils Hollar", "artist")


@pytest.fixture
def desk(app: Flask, nils: Somebody) -> FlaskClient:
    """The browser of an artist."""
    client = app.test_client()
    sign_in(client, nils)
    return client


@pytest.fixture
def songs(app: Flask, nils: Somebody) -> list[int]:
    """Five published songs of an album of his."""
    fill_catalogue(app, nils.id, albums=1, songs_each=5)
    with app.app_context():
        return list(db.session.scalars(sa.select(Song.id).order_by(Song.id)))
