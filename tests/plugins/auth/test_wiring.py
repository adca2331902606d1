"""How Flask-Security is built in: what was taken out stays out, and plugin authors' decorators work."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient
from flask_login import current_user
from flask_principal import identity_changed

import plugins
from musicapp.database import db
from tests.conftest import AppMaker
from tests.people import add_person, bearer, csrf_token, set_up, sign_in

DECORATED = """
from flask import g
from flask_security import auth_required, current_user, roles_accepted, roles_required
from musicapp import Plugin

plugin = Plugin("guest", __name__)

@plugin.get("/anybody", permission="public")
def anybody():
    return "hello"

@plugin.route("/signed-in", methods=["GET", "POST"], permission="public")
@auth_required("token", "session")
def signed_in():
    return f"{current_user.name} {current_user.email} by {g.signed_in_by} {sorted(r.name for r in current_user.roles)}"

@plugin.get("/staff", permission="public")
@roles_accepted("moderator", "admin")
def staff():
    return "staff"

@plugin.get("/both", permission="public")
@roles_required("moderator", "admin")
def both():
    return "both"
"""


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> Iterator[Flask]:
    """A site with a plugin that uses Flask-Security's own decorators."""
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    (folder / "guest.py").write_text(DECORATED)
    app = make_app(plugins=["auth", "guest"])
    set_up(app)
    yield app
    sys.modules.pop("plugins.guest", None)
    plugins.__path__.remove(str(folder))


def test_the_hooks_of_every_request_are_gone(app: Flask) -> None:
    security = app.extensions["security"]
    assert security.principal._on_before_request not in app.before_request_funcs.get(None, [])
    assert security.login_manager._update_remember_cookie not in app.after_request_funcs.get(None, [])
    assert list(identity_changed.receivers_for(app)) == []
    assert security.login_manager.session_protection is None


def test_flask_security_serves_no_page_of_its_own(app: Flask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")] == []
    assert "users" not in app.cli.commands and "roles" not in app.cli.commands


def test_json_keeps_the_order_of_its_fields(app: Flask) -> None:
    with app.app_context():
        assert app.json.dumps({"b": 1, "a": 2}).startswith('{"b"')


def test_auth_required_takes_both_ways_of_signing_in(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app, "Ada", role="artist")
    assert client.get("/guest/signed-in").location == "/login?next=/guest/signed-in"
    assert client.get("/guest/signed-in", headers={"Accept": "application/json"}).status_code == 401
    by_token = client.get("/guest/signed-in", headers=bearer(app, ada))
    assert by_token.text == f"Ada {ada.email} by token ['artist']"
    sign_in(client, ada)
    assert client.get("/guest/signed-in").text == f"Ada {ada.email} by session ['artist']"


def test_auth_required_keeps_the_check_of_csrf(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app)
    token = bearer(app, ada)
    assert client.post("/guest/signed-in", headers=token).status_code == 200
    sign_in(client, ada)
    assert client.post("/guest/signed-in").status_code == 400
    assert client.post("/guest/signed-in", headers={"X-CSRFToken": csrf_token(client, "/account")}).status_code == 200


def test_role_decorators_ask_the_roles_of_now(app: Flask, client: FlaskClient) -> None:
    assert client.get("/guest/staff").status_code == 403
    sign_in(client, add_person(app, "Ada"))
    assert client.get("/guest/staff").status_code == 403
    moderator = app.test_client()
    sign_in(moderator, add_person(app, "Mo", role="moderator"))
    assert moderator.get("/guest/staff").text == "staff"
    assert moderator.get("/guest/both").status_code == 403


def test_a_public_answer_looks_nobody_up(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, add_person(app))

    def looked_up(*_arguments: object) -> None:
        raise AssertionError("a public page that shows nobody asked who it is")

    monkeypatch.setattr("plugins.auth.who_asks.person_by_sign_in", looked_up)
    assert client.get("/guest/anybody").text == "hello"


def test_who_asks_is_one_statement_found_by_index(app: Flask, client: FlaskClient) -> None:
    headers = bearer(app, add_person(app, role="artist"))
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
        lookup = app.extensions["auth"].lookup

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    assert client.get("/guest/anybody", headers=headers).status_code == 200
    with app.test_request_context(headers=headers):
        assert (current_user.role_names, g.signed_in_by) == (frozenset({"artist"}), "token")
    assert asked == [], "the look-up itself goes past SQLAlchemy; nothing else is asked"
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {lookup.sql}", ("", "", "", "", "")).fetchall()
        connection.close()
        assert not any("SCAN" in str(step) for step in plan), plan
