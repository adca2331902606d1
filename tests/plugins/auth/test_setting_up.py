"""The first steps of a new site."""

import re
import stat
from pathlib import Path

import pytest
from flask import Flask

from musicapp.plugins.site import site_of
from plugins.auth.services import people, set_up
from tests.conftest import AppMaker, on_one_database
from tests.people import PASSWORD, add_person, csrf_token, post
from tests.plugins.auth.conftest import sent_by

OWNER = {"name": "Jonas", "email": "jonas@example.org", "password": PASSWORD}


@pytest.fixture
def new(make_app: AppMaker) -> Flask:
    """A site that nobody has set up."""
    return make_app(plugins=["auth"])


def address(app: Flask) -> Path:
    return Path(app.config["INSTANCE"]) / "run" / "setup-address"


def code_of(app: Flask) -> str:
    return address(app).read_text().partition("code=")[2]


def test_every_page_of_a_new_site_leads_to_the_set_up(new: Flask) -> None:
    client = new.test_client()
    for path in ("/", "/login", "/signup", "/search?q=x", "/account"):
        assert client.get(path).location == "/setup"
    assert client.get("/api/account").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/setup").status_code == 200


def test_the_address_of_the_set_up_is_for_its_owner_alone_and_the_same_in_every_process(
    new: Flask, make_app: AppMaker
) -> None:
    written = address(new).read_text()
    assert re.fullmatch(r"http://localhost:5000/setup\?code=(\w{4}-){3}\w{4}", written)
    assert stat.S_IMODE(address(new).stat().st_mode) == 0o600
    make_app(plugins=["auth"])
    assert address(new).read_text() == written


@on_one_database
def test_where_staff_need_a_second_factor_the_first_admin_is_led_to_it(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICAPP_AUTH_SECOND_FACTOR", "staff")
    app = make_app(plugins=["auth"])
    step = post(app.test_client(), "/setup", {**OWNER, "code": code_of(app)}, page="/setup")
    assert step.location == "/account/second-factor"


def test_the_set_up_makes_an_admin_names_the_site_and_loads_the_demo(new: Flask) -> None:
    client = new.test_client()
    path = address(new).read_text().removeprefix("http://localhost:5000")
    assert code_of(new) in client.get(path).text
    step = post(client, "/setup", {**OWNER, "code": code_of(new)}, page=path)
    assert step.location == "/setup/site"
    assert client.get("/api/account").json["data"]["roles"] == ["admin"]
    assert not address(new).exists()
    step = post(client, "/setup/site", {"name": "Fjord FM", "time_zone": "Europe/Oslo"}, page="/setup/site")
    assert step.location == "/setup/music"
    assert "Fjord FM" in client.get("/setup/music").text
    loaded: list[str] = []
    site_of(new).demos = [("one", lambda: loaded.append("one")), ("two", lambda: loaded.append("two"))]
    for _ in range(2):
        assert post(client, "/setup/music", {"demo": "y"}, page="/setup/music").location == "/"
    sent_by(new)
    assert loaded == ["one", "two"]
    assert client.get("/").status_code == 200


def test_without_the_tick_no_demo_is_loaded(new: Flask) -> None:
    client = new.test_client()
    post(client, "/setup", {**OWNER, "code": code_of(new)}, page="/setup")
    loaded: list[str] = []
    site_of(new).demos = [("one", lambda: loaded.append("one"))]
    assert post(client, "/setup/music", page="/setup/music").location == "/"
    sent_by(new)
    assert loaded == []


@pytest.mark.parametrize("code", ["", "wrong", "aaaa-aaaa-aaaa-aaaa"])
def test_without_the_code_nobody_becomes_admin(new: Flask, code: str) -> None:
    client = new.test_client()
    answer = post(client, "/setup", {**OWNER, "code": code}, page="/setup")
    assert answer.status_code == 422
    with new.app_context():
        assert not set_up.is_set_up()


def test_without_a_code_file_no_code_fits(new: Flask) -> None:
    address(new).unlink()
    answer = post(new.test_client(), "/setup", {**OWNER, "code": ""}, page="/setup")
    assert answer.status_code == 422


def test_guessing_the_code_is_paused(new: Flask) -> None:
    client = new.test_client()
    fields = {**OWNER, "csrf_token": csrf_token(client, "/setup")}
    statuses = [client.post("/setup", data={**fields, "code": f"guess-{n}"}).status_code for n in range(51)]
    assert statuses[-1] == 429


def test_the_code_works_once(new: Flask) -> None:
    code = code_of(new)
    first, second = new.test_client(), new.test_client()
    token = csrf_token(second, "/setup")
    assert post(first, "/setup", {**OWNER, "code": code}, page="/setup").status_code == 302
    again = {**OWNER, "email": "eve@example.org", "code": code, "csrf_token": token}
    assert second.post("/setup", data=again).status_code == 404
    assert second.get("/setup").status_code == 404


def test_another_process_sees_at_once_that_the_site_is_set_up(new: Flask, make_app: AppMaker) -> None:
    other = make_app(plugins=["auth"]).test_client()
    assert other.get("/").location == "/setup"
    post(new.test_client(), "/setup", {**OWNER, "code": code_of(new)}, page="/setup")
    assert other.get("/").status_code == 200


def test_the_set_up_shows_what_the_site_runs_on(new: Flask) -> None:
    page = new.test_client().get("/setup").text
    assert "Database" in page and "Mail" in page and "MUSICAPP_MAIL_SERVER" in page


def test_an_unattended_install_gets_its_admin_from_the_settings(make_app: AppMaker) -> None:
    settings = {"admin_email": "Boss@example.org", "admin_password": PASSWORD}
    apps = [make_app(plugins=["auth"], **settings) for _ in range(2)]
    client = apps[0].test_client()
    assert client.get("/").status_code == 200
    entered = client.post("/api/login", json={"email": "boss@example.org", "password": PASSWORD})
    assert entered.json["data"]["user"]["roles"] == ["admin"]
    assert not address(apps[0]).exists()


def test_an_unattended_install_with_a_password_to_guess_is_not_open(make_app: AppMaker) -> None:
    app = make_app(plugins=["auth"], admin_email="boss@example.org", admin_password="admin")
    assert app.test_client().get("/").location == "/setup"
    assert address(app).exists()


def test_the_demo_of_the_settings_is_loaded_once_and_its_people_can_log_in(make_app: AppMaker) -> None:
    settings = {"admin_email": "boss@example.org", "admin_password": PASSWORD, "demo": True}
    for _ in range(2):
        app = make_app(plugins=["auth"], **settings)
        sent_by(app)
    entered = app.test_client().post("/api/login", json={"email": "listener@example.org", "password": PASSWORD})
    assert entered.json["data"]["user"]["roles"] == ["user"]


def test_the_demos_people_have_no_password_that_others_know(new: Flask) -> None:
    add_person(new)
    with new.app_context():
        set_up.add_demo_person("Mira", "mira@example.org", "user")
        set_up.add_demo_person("Mira", "mira@example.org", "user")
        assert people.person_with_address("mira@example.org") is not None
    client = new.test_client()
    for password in ("", "demo", "mira", PASSWORD):
        assert client.post("/api/login", json={"email": "mira@example.org", "password": password}).status_code != 200


def test_the_set_up_form_from_another_site_is_refused(new: Flask) -> None:
    fields = {**OWNER, "code": code_of(new)}
    assert new.test_client().post("/setup", data=fields).status_code == 422
    assert new.test_client().post("/setup", json=fields).status_code == 422
    with new.app_context():
        assert not set_up.is_set_up()
