"""Claims about the link “change what we send you”: it opens one person's preferences and nothing else."""

import re
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session, writing
from musicapp.jobs.models import Job
from musicapp.mail.models import Mail
from plugins.inbox.services import preferences_url, tell
from plugins.inbox.services.unsubscribing import unsubscribe_token
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, bearer, csrf_token
from tests.plugins.auth.conftest import sent_by

pytestmark = on_one_database
SITE = "https://music.example.org"


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """A site under https, whose browsers say from where a form is sent."""
    app = make_app(mail_server="smtp.example.org", site_url=SITE)
    app.extensions["mailman"].backend = "locmem"
    return app


def send(client: FlaskClient, path: str, **switches: str) -> int:
    """Send the table as a browser that came from the mail does: with the site's address and no more as its origin."""
    fields = {"csrf_token": csrf_token(client, path), **switches}
    return client.post(path, data=fields, headers={"Referer": f"{SITE}/"}).status_code


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser that nobody logged in with."""
    client = app.test_client()
    monkeypatch.setattr(client, "open", partial(client.open, base_url=SITE))
    return client


def path_to(app: Flask, person: Somebody) -> str:
    with app.test_request_context(base_url=SITE):
        return preferences_url(person.id).removeprefix(SITE)


def test_the_link_in_a_mail_opens_a_table_of_switches_without_a_log_in(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody
) -> None:
    wanted = {"preferences": {"inbox.account": {"email": True}}}
    assert app.test_client().put("/api/inbox/preferences", json=wanted, headers=bearer(app, mira)).status_code == 200
    with app.app_context(), writing():
        tell([mira.id], "inbox.account", key="a", text="One.")
    [mail] = sent_by(app)
    found = re.search(rf"{SITE}(/inbox/by-mail/\S+)", mail.body)
    assert found is not None
    path = found[1]
    page = client.get(path)
    assert page.headers["Referrer-Policy"] == "strict-origin" and page.headers["Cache-Control"] == "no-store"
    assert mira.email not in page.text and f"{mira.email[0]}…@example.org" in page.text
    assert 'name="inbox.account.email" checked' in page.text
    assert 'name="reports.reminder.away.email" checked' in page.text
    assert 'name="reports.reminder.away.page"' not in page.text
    assert client.get("/inbox").status_code == 302
    for _ in range(3):
        assert 'name="inbox.account.email" checked' in client.get(path).text
    assert send(client, path, **{"inbox.account.page": "on"}) == 303
    page = client.get(path)
    assert 'name="inbox.account.email">' in page.text and 'name="inbox.account.page" checked' in page.text
    assert 'name="reports.reminder.away.email">' in page.text
    assert 'name="inbox.account.email">' in client.get(path_to(app, nils)).text
    for broken in (f"{path}x", f"{path[:-1]}", "/inbox/by-mail/MQ.a"):
        assert client.get(broken).status_code == 404
        assert client.post(broken).status_code in (400, 404)
    with app.app_context():
        other_use = unsubscribe_token(mira.id, "inbox.account")
    assert client.get(f"/inbox/by-mail/{other_use}").status_code == 404


def test_a_link_that_ends_what_nobody_ends_says_so_and_a_kind_that_is_gone_is_no_dead_mail(
    app: Flask, client: FlaskClient, mira: Somebody, make_app: AppMaker
) -> None:
    with app.app_context():
        token = unsubscribe_token(mira.id, "inbox.security")
    answer = client.post(f"/api/inbox/unsubscribe/{token}")
    assert (answer.status_code, "everybody gets these mails" in answer.text) == (409, True)
    assert "everybody gets these mails" in client.get(f"/inbox/unsubscribe/{token}").text
    wanted = {"preferences": {"catalog.comment": {"email": True}}}
    assert app.test_client().put("/api/inbox/preferences", json=wanted, headers=bearer(app, mira)).status_code == 200
    with app.app_context(), writing():
        tell([mira.id], "catalog.comment", key="a", text="One.")
    smaller = make_app(plugins=["auth", "inbox"], mail_server="smtp.example.org")
    smaller.extensions["mailman"].backend = "locmem"
    assert sent_by(smaller) == []
    headers = bearer(smaller, mira)
    assert smaller.test_client().get("/api/inbox/preferences", headers=headers).status_code == 200
    with smaller.app_context():
        assert [mail.state for mail in session().query(Mail)] == ["unwanted"]
        assert not [job for job in session().query(Job) if job.state == "dead" or job.last_error]
