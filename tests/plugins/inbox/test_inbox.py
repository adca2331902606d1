"""Claims about the inbox: what is new, what was seen, and whose it is."""

import re
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from plugins.inbox.models import Alert
from plugins.inbox.services import alerts
from tests.people import Somebody, bearer, post, sign_in
from tests.plugins.catalog.music import Counted
from tests.plugins.inbox.conftest import Teller


def test_the_bell_says_how_much_is_new_and_what_was_opened_is_seen(
    app: Flask, client: FlaskClient, mira: Somebody, telling: Teller
) -> None:
    assert "data-said" not in client.get("/songs").text
    sign_in(client, mira)
    assert "Nothing new" in client.get("/inbox").text
    telling(mira, count=3)
    page = client.get("/inbox").text
    assert [", 3 new" in page, page.count('class="new"'), "Today" in page] == [True, 3, True]
    newest = re.findall(r'href="(/inbox/\d+)"', page)[0]
    assert client.get(newest).location == "/songs"
    assert client.get("/inbox").text.count('class="new"') == 2
    post(client, "/inbox/read")
    page = client.get("/inbox").text
    assert page.count('class="new"') == 0
    [moment] = re.findall(r'name="read_at" value="([^"]+)"', page)
    post(client, "/inbox/unread", {"read_at": moment})
    assert client.get("/inbox").text.count('class="new"') == 2
    for odd in ("", "2026-01-01T00:00:00", "0001-01-01T00:00:00+23:59"):
        assert post(client, "/inbox/unread", {"read_at": odd}).status_code == 303
    post(client, f"{newest}/delete")
    assert newest not in client.get("/inbox").text
    telling(mira, count=120)
    assert "more than 99 new" in client.get("/songs").text


def test_alerts_are_nobody_elses(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody, telling: Teller
) -> None:
    telling(mira)
    as_mira, as_nils = bearer(app, mira), bearer(app, nils)
    [alert] = client.get("/api/inbox", headers=as_mira).json["data"]  # type: ignore[index]
    assert client.get("/api/inbox", headers=as_nils).json["data"] == []  # type: ignore[index]
    assert client.delete(f"/api/inbox/{alert['id']}", headers=as_nils).status_code == 404
    client.post("/api/inbox/read", json={}, headers=as_nils)
    sign_in(client, nils)
    assert client.get(f"/inbox/{alert['id']}").status_code == 404
    assert client.get("/api/inbox/unread", headers=as_mira).json["data"] == {"unread": 1}  # type: ignore[index]


def test_programs_read_mark_and_remove_alerts(app: Flask, client: FlaskClient, mira: Somebody, telling: Teller) -> None:
    telling(mira, count=5)
    as_mira = bearer(app, mira)
    first = client.get("/api/inbox?limit=3", headers=as_mira).json
    assert first is not None
    assert (first["unread"], [row["text"] for row in first["data"]]) == (5, ["Thing 4.", "Thing 3.", "Thing 2."])
    rest = client.get(f"/api/inbox?cursor={first['next']}", headers=as_mira).json
    assert rest is not None
    assert ([row["text"] for row in rest["data"]], rest["next"]) == (["Thing 1.", "Thing 0."], None)
    ids = [row["id"] for row in first["data"][:2]]
    marked = client.post("/api/inbox/read", json={"ids": ids}, headers=as_mira)
    assert marked.json["data"] == {"unread": 3}  # type: ignore[index]
    assert client.delete(f"/api/inbox/{rest['data'][0]['id']}", headers=as_mira).status_code == 200
    badge = client.get("/api/inbox/unread", headers=as_mira)
    assert badge.json["data"] == {"unread": 2}  # type: ignore[index]
    again = client.get("/api/inbox/unread", headers={**as_mira, "If-None-Match": badge.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/inbox").status_code == 401
    assert client.get("/inbox/99999999999999999999", headers=as_mira).status_code == 404


def test_the_inbox_costs_the_same_few_statements_however_full_it_is(
    app: Flask, client: FlaskClient, mira: Somebody, telling: Teller
) -> None:
    sign_in(client, mira)
    counts = []
    for told in (1, 120):
        telling(mira, count=told)
        with Counted(app) as counted:
            client.get("/inbox")
        counts.append(len([one for one in counted.statements if " site_" not in one]))
    assert counts[0] == counts[1] <= 3


def test_what_was_read_long_ago_is_forgotten(app: Flask, mira: Somebody, telling: Teller) -> None:
    telling(mira, count=4)
    moment = now()
    ages = [(200, None), (200, 100), (200, 10), (400, None)]
    with app.app_context(), writing() as unit:
        for number, (told, read) in enumerate(ages):
            read_at = moment - timedelta(days=read) if read else None
            values = {"created_at": moment - timedelta(days=told), "read_at": read_at}
            unit.execute(sa.update(Alert).where(Alert.key == f"told-{number}").values(**values))
    with app.app_context():
        assert alerts.forget_old(moment) == 2
        assert list(db.session.scalars(sa.select(Alert.key).order_by(Alert.key))) == ["told-0", "told-2"]
