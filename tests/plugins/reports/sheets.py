"""Bringing sheets in as artists do, for tests."""

import csv
import io

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from musicapp.sheets.writing import FORMATS, written
from plugins.catalog.models import Song
from plugins.catalog.services.sheet_changes import COLUMNS, sheet_rows
from tests.people import Somebody, csrf_token
from tests.plugins.catalog.music import work

SONGS = "catalog.songs_sheet"


def sheet_of(app: Flask, person: Somebody, format_name: str = "csv") -> bytes:
    """The sheet that somebody downloads."""
    with app.app_context(), written(FORMATS[format_name], COLUMNS, sheet_rows(person.id, 0)) as sheet:
        return sheet.read()


def lines_of(sheet: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def as_csv(lines: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def bring(client: FlaskClient, sheet: bytes, file_name: str = "songs.csv", name: str = SONGS) -> str:
    """Send a sheet; where it is seen."""
    fields = {"csrf_token": csrf_token(client), "sheet": (io.BytesIO(sheet), file_name)}
    answer = client.post(f"/imports/{name}", data=fields)
    assert answer.status_code == 303, answer.text
    return answer.location


def seen(app: Flask, client: FlaskClient, sheet: bytes, **options: str) -> tuple[str, str]:
    """Send a sheet and let it be read; its address, and what its page then says."""
    address = bring(client, sheet, **options)
    assert "is being read" in client.get(address).text
    work(app)
    return address, page_of(client, address)


def apply(app: Flask, client: FlaskClient, address: str) -> str:
    """Apply a sheet; what its page then says."""
    return done(app, client, address, "apply")


def undo(app: Flask, client: FlaskClient, address: str) -> str:
    """Undo a sheet; what its page then says."""
    return done(app, client, address, "undo")


def done(app: Flask, client: FlaskClient, address: str, act: str) -> str:
    client.post(f"{address}/{act}", data={"csrf_token": csrf_token(client)})
    work(app)
    return page_of(client, address)


def page_of(client: FlaskClient, address: str) -> str:
    return " ".join(client.get(address).text.split())


def column(app: Flask, name: str) -> list[object]:
    """What all songs say in one column of their table, by their numbers."""
    with app.app_context():
        return list(db.session.scalars(sa.select(getattr(Song, name)).order_by(Song.id)))
