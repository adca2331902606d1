"""Claims about the pages of the audit log: what admins find in it, and how it leaves the site."""

import csv
import io
import re

from flask import Flask
from flask.testing import FlaskClient

from musicapp import audit
from musicapp.database import writing
from musicapp.site.stored_settings import store_settings
from tests.conftest import on_one_database
from tests.people import add_person, bearer, sign_in

HOSTILE = "<script>alert(1)</script>"
THREE = ("Song removed", "Setting changed", "Role given")


def record_three(app: Flask, by: int, about: int) -> None:
    with app.app_context(), writing():
        audit.record("auth.role_given", about=("person", about), by=by, reason=HOSTILE, role="moderator")
        audit.record("site.setting_changed", about=("setting", 7), title="visitors", by=by, before="listen")
        audit.record("catalog.song_removed", about=("song", 12), title="=1+2", by=None)


def listed(page: str) -> list[str]:
    """What the page says was done, of the three acts."""
    return [words for words in re.findall("<strong>([^<]+)</strong>", page) if words in THREE]


def test_an_admin_finds_acts_by_who_what_about_what_and_when(app: Flask, client: FlaskClient) -> None:
    admin, mira = add_person(app, "Ada Bell", role="admin"), add_person(app, "Mira")
    record_three(app, admin.id, mira.id)
    sign_in(client, admin)
    page = client.get("/audit").text
    assert listed(page) == ["Song removed", "Setting changed", "Role given"]
    said = ("By the site or a visitor", "Ada Bell", ">Mira</a>", "role: moderator")
    assert [words for words in said if words not in page] == []
    assert HOSTILE not in page and "&lt;script&gt;" in page
    found = {
        "who=Ada+Bell": ["Setting changed", "Role given"],
        f"who={admin.id}": ["Setting changed", "Role given"],
        "who=site": ["Song removed"],
        "who=nobody+at+all": [],
        "action=auth.role_given": ["Role given"],
        f"kind=person&number={mira.id}": ["Role given"],
        "kind=song&first=2020-01-01&last=2020-12-31": [],
        "first=2020-01-01&last=2099-12-31&kind=setting": ["Setting changed"],
    }
    for query, words in found.items():
        assert listed(client.get(f"/audit?{query}").text) == words, query
    for wrong in (
        "first=tomorrow",
        "number=nine",
        f"number={'9' * 19}9",
        f"who={'9' * 12}",
        f"who={'a' * 61}",
        "last=9999-12-31",
    ):
        assert client.get(f"/audit?{wrong}").status_code == 422, wrong


def test_the_log_leaves_as_a_sheet_that_runs_nothing_and_page_by_page(app: Flask, client: FlaskClient) -> None:
    admin = add_person(app, "Ada", role="admin")
    record_three(app, admin.id, admin.id)
    sign_in(client, admin)
    response = client.get("/audit.csv?kind=song&who=site")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [(row["action"], row["title"], row["by"]) for row in rows] == [("catalog.song_removed", "'=1+2", "")]
    token = bearer(app, admin)
    first = client.get("/api/audit?limit=3", headers=token).get_json()
    rest = client.get(f"/api/audit?limit=3&cursor={first['next']}", headers=token).get_json()
    told = [one["action"] for one in first["data"] + rest["data"]]
    assert told == ["site.audit_taken_out", "catalog.song_removed", "site.setting_changed", "auth.role_given"]
    assert first["data"][1]["by"] is None
    assert rest["data"][0]["by"] == {"id": admin.id, "name": "Ada"}
    assert client.get("/api/audit?by=0", headers=token).status_code == 422


@on_one_database
def test_a_moment_at_the_end_of_all_years_does_not_take_the_log_away(app: Flask, client: FlaskClient) -> None:
    admin, last = add_person(app, "Ada Bell", role="admin"), "9999-12-31T23:59:59-12:00"
    with app.app_context(), writing():
        audit.record("site.tried", by=admin.id, until=last)
    with app.app_context():
        store_settings("site", {"name": last})
    sign_in(client, admin)
    page = client.get("/audit")
    assert (page.status_code, page.text.count(f": {last}")) == (200, 2)


@on_one_database
def test_who_takes_the_log_out_stands_in_it_without_the_names_they_looked_for(app: Flask, client: FlaskClient) -> None:
    admin, mira = add_person(app, "Ada Bell", role="admin"), add_person(app, "Mira")
    record_three(app, mira.id, admin.id)
    sign_in(client, admin)
    for query in ("", "?who=Mira&first=2020-01-01&action=auth.role_given", "?who=nobody+at+all"):
        assert client.get(f"/audit.csv{query}").status_code == 200
    assert client.get("/audit.csv?first=tomorrow").status_code == 422
    assert client.head("/audit.csv").status_code == 200
    assert client.get("/audit.csv?action=Mira+Quist&kind=her+address").status_code == 200
    client.get("/audit")
    log = client.get("/api/audit?action=site.audit_taken_out").get_json()["data"]
    assert [act["by"]["id"] for act in log] == [admin.id] * 4
    assert [act["details"] for act in log] == [
        {"what": "unknown", "kind": "unknown"},
        {"who": []},
        {"who": [mira.id], "what": "auth.role_given", "first": "2020-01-01"},
        {},
    ]
    assert "site.audit_taken_out" in client.get("/audit.csv").text


def test_only_admins_read_the_log(app: Flask, client: FlaskClient) -> None:
    moderator = add_person(app, role="moderator")
    sign_in(client, moderator)
    assert [client.get(path).status_code for path in ("/audit", "/audit.csv")] == [403, 403]
    assert client.get("/api/audit", headers=bearer(app, moderator)).status_code == 403
