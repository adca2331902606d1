"""New accounts that wait for an admin: what they are told, who is asked, and that one decision holds."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict
from musicapp.jobs import enqueue
from musicapp.mail.models import Mail
from plugins.auth.events import PersonSignedUp
from plugins.auth.models import Leaving, User
from plugins.auth.services import approving, roles, suspending
from plugins.auth.services.leaving import asking
from plugins.auth.services.links import confirm_link
from plugins.auth.services.people import add_person as add_account
from plugins.auth.services.people import person_with_address
from plugins.inbox.migrations.inbox_0002_waiting_by_key import OF_WHO_IS_GONE
from plugins.inbox.models import Alert
from tests.conftest import AppMaker, on_one_database
from tests.people import PASSWORD, add_person, post, set_up, sign_in
from tests.plugins.auth.conftest import at_once, sent_by

ADA = {"name": "Ada Quist", "email": "ada@example.org", "password": PASSWORD, "role": "artist"}
LOG_IN = {"email": "ada@example.org", "password": PASSWORD}


@pytest.fixture
def choosy(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site with mail whose owner looks at each new account."""
    monkeypatch.setenv("MUSICAPP_AUTH_NEWCOMERS", "approval")
    app = make_app(plugins=["auth", "inbox"], mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    set_up(app)
    return app


def confirm(app: Flask, address: str) -> str:
    """Confirm an address as its owner does; the page that follows."""
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        user = person_with_address(address)
        assert user is not None
        path = confirm_link(user).removeprefix("http://localhost:5000")
    visitor = app.test_client()
    post(visitor, path, page=path)
    return visitor.get("/login").text


def test_who_asks_waits_confirmed_until_an_admin_says_yes(choosy: Flask) -> None:
    visitor, desk = choosy.test_client(), choosy.test_client()
    boss = add_person(choosy, "Boss", role="admin")
    sign_in(desk, boss)
    known = add_person(choosy, email="known@example.org")
    answers = [visitor.post("/api/signup", json={**ADA, "email": email}) for email in (ADA["email"], known.email)]
    assert [answer.status_code for answer in answers] == [202, 202] and answers[0].json == answers[1].json
    assert "the people who run the site look at your account" in answers[0].json["message"]
    assert visitor.post("/api/login", json=LOG_IN).status_code == 401
    assert desk.get("/api/people?held=waiting").json["data"][0]["held"] == ["waiting", "unconfirmed"]
    sent_by(choosy)
    assert "asks for an account" not in desk.get("/inbox").text
    assert "The people who run the site look at your account" in confirm(choosy, ADA["email"])
    waits = visitor.post("/api/login", json=LOG_IN)
    assert waits.status_code == 403 and "waits until" in waits.json["message"]
    assert visitor.post("/api/login", json={**LOG_IN, "password": "not this one"}).status_code == 401
    sent_by(choosy)
    assert "Ada Quist asks for an account." in desk.get("/inbox").text
    assert post(desk, f"/people/{id_of(choosy)}/approve").location == "/people?held=waiting"
    assert visitor.post("/api/login", json=LOG_IN).json["data"]["user"]["roles"] == ["artist"]
    subjects = [mail.subject for mail in sent_by(choosy) if mail.to == [ADA["email"]]]
    assert subjects == ["Confirm your address – musicapp", "Your account is approved – musicapp"]


def test_a_suspension_stands_in_the_inbox_once_it_is_over(choosy: Flask) -> None:
    ada, hers = add_person(choosy), choosy.test_client()
    with choosy.app_context():
        suspending.suspend(ada.id, now() + timedelta(days=3), "Nine adverts.")
        suspending.restore(ada.id)
        suspending.suspend(ada.id, now() + timedelta(days=3))
        suspending.restore(ada.id)
    sent_by(choosy)
    sign_in(hers, ada)
    told = [alert["text"] for alert in hers.get("/api/inbox").json["data"] if "suspen" in alert["text"]]
    assert told[0] == "The suspension of your account was lifted."
    assert told[1].startswith("Your account was suspended until") and told[1].endswith("Nine adverts.")
    assert len(told) == 2


def id_of(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(sa.select(User.id).where(User.email == ADA["email"])).one()


def test_of_a_refused_account_nothing_is_kept_but_the_letter_goes(choosy: Flask) -> None:
    visitor, desk = choosy.test_client(), choosy.test_client()
    sign_in(desk, add_person(choosy, "Boss", role="admin"))
    visitor.post("/api/signup", json=ADA)
    person_id = id_of(choosy)
    sent_by(choosy)  # the letter to confirm their address, whose number the refusal may get
    page = desk.get(f"/people/{person_id}").text
    assert "Waits for your approval" in page and "They did not confirm their address yet." in page
    assert post(desk, f"/people/{person_id}/refuse", {"reason": "Full. " * 200}).status_code == 422
    refused = post(desk, f"/people/{person_id}/refuse", {"reason": "We are full.\0\nTry in spring."})
    assert refused.status_code == 303
    with choosy.app_context():
        kinds = db.session.scalars(sa.select(Mail.kind).where(Mail.address == ADA["email"])).all()
    assert kinds == ["auth.refused"]
    assert desk.get(f"/people/{person_id}").status_code == 404
    [letter] = [mail for mail in sent_by(choosy) if "not accepted" in mail.subject]
    assert letter.to == [ADA["email"]] and "Try in spring." in letter.body
    visitor.post("/api/signup", json=ADA)
    assert id_of(choosy) > person_id
    assert desk.post(f"/api/people/{person_id}/approve").status_code in (400, 404)


def told_of(app: Flask, words: str) -> tuple[int, int]:
    """In how many alerts and in how many mails somebody is named."""
    with app.app_context():
        alerts = sa.select(sa.func.count()).select_from(Alert).where(Alert.text.contains(words))
        mails = sa.select(sa.func.count()).select_from(Mail).where(Mail.subject.contains(words))
        return db.session.scalar(alerts) or 0, db.session.scalar(mails) or 0


@pytest.mark.parametrize("end", ["refused", "erased"])
def test_what_admins_were_told_of_who_asked_goes_with_the_account(choosy: Flask, end: str) -> None:
    add_person(choosy, "Boss", role="admin")
    visitor = choosy.test_client()
    for name, email in (("Ada Quist", ADA["email"]), ("Bela Roth", "bela@example.org")):
        visitor.post("/api/signup", json={**ADA, "name": name, "email": email})
        confirm(choosy, email)
    sent_by(choosy)
    told = told_of(choosy, "Ada Quist")
    assert told == (2, 2)  # the site's owner, too
    person_id = id_of(choosy)
    with choosy.app_context():
        if end == "refused":
            approving.refuse(person_id)
        else:
            approving.approve(person_id)
            asking.close(person_id, {}, by=None)
            with writing() as unit:
                unit.execute(sa.update(Leaving).values(erase_at=now() - timedelta(minutes=1)))
                enqueue("auth.erase_account", {"person_id": person_id})
    sent_by(choosy)
    assert told_of(choosy, "Ada Quist") == (0, 0) and told_of(choosy, "Bela Roth") == told


def test_what_was_told_before_of_accounts_that_are_gone_goes_with_the_upgrade(choosy: Flask) -> None:
    boss = add_person(choosy, "Boss", role="admin")
    told = {"user_id": boss.id, "text": "", "url": "", "picture_url": ""}
    keys = [("inbox.waiting", f"waits-{boss.id}"), ("inbox.waiting", "waits-77"), ("inbox.security", "waits-78")]
    with choosy.app_context():
        with writing() as unit:
            unit.execute(sa.delete(Alert))
            unit.add_all([Alert(kind=kind, key=key, **told) for kind, key in keys])
            unit.flush()
            unit.execute(sa.text(OF_WHO_IS_GONE))
        assert set(db.session.scalars(sa.select(Alert.key))) == {f"waits-{boss.id}", "waits-78"}


@on_one_database
def test_a_refusal_that_does_not_arrive_keeps_an_address_for_a_month(choosy: Flask) -> None:
    month = timedelta(days=31)
    failed = {"payload": {}, "state": "failed", "created_at": now() - month, "address": ADA["email"]}
    with choosy.app_context():
        with writing() as unit:
            unit.add_all([Mail(kind=kind, key="old", **failed) for kind in ("auth.refused", "auth.reset")])
            unit.add(Mail(kind="auth.refused", key="new", **{**failed, "created_at": now()}))
            enqueue("auth.forget", {"period": "2026-12-06", "since": "", "until": ""})
        sent_by(choosy)
        left = db.session.execute(sa.select(Mail.kind, Mail.key).order_by(Mail.id)).all()
    assert left == [("auth.reset", "old"), ("auth.refused", "new")]


def test_of_two_who_decide_at_once_one_does(app: Flask) -> None:
    with app.app_context():
        ids = [add_account(f"Ada {number}", f"ada{number}@example.org", "", waits=True).id for number in range(3)]
    decided: list[str] = []

    def approve(person_id: int) -> None:
        with suppress(Conflict):
            approving.approve(person_id)
            decided.append(f"{person_id}")

    at_once(app, *(partial(approve, person_id) for person_id in ids for _ in range(3)))
    assert sorted(decided) == [str(person_id) for person_id in ids]


@pytest.mark.parametrize(
    ("had", "told"), [(["admin", "artist", "moderator"], "artist"), (["admin"], "user"), ([], "user")]
)
@on_one_database
def test_others_hear_which_role_an_approved_account_was_made_with(
    app: Flask, monkeypatch: pytest.MonkeyPatch, had: list[str], told: str
) -> None:
    heard: list[PersonSignedUp] = []
    monkeypatch.setattr(approving, "emit", heard.append)
    with app.app_context():
        person_id = add_account("Ada", "ada@example.org", "", waits=True).id
        for name in had:
            roles.give_role(person_id, name)
        roles.take_role(person_id, "user")
        approving.approve(person_id)
    assert [signed_up.role for signed_up in heard] == [told]


@on_one_database
def test_without_mail_the_page_says_that_an_account_waits(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICAPP_AUTH_NEWCOMERS", "approval")
    app = make_app(plugins=["auth"])
    set_up(app)
    visitor = app.test_client()
    assert "look at each new account before it opens" in visitor.get("/signup").text
    asked = post(visitor, "/signup", ADA)
    assert asked.location == "/login"
    assert "Your account waits" in visitor.get("/login").text
    refused = post(visitor, "/login", LOG_IN)
    assert refused.status_code == 422 and "waits until the people who run the site" in refused.text
