"""Exports: started on a page or by the API, made by a job, fetched by their owner alone, gone after their time."""

import csv
import hashlib
import io
import re
from collections import Counter
from pathlib import Path

import pyexcel
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs.models import Job
from musicapp.storage import media_store
from plugins.catalog.models import ArtistMember
from plugins.catalog.services.audience import count_audiences
from plugins.catalog.services.sheets import own_artists
from plugins.reports.models import TakenOut
from plugins.reports.services import exports
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards
from tests.people import Somebody, add_person, bearer, post, sign_in
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, work
from tests.plugins.catalog.reporting import hear, noon, report

EXAMPLE = re.compile(r"```python\n# (\w+)\.py[^\n]*\n(.*?)```", re.DOTALL)


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
    assert client.get("/api/exports", headers=as_nils).json == {"message": "", "data": [made], "next": None}
    other = bearer(app, add_person(app, "Ada", "admin"))
    assert client.get(made["file_url"], headers=other).status_code == 404
    assert client.get(f"/api/exports/{started['id']}", headers=other).status_code == 404
    assert client.get(made["file_url"], headers={"Accept": "application/json"}).status_code == 401


def test_all_that_plugins_bring_can_be_taken_out_as_it_is_documented(make_app: AppMaker, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    [(name, code)] = EXAMPLE.findall((ROOT / "docs" / "exports.md").read_text())
    (folder / f"{name}.py").write_text(code)
    with forgotten_afterwards():
        take_everything(make_app())


def take_everything(app: Flask) -> None:
    client = app.test_client()
    as_nils = bearer(app, add_person(app, "Nils Hollar", "artist"))
    as_admin = bearer(app, add_person(app, "Ada", "admin"))
    fill_catalogue(app, 1, 1, 1)
    names = {one["name"] for one in client.get("/api/exports/names", headers=as_nils).json["data"]}
    assert {"catalog.plays", "tides.harbours", "playlists.entries"} <= names and "auth.accounts" not in names
    for kind in client.get("/api/exports/names", headers=as_admin).json["data"]:
        started = start(client, as_admin, kind["name"])
        work(app)
        made = client.get(f"/api/exports/{started['id']}", headers=as_admin).json["data"]
        assert made["state"] == "ready", (kind["name"], made)
        head = lines_of(client.get(made["file_url"], headers=as_admin, buffered=True).data)[0]
        assert head == [column["name"] for column in kind["columns"]]


def taken_out(app: Flask, client: FlaskClient, headers: Headers, name: str, **wanted: object) -> list[dict[str, str]]:
    """The rows of an export, from its start to its file."""
    started = start(client, headers, name, **wanted)
    work(app)
    made = client.get(f"/api/exports/{started['id']}", headers=headers).json["data"]
    assert made["state"] == "ready", made
    head, *rows = lines_of(client.get(made["file_url"], headers=headers, buffered=True).data)
    assert len(rows) == made["rows_done"]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_files_and_the_statistics_page_have_the_same_plays_and_nobody_in_them(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    songs = [row["song_id"] for row in taken_out(app, client, as_nils, "songs")]
    for number in range(3):
        listener = bearer(app, add_person(app, f"Listener {number}"))
        plays = [report(int(songs[0]), noon(day, 5 * number), 150_000, "playlist") for day in (1, 2, 29)]
        hear(client, listener, *plays, *([report(int(songs[1]), noon(2, 90), 170_000, "search")] if not number else []))
    with app.app_context():
        count_audiences(lambda _done: None)
    span = {"from": (noon(27).date()).isoformat(), "to": noon(0).date().isoformat()}
    answer = client.get("/api/stats/artist", headers=as_nils)
    assert answer.status_code == 200, answer.text
    shown = answer.json["data"]
    by_day = taken_out(app, client, as_nils, "plays_by_day", **span)
    assert sum(int(row["plays"]) for row in by_day) == shown["plays"] == 7
    each = taken_out(app, client, as_nils, "catalog.plays", **span)
    assert Counter((row["day"], row["song_id"]) for row in each) == {
        (row["day"], row["song_id"]): int(row["plays"]) for row in by_day
    }
    assert {(row["song_id"], row["heard_s"], row["source"]) for row in each} == {
        (songs[0], "150", "playlist"),
        (songs[1], "", "other"),
    }
    assert not any("Listener" in value for row in [*by_day, *each] for value in row.values())
    assert len(taken_out(app, client, as_nils, "plays", **{"from": "2020-01-01"})) == 10


def test_what_listeners_say_and_keep_stands_in_sheets_as_far_as_it_is_public(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    song = int(taken_out(app, client, as_nils, "songs")[0]["song_id"])
    mira = add_person(app, "=Mira()")
    as_mira = bearer(app, mira)
    artist_id = client.get(f"/api/songs/{song}", headers=as_mira).json["data"]["artist"]["id"]
    assert client.put(f"/api/songs/{song}/rating", json={"stars": 4}, headers=as_mira).status_code == 200
    assert client.put(f"/api/songs/{song}/favourite", headers=as_mira).status_code == 200
    assert client.put(f"/api/artists/{artist_id}/follow", headers=as_mira).status_code == 200
    assert client.post(f"/api/songs/{song}/comments", json={"text": "@me\n=1+1"}, headers=as_mira).status_code == 201
    hear(client, as_mira, report(song, noon(1), 150_000))
    (rated,) = taken_out(app, client, as_nils, "ratings")
    assert (rated["stars_4"], rated["ratings"], rated["stars"]) == ("1", "1", "4.0")
    (followed,) = taken_out(app, client, as_nils, "followers")
    assert (followed["new"], followed["followers"]) == ("1", "1")
    (said,) = taken_out(app, client, as_nils, "comments")
    assert (said["author"], said["text"], said["about_id"]) == ("'=Mira()", "'@me\n'=1+1", str(song))
    (heard,) = taken_out(app, client, as_mira, "my_plays")
    assert heard["heard_s"] == "150" and heard["played_at"].endswith("Z")
    (kept,) = taken_out(app, client, as_mira, "my_favourites")
    assert (kept["kind"], kept["id"]) == ("song", str(song))


def test_who_may_not_take_rows_out_is_refused_before_and_when_they_are_read(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    other = add_person(app, "Ada Quist", "artist")
    as_other = bearer(app, other)
    with app.app_context():
        theirs = own_artists(nils.id)[0][0]

    def refused(headers: Headers, status: int, **wanted: object) -> dict[str, list[str]]:
        answer = client.post("/api/exports", json=wanted, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json["errors"]

    refused(as_other, 403, name="plays", subject=theirs)
    refused(as_other, 404, name="plays", subject=99_999)
    refused(as_nils, 403, name="auth.accounts")
    assert "subject" in refused(as_other, 422, name="plays")
    assert "subject" in refused(as_nils, 422, name="my_plays", subject=theirs)
    assert "name" in refused(as_nils, 422, name="secrets")
    assert "from" in refused(as_nils, 422, name="plays", **{"from": "2026-03-02", "to": "2026-03-01"})
    assert "to" in refused(as_nils, 422, name="plays", to="2999-01-01")
    assert client.post("/api/exports", json={"name": "plays"}).status_code == 401
    started = start(client, as_nils, "plays")
    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(ArtistMember).where(ArtistMember.user_id == nils.id))
    work(app)
    told = client.get(f"/api/exports/{started['id']}", headers=as_nils).json["data"]
    assert told["state"] == "failed" and "another artist" in told["problem"] and told["file_url"] is None


def test_an_export_whose_job_was_given_up_has_failed_until_an_admin_tries_it_again(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    started = start(client, as_nils)
    with app.app_context(), writing() as unit:
        job_id = unit.scalar(sa.update(Job).where(Job.state == "waiting").values(state="dead").returning(Job.id))
    assert client.get(f"/api/exports/{started['id']}", headers=as_nils).json["data"]["state"] == "failed"
    assert client.delete(f"/api/exports/{started['id']}", headers=as_nils).status_code == 409
    as_admin = bearer(app, add_person(app, "Ada", "admin"))
    assert client.post(f"/api/jobs/{job_id}/retry", headers=as_admin).status_code == 200
    assert work(app) == 1
    assert client.get(f"/api/exports/{started['id']}", headers=as_nils).json["data"]["state"] == "ready"


def test_a_form_sent_twice_starts_one_and_nobody_has_too_many_under_way(
    app: Flask, client: FlaskClient, nils: Somebody
) -> None:
    sign_in(client, nils)
    client.get("/exports")
    with Counted(app) as statements:
        page = client.get("/exports")
    assert len(statements) <= 5
    key = re.search(r'name="key" value="([^"]+)"', page.text)
    assert key is not None and "catalog-plays" in page.text and "Who listened" in page.text
    twice = [post(client, "/exports", {"name": "catalog.plays", "key": key.group(1)}) for _ in range(2)]
    assert twice[0].status_code == 303 and twice[0].location == twice[1].location
    changed = post(client, "/exports", {"name": "catalog.plays", "key": key.group(1), "format": "ods"})
    assert changed.location != twice[0].location
    waiting = client.get(twice[0].location).text
    assert 'http-equiv="refresh"' in waiting and "<progress" in waiting
    others = [post(client, "/exports", {"name": "catalog.songs"}).status_code for _ in range(3)]
    assert others == [303, 429, 429]
    assert post(client, f"{twice[0].location}/cancel").status_code == 303
    assert "This export was cancelled." in client.get(twice[0].location).text
    assert post(client, f"{twice[0].location}/cancel").status_code == 409
    assert post(client, "/exports", {"name": "catalog.songs"}).status_code == 303
    assert work(app) == 3
    assert "“Songs” is ready." in client.get("/inbox").text
    ready = client.get("/exports").text
    assert ready.count("Download") >= 3 and 'http-equiv="refresh"' not in ready
    assert client.get("/exports/columns/catalog.plays/ods").status_code == 200


def test_files_go_after_their_time_and_so_does_what_a_crash_left(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    ids = [start(client, as_nils)["id"] for _ in range(3)]
    work(app)
    urls = [client.get(f"/api/exports/{export_id}", headers=as_nils).json["data"]["file_url"] for export_id in ids]
    with app.app_context():
        lost = media_store().save(io.BytesIO(b"half a life"), kind="exports", suffix=".csv").key
        with writing() as unit:
            unit.execute(sa.update(TakenOut).where(TakenOut.id == ids[0]).values(expires_at=now()))
        assert exports.remove_expired() == 1 and exports.remove_expired() == 0
        assert exports.remove_orphans() == 0, "what has just come may be somebody's in a moment"
        assert exports.remove_orphans(older_than_s=-1) == 1 and not media_store().exists(lost)
        assert len(list(media_store().walk("exports"))) == 2
    assert client.delete(f"/api/exports/{ids[1]}", headers=as_nils).json["data"]["state"] == "expired"
    assert [client.get(url, headers=as_nils, buffered=True).status_code for url in urls] == [404, 404, 200]
    assert client.delete(f"/api/exports/{ids[1]}", headers=as_nils).status_code == 409
    with app.app_context(), writing() as unit:
        unit.execute(sa.text("DELETE FROM auth_user WHERE id = :id"), {"id": nils.id})
    with app.app_context():
        assert exports.remove_orphans(older_than_s=-1) == 1 and not list(media_store().walk("exports"))


def test_workbooks_have_their_bounds_and_say_so(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICAPP_REPORTS_EXPORT_XLSX_ROWS", "3")
    app = make_app()
    somebody = add_person(app, "Nils Hollar", "artist")
    fill_catalogue(app, somebody.id, 1, 4)
    headers, client = bearer(app, somebody), app.test_client()
    made = {name: start(client, headers, "songs", format=name)["id"] for name in ("xlsx", "ods")}
    work(app)
    told = {name: client.get(f"/api/exports/{made[name]}", headers=headers).json["data"] for name in made}
    assert told["xlsx"]["state"] == "failed"
    assert told["xlsx"]["problem"].startswith("These are 4 rows, and as XLSX an export has at most 3. Take CSV")
    rows = pyexcel.get_array(
        file_type="ods", file_content=client.get(told["ods"]["file_url"], headers=headers, buffered=True).data
    )
    assert [row[1] for row in rows[1:]] == [f"Crossing 001-00{place}" for place in range(4)]
