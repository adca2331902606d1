"""Invitations: links that let so many people in, with a role and for some time."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Invalid
from plugins.auth.models import Invitation
from plugins.auth.services import entering, signing_up
from plugins.auth.services.invitations.forgetting import forget_unused
from plugins.auth.services.invitations.links import code_of
from plugins.auth.services.invitations.listing import invitation_row
from plugins.auth.services.invitations.making import make_invitation
from plugins.auth.services.invitations.using import open_invitation
from tests.conftest import AppMaker, on_one_database
from tests.people import PASSWORD, add_person, csrf_token, post, set_up, sign_in
from tests.plugins.auth.conftest import Travel, at_once, sent_by

ADA = {"name": "Ada Quist", "email": "ada@example.org", "password": PASSWORD}


@pytest.fixture
def closed(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site without mail that takes new people by invitation alone."""
    monkeypatch.setenv("MUSICAPP_AUTH_NEWCOMERS", "invitation")
    app = make_app(plugins=["auth"])
    set_up(app)
    return app


def desk_of(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, add_person(app, "Boss", role="admin"))
    return client


def test_on_a_closed_site_an_invitation_lets_somebody_in_with_its_role(closed: Flask) -> None:
    desk, visitor = desk_of(closed), closed.test_client()
    assert "takes new people by invitation" in visitor.get("/signup").text
    assert visitor.post("/api/signup", json=ADA).json["errors"]["invitation"]
    assert post(visitor, "/signup", {**ADA, "role": "user"}).status_code == 422
    asked = {"role": "moderator", "places": "2", "days": "3", "note": "The night desk"}
    made = post(desk, "/people/invitations", asked)
    assert made.location == "/people/invitations"
    page = desk.get(made.location).text
    link = re.search(r'value="(http://localhost:5000/signup\?invitation=[^"]+)"', page)
    assert link and "0 of 2 used" in page and "The night desk" in page
    path = link[1].removeprefix("http://localhost:5000").replace("&amp;", "&")
    form = visitor.get(path).text
    assert "You are invited, as a moderator." in form and 'name="invitation"' in form
    code = path.partition("invitation=")[2]
    entered = post(visitor, "/signup", {**ADA, "role": "user", "invitation": code}, page=path)
    assert entered.status_code == 302, entered.text
    assert visitor.get("/api/account").json["data"]["roles"] == ["moderator"]
    [invitation] = desk.get("/api/invitations").json["data"]
    assert (invitation["used"], [guest["name"] for guest in invitation["guests"]]) == (1, ["Ada Quist"])
    assert desk.get(f"/api/people?invitation={invitation['id']}").json["data"][0]["name"] == "Ada Quist"
    assert "The night desk" in desk.get(f"/people/{invitation['guests'][0]['id']}").text
    revoked = desk.delete(f"/api/invitations/{invitation['id']}", headers=csrf(desk))
    assert revoked.status_code == 200
    again = closed.test_client().post("/api/signup", json={**ADA, "email": "b@example.org", "invitation": link[1]})
    assert again.status_code == 422 and "taken back" in again.json["message"]
    assert "Taken back" in desk.get("/people/invitations?of=ended").text


def csrf(client: FlaskClient) -> dict[str, str]:
    return {"X-CSRFToken": csrf_token(client)}


def test_an_invitation_for_one_address_is_mailed_and_good_for_it_alone(mailing: Flask) -> None:
    desk, visitor = desk_of(mailing), mailing.test_client()
    body = {"role": "artist", "email": "Ada@Example.org"}
    assert desk.post("/api/invitations", json={**body, "places": 2}, headers=csrf(desk)).status_code == 422
    assert desk.post("/api/invitations", json={**body, "role": "admin"}, headers=csrf(desk)).status_code == 422
    made = desk.post("/api/invitations", json=body, headers=csrf(desk))
    assert made.status_code == 201 and desk.get(made.headers["Location"]).json["data"]["email"] == "ada@example.org"
    [letter] = sent_by(mailing)
    link = re.search(r"http://localhost:5000(/signup\S+)", letter.body)
    assert letter.to == ["ada@example.org"] and link
    assert 'value="ada@example.org"' in visitor.get(link[1]).text
    code = made.json["data"]["link"]
    other = visitor.post("/api/signup", json={**ADA, "email": "eve@example.org", "invitation": code})
    assert other.status_code == 422 and "another address" in other.json["errors"]["email"][0]
    assert visitor.post("/api/signup", json={**ADA, "invitation": code}).status_code == 202
    assert visitor.post("/api/signup", json={**ADA, "invitation": code}).status_code == 422
    known = desk.post("/api/invitations", json=body, headers=csrf(desk))
    assert known.status_code == 409


@on_one_database
def test_an_invitation_ends_with_its_days_and_is_not_guessed(closed: Flask, at: Travel) -> None:
    with closed.app_context():
        made = make_invitation(1, "user", days=2)
        code = code_of(made)
    visitor = closed.test_client()
    for wrong in (code[:-1], code[::-1], "1", f"{made.id}.{made.stamp}", "\0", code.replace(".", "")):
        assert visitor.post("/api/signup", json={**ADA, "invitation": wrong}).status_code == 422
    at(timedelta(days=2, seconds=1))
    assert "too old" in visitor.post("/api/signup", json={**ADA, "invitation": code}).json["message"]
    with closed.app_context(), writing() as unit:
        unit.get_one(Invitation, made.id).expires_at += timedelta(days=9)
    with closed.app_context():
        assert open_invitation(code).id == made.id
        with writing() as unit:
            unit.get_one(Invitation, made.id).stamp = "of a later one"
    assert visitor.post("/api/signup", json={**ADA, "invitation": code}).status_code == 422


def test_of_many_who_use_one_invitation_at_once_only_so_many_come_in(closed: Flask) -> None:
    with closed.app_context():
        made = make_invitation(1, "user", places=3)
        code = code_of(made)
    came: list[int] = []

    def come(number: int) -> None:
        newcomer = signing_up.Newcomer(f"Ada {number}", f"ada{number}@example.org", PASSWORD, "user", code)
        with suppress(Invalid):
            done = signing_up.sign_up(newcomer, entering.Visit("127.0.0.1", "tests"))
            came.append(done.person.id if done.person else 0)

    at_once(closed, *((lambda number=number: come(number)) for number in range(9)))
    assert len(came) == 3
    with closed.app_context():
        row = invitation_row(made.id)
        assert row is not None and row.state == "used" and row.invitation.used == 3
        assert {guest.id for guest in row.guests} == set(came)
        unused_id = make_invitation(None, "artist", days=1).id
        forget_unused(now() + timedelta(days=500))
        assert invitation_row(unused_id) is None and invitation_row(made.id) is not None


def test_an_address_that_is_known_costs_a_place_as_another_does(mailing: Flask) -> None:
    known = add_person(mailing, email="known@example.org")
    with mailing.app_context():
        made = make_invitation(1, "user", places=2)
        code = code_of(made)
    visitor = mailing.test_client()
    answers = [
        visitor.post("/api/signup", json={**ADA, "email": email, "invitation": code})
        for email in (known.email, "new@example.org", "third@example.org")
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 422]
    assert answers[0].json == answers[1].json
    subjects = {mail.to[0]: mail.subject for mail in sent_by(mailing)}
    assert subjects[known.email].startswith("You have an account already")
