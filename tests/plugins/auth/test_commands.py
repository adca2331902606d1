"""`flask auth …`."""

from datetime import datetime

import sqlalchemy as sa
from flask import Flask

from musicapp.audit.models import Act
from musicapp.clock import UTC
from musicapp.database import db, writing
from plugins.auth.models import Leaving
from plugins.auth.services import people, roles
from tests.people import PASSWORD, add_person, post
from tests.plugins.auth.test_passwords import logs_in

NEW = "quite another one"


def test_a_link_for_who_forgot_the_password(app: Flask) -> None:
    ada = add_person(app)
    done = app.test_cli_runner().invoke(args=["auth", "password-link", ada.email.upper()])
    link = done.output.strip()
    assert link.startswith("http://localhost:5000/reset/")
    path = link.removeprefix("http://localhost:5000")
    client = app.test_client()
    assert post(client, path, {"password": NEW}, page=path).location == "/login"
    assert logs_in(app, ada.email, NEW)


def test_an_admin_can_be_made(app: Flask) -> None:
    ada = add_person(app)
    done = app.test_cli_runner().invoke(args=["auth", "make-admin", ada.email])
    assert done.output == "Ada is an admin now.\n"
    entered = app.test_client().post("/api/login", json={"email": ada.email, "password": PASSWORD})
    assert entered.json["data"]["user"]["roles"] == ["admin", "user"]


def test_somebody_can_be_added(app: Flask) -> None:
    runner = app.test_cli_runner()
    arguments = ["auth", "add", "Ada Quist", "ada@example.org", "--role", "artist", "--password"]
    assert runner.invoke(args=[*arguments, "short"]).exit_code == 1
    assert runner.invoke(args=[*arguments, NEW]).output == "Ada Quist has an account now.\n"
    assert logs_in(app, "ada@example.org", NEW)
    again = runner.invoke(args=[*arguments, NEW])
    assert (again.exit_code, again.output) == (1, "Error: There is an account with this address already.\n")


def test_nobody_is_said_to_be_nobody(app: Flask) -> None:
    for command in ("password-link", "make-admin"):
        done = app.test_cli_runner().invoke(args=["auth", command, "nobody@example.org"])
        assert (done.exit_code, done.output) == (1, "Error: Nobody has an account with nobody@example.org.\n")


def test_somebody_is_kept_out_let_in_and_invited(app: Flask) -> None:
    ada, runner = add_person(app), app.test_cli_runner()
    assert runner.invoke(args=["auth", "suspend", ada.email, "--reason", " "]).exit_code == 1
    out = runner.invoke(args=["auth", "suspend", ada.email, "--days", "3", "--reason", "Adverts."])
    assert out.output.startswith("Ada is suspended until ")
    assert not logs_in(app, ada.email, PASSWORD)
    assert runner.invoke(args=["auth", "restore", ada.email]).output == "Ada may log in.\n"
    assert logs_in(app, ada.email, PASSWORD)
    link = runner.invoke(args=["auth", "invite", "--role", "artist"]).output.strip()
    asked = {"name": "Rune", "email": "rune@example.org", "password": NEW, "invitation": link}
    entered = app.test_client().post("/api/signup", json=asked)
    assert entered.json["data"]["roles"] == ["artist"]
    assert runner.invoke(args=["auth", "invite", "--places", "0"]).exit_code == 1
    owner = runner.invoke(args=["auth", "suspend", owner_of(app), "--reason", "Rest."])
    assert owner.output == "Error: This is the last admin. Make somebody else one first.\n"


def owner_of(app: Flask) -> str:
    with app.app_context():
        [owner] = roles.people_with_role("admin", 0, 9)
        return people.person_with_id(owner).email


def test_an_account_that_is_closed_already_is_erased_when_it_was_to_be(app: Flask) -> None:
    ada, runner = add_person(app), app.test_cli_runner()
    assert runner.invoke(args=["auth", "delete", ada.email]).exit_code == 0
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Leaving).values(erase_at=datetime(2030, 1, 5, 12, tzinfo=UTC)))
    again = runner.invoke(args=["auth", "delete", ada.email])
    assert again.output == "The account of Ada is closed, and erased after 5 January 2030.\n"
    with app.app_context():
        assert db.session.scalars(sa.select(Act.action).where(Act.about_id == ada.id)).all() == ["auth.deletion_asked"]
