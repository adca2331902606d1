"""Claims about switching plugins off and on: what holds from the next start on, and what must stay."""

from flask.testing import FlaskClient

from tests.conftest import AppMaker
from tests.people import add_person, bearer, csrf_token, sign_in


def switch(client: FlaskClient, name: str, to: str) -> str:
    sent = {"csrf_token": csrf_token(client)}
    return client.post(f"/plugins/{name}/{to}", data=sent, follow_redirects=True).text


def test_a_plugin_that_is_switched_off_does_not_run_after_the_next_start(make_app: AppMaker) -> None:
    app = make_app()
    admin = add_person(app, "Ada", "admin")
    client = app.test_client()
    sign_in(client, admin)
    page = switch(client, "reports", "off")
    assert "Reports is switched off" in page and "Runs until the next start" in page
    assert client.get("/exports").status_code == 200

    started_again = make_app()
    client = started_again.test_client()
    sign_in(client, admin)
    assert client.get("/exports").status_code == 404
    assert "It is switched off on the page of plugins" in client.get("/plugins").text
    page = switch(client, "reports", "on")
    assert "Runs from the next start on" in page

    client = make_app().test_client()
    sign_in(client, admin)
    assert client.get("/exports").status_code == 200
    said = client.get("/audit").text
    assert "site.plugin_switched_off" in said and "site.plugin_switched_on" in said


def test_what_the_site_or_others_need_stays_on(make_app: AppMaker) -> None:
    app = make_app()
    client, admin = app.test_client(), bearer(app, add_person(app, "Ada", "admin"))
    reasons = {
        name: client.put(f"/api/plugins/{name}", json={"on": False}, headers=admin)
        for name in ("site", "auth", "inbox")
    }
    assert {name: answer.status_code for name, answer in reasons.items()} == dict.fromkeys(reasons, 409)
    assert "log in by this plugin" in reasons["auth"].json["message"]
    assert "cannot do without it" in reasons["inbox"].json["message"]
    assert client.put("/api/plugins/nowhere", json={"on": True}, headers=admin).status_code == 404
    rows = {row["name"]: row for row in client.get("/api/plugins", headers=admin).json["data"]}
    assert rows["reports"]["state"] == "running" and "/exports" in rows["reports"]["adds"]["Pages"]
    assert not any(row["is_off"] for row in rows.values())
