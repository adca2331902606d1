"""A site with one small plugin whose API shows each rule, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards, write_plugin

NOTES = '''
import threading
from pydantic import Field
from musicapp.api import Body, PageQuery, answer, listing
from musicapp.api.envelope import cached
from musicapp.errors import Conflict, NotFound, TooOften
from musicapp.paging import Order, page_of
from musicapp.database import writing
from musicapp.clock import now
from musicapp.site.models import StoredSetting
import sqlalchemy as sa
from flask import request

class NoteIn(Body):
    text: str = Field(min_length=1, max_length=20)
    stars: int = Field(3, ge=1, le=5)

made = []
hold = threading.Event()
hold.set()
inside = threading.Event()

@plugin.api.post("/", permission="public", body=NoteIn)
def write(body):
    """Write a note."""
    inside.set()
    hold.wait(30)
    if body.text == "taken":
        raise Conflict("A note of this text is there already.")
    made.append(body.text)
    return answer({"number": len(made), "text": body.text}, "Written.", 201, location=f"/api/notes/{len(made)}")

@plugin.api.post("/pictures", permission="public", max_body=5_000_000)
def picture():
    """Send a picture."""
    made.append(request.files["picture"].read())
    return answer(len(made), status=201)

ORDERS = {
    "name": Order("name", StoredSetting.name, StoredSetting.plugin),
    "newest": Order("newest", StoredSetting.changed_at, StoredSetting.name, descending=True),
}

class NotesQuery(PageQuery):
    sort: str = "name"

@plugin.api.get("/", permission="public", query=NotesQuery, answer=list[NoteIn])
def read(query):
    """All notes."""
    page = page_of(
        sa.select(StoredSetting.name), ORDERS[query.sort], lambda row: row.name, limit=query.limit, cursor=query.cursor
    )
    return listing(page)

@plugin.api.get("/cached", permission="public")
def slow_to_change():
    return cached(answer(["same"]))

@plugin.api.get("/<int:number>", permission="public")
def one(number):
    raise NotFound("There is no such note.")

@plugin.api.get("/often", permission="public")
def often():
    raise TooOften("Wait a little.", 7)

@plugin.api.get("/crash", permission="public")
def crash():
    return 1 / 0

@plugin.api.get("/mine", permission="member")
def mine():
    return answer([])

@plugin.get("/", permission="public")
def page():
    return "<h1>notes</h1>"

@plugin.post("/", permission="public")
def post_page():
    return "posted"
'''


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> Iterator[Flask]:
    with forgotten_afterwards():
        write_plugin(tmp_path / "instance" / "plugins", "notes", NOTES)
        yield make_app(plugins=["notes"], cors_origins=["https://other.example"], site_url="https://music.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
