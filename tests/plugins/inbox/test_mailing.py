"""Claims about preferences and mail: off until asked for, one letter for each alert, and a way out without a log-in."""

import smtplib
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_mailman import EmailMultiAlternatives

from musicapp.database import db, writing
from musicapp.mail.models import Mail
from plugins.auth.services import give_role, second_factor
from plugins.inbox.models import Alert
from plugins.inbox.services import tell
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import sent_by
from tests.plugins.auth.second_factors import switch_on
from tests.plugins.catalog.music import retry_now, work
from tests.plugins.inbox.conftest import Teller


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with a mail server, which keeps what it is given."""
    app = make_app(mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


def ask_for_mail(client: FlaskClient, headers: dict[str, str], kind: str = "inbox.account", **ways: bool) -> Any:
    return client.put("/api/inbox/preferences", json={"preferences": {kind: ways}}, headers=headers)


def test_mail_comes_when_it_is_asked_for_and_ends_by_one_click_without_a_log_in(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody, telling: Teller
) -> None:
    telling(mira, nils)
    assert sent_by(app) == []
    assert ask_for_mail(client, bearer(app, mira), email=True).status_code == 200
    with app.app_context(), writing():
        tell([mira.id, nils.id], "inbox.account", key="b", text="<b>Two</b> & more.", url="/account")
        tell([mira.id], "inbox.account", key="b", text="The same again.")
    [mail] = sent_by(app)
    assert (mail.to, mail.subject) == ([mira.email], "<b>Two</b> & more. – musicapp")
    assert "<b>Two</b> & more." in mail.body
    assert "&lt;b&gt;Two&lt;/b&gt; &amp; more." in mail.alternatives[0][0]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(app.config["SITE_URL"])
    stranger = app.test_client()
    page = stranger.get(way_out).location
    assert "No more of these mails?" in stranger.get(page).text
    ended = stranger.post(way_out, data={"List-Unsubscribe": "One-Click"})
    assert (ended.status_code, "Your roles" in ended.text) == (200, True)
    assert stranger.post(f"{way_out}x", data={}).status_code == 404
    with app.app_context(), writing():
        tell([mira.id], "inbox.account", key="c", text="Three.")
    assert len(sent_by(app)) == 1
    ask_for_mail(client, bearer(app, mira), email=True)
    assert "this stays out of your mail" in post(stranger, page, page=page).text


def test_the_table_of_preferences_keeps_each_switch(app: Flask, client: FlaskClient, mira: Somebody) -> None:
    sign_in(client, mira)
    page = client.get("/inbox/preferences").text
    assert 'name="inbox.account.page" checked' in page
    assert 'name="inbox.account.email">' in page
    assert "inbox.security.page" not in page
    post(client, "/inbox/preferences", {"inbox.account.email": "on"})
    page = client.get("/inbox/preferences").text
    assert 'name="inbox.account.page">' in page
    assert 'name="inbox.account.email" checked' in page
    with app.app_context():
        give_role(mira.id, "artist")
    work(app)
    assert ["You are an artist here from now on." in mail.body.splitlines() for mail in sent_by(app)] == [True]
    as_mira = bearer(app, mira)
    inbox = client.get("/api/inbox", headers=as_mira).json
    assert inbox == {"message": "", "data": [], "next": None, "unread": 0}
    for kind, ways in [("inbox.security", {"page": False}), ("inbox.nothing", {}), ("inbox.account", {"chat": True})]:
        assert ask_for_mail(client, as_mira, kind, **ways).status_code == 422


def test_a_mail_that_is_wanted_no_more_or_has_nobody_is_not_sent(
    app: Flask, client: FlaskClient, mira: Somebody, telling: Teller
) -> None:
    as_mira = bearer(app, mira)
    ask_for_mail(client, as_mira, email=True)
    telling(mira, count=2)
    ask_for_mail(client, as_mira, email=False)
    assert sent_by(app) == []


def test_an_alert_that_gets_the_number_of_one_that_is_gone_is_mailed_too(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody, telling: Teller
) -> None:
    for somebody in (mira, nils):
        ask_for_mail(client, bearer(app, somebody), email=True)
    telling(mira)
    assert len(sent_by(app)) == 1
    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(Alert))
    telling(nils)
    assert [mail.to for mail in sent_by(app)] == [[mira.email], [nils.email]]


@pytest.mark.parametrize(("code", "state"), [(450, "waiting"), (550, "failed")])
def test_a_mailbox_that_is_full_is_tried_again_and_one_that_is_not_there_is_given_up(
    app: Flask,
    client: FlaskClient,
    mira: Somebody,
    telling: Teller,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    state: str,
) -> None:
    def refuse(mail: EmailMultiAlternatives) -> None:
        raise smtplib.SMTPRecipientsRefused({mira.email: (code, b"no")})

    ask_for_mail(client, bearer(app, mira), email=True)
    telling(mira)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        work(app)
    with app.app_context():
        mail = db.session.query(Mail).one()
        assert (mail.state, mail.last_error) == (state, f"{code} no")
    retry_now(app)
    assert len(sent_by(app)) == (state == "waiting")


def test_a_new_password_is_told_in_the_inbox_whatever_was_chosen(app: Flask, client: FlaskClient) -> None:
    ida = add_person(app, "Ida")
    change = {"current_password": ida.password, "new_password": "another long one"}
    client.patch("/api/account", json=change, headers=bearer(app, ida))
    assert [mail.subject for mail in sent_by(app)] == ["Your password was changed – musicapp"]
    alerts = client.get(
        "/api/inbox", headers=bearer(app, Somebody(ida.id, ida.name, ida.email, "another long one"))
    ).json
    assert alerts is not None
    assert [row["kind"] for row in alerts["data"]] == ["inbox.security"]


def test_what_becomes_of_the_second_factor_is_told_in_the_inbox_too(app: Flask, client: FlaskClient) -> None:
    ida = add_person(app, "Ida")
    header = bearer(app, ida)
    switch_on(app, ida)
    with app.app_context():
        second_factor.reset(ida.id)
    assert len(sent_by(app)) == 2
    alerts = client.get("/api/inbox", headers=header).json
    assert alerts is not None
    said = [row["text"].partition(":")[0] for row in alerts["data"]]
    assert sorted(said) == ["Your second factor is off", "Your second factor is on"]
