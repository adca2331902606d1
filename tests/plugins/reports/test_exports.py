"""Exports: started on a page or by the API, made by a job, fetched by their owner alone, gone after their time."""

import csv
import hashlib
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Headers, fill_catalogue, work


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist with an album of four songs."""
    somebody = add_person(app, "Nils Hollar", "artist")
    fill_catalogue(app, somebody.id, 1, 4)
    return somebody


@pytest.fixture
def as_nils(app: Flask, nils: Somebody) -> Headers:
    """What a program of his sends."""
    return bearer(app, nils)


def start(client: FlaskClient, headers: Headers, name: str = "songs", **wanted: object) -> dict[str, object]:
    """Start an export as a program does."""
    answer = client.post("/api/exports", json={"name": name, **wanted}, headers=headers)
    assert answer.status_code == 202, answer.text
    told = client.get(answer.headers["Location"], headers=headers)
    assert told.json["data"]["state"] == "waiting"
    return told.json["data"]


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_an_export_is_made_by_a_job_and_fetched_by_its_owner_alone(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    started = start(client, as_nils)
    assert work(app) == 1
    made = client.get(f"/api/exports/{started['id']}", headers=as_nils).json["data"]
    assert (made["state"], made["rows_done"], made["rows_total"]) == ("ready", 4, 4)
    file = client.get(made["file_url"], headers=as_nils, buffered=True)
    assert file.status_code == 200 and "attachment" in file.headers["Content-Disposition"]
    assert (len(file.data), hashlib.sha256(file.data).hexdigest()) == (made["size_bytes"], made["sha256"])
    head, *rows = lines_of(file.data)
    kinds = client.get("/api/exports/names", headers=as_nils).json["data"]
    assert head == [one["name"] for kind in kinds if kind["name"] == "catalog.songs" for one in kind["columns"]]
    assert [row[1] for row in rows] == [f"Crossing 001-00{place}" for place in range(4)]
    other = bearer(app, add_person(app, "Ada", "admin"))
    assert client.get(made["file_url"], headers=other).status_code == 404
    assert client.get(f"/api/exports/{started['id']}", headers=other).status_code == 404
    assert client.get(made["file_url"], headers={"Accept": "application/json"}).status_code == 401


def test_all_that_plugins_bring_can_be_taken_out_as_it_is_documented(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    as_admin = bearer(app, add_person(app, "Ada", "admin"))
    names = {one["name"] for one in client.get("/api/exports/names", headers=as_nils).json["data"]}
    assert {"catalog.plays", "catalog.my_plays", "playlists.entries"} <= names and "auth.accounts" not in names
    for kind in client.get("/api/exports/names", headers=as_admin).json["data"]:
        started = start(client, as_admin, kind["name"])
        work(app)
        made = client.get(f"/api/exports/{started['id']}", headers=as_admin).json["data"]
        assert made["state"] == "ready", (kind["name"], made)
        head = lines_of(client.get(made["file_url"], headers=as_admin, buffered=True).data)[0]
        assert head == [column["name"] for column in kind["columns"]]
